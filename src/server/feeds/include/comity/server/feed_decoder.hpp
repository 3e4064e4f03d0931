// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/server/config.hpp"
#include "comity/server/inbox.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace comity::server {

/// Bytes of one connection to one feed to batches of whole lines with their reports. Bad lines are
/// skipped and counted. A resource.
class FeedDecoder {
  public:
    static constexpr std::size_t kMaxLine = std::size_t{64} << 10U;

    explicit FeedDecoder(const Config::Feed& feed);
    FeedDecoder(const FeedDecoder&) = delete;
    FeedDecoder& operator=(const FeedDecoder&) = delete;
    ~FeedDecoder();

    /// What whole lines there are by now; of none the batch is empty. Words where the connection is
    /// not to go on: a line over the limit, a header that is none.
    base::Expected<FeedBatch, std::string> take(std::span<const std::byte> bytes);
    std::uint64_t skipped() const;

  private:
    class Lines;
    std::unique_ptr<Lines> lines_;
};

}  // namespace comity::server
