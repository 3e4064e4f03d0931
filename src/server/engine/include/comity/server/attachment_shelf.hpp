// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/attachment.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace comity::server {

/// What a commitment in a record opens to.
struct Attachment {
    ledger::AttachmentKey key{};
    std::string content;
    friend bool operator==(const Attachment&, const Attachment&) = default;
};

/// Keeps what records commit to and do not hold: names of people, reasons. One file for each, named
/// by the commitment: the key, then the content. To erase one is to remove its file. From any
/// thread; to put one takes as long as a disk takes. A resource.
class AttachmentShelf {
  public:
    static constexpr std::size_t kMaxContent = 4096;
    static constexpr std::size_t kMaxRemembered = 65'536;  ///< in memory

    explicit AttachmentShelf(base::Disk& disk) : disk_(disk) {}

    /// Durable when it returns. Content over the limit is a check.
    base::Expected<seal::Hash, base::DiskError> put(const Attachment& attachment);
    /// Absent where there is none, it cannot be read, or it is not what was committed to.
    std::optional<Attachment> get(const seal::Hash& commitment);
    /// The content, from memory where it was asked for before; empty where there is none.
    std::string text(const seal::Hash& commitment);
    /// Of a request that was refused.
    void erase(const seal::Hash& commitment);
    /// A name that lies elsewhere, for as long as the program runs.
    void remember(const seal::Hash& commitment, const std::string& content);

  private:
    base::Disk& disk_;
    std::mutex disk_mutex_;
    std::mutex mutex_;  ///< of what is remembered
    std::map<seal::Hash, std::string> remembered_;
};

}  // namespace comity::server
