// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/recording/chunk.hpp"
#include "comity/recording/recording_error.hpp"

#include <compare>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace comity::recording {

/// A file that the ring may give up. The oldest is the one whose last frame is; of two, the one
/// that was begun first.
struct RingFile {
    Instant end{};
    std::uint64_t number = 0;
    std::string name;
    std::uint64_t size = 0;
    friend auto operator<=>(const RingFile&, const RingFile&) = default;
};

/// The files of a directory that count for its limits.
class Ring {
  public:
    void add(RingFile file);
    std::uint64_t bytes() const { return bytes_; }

    /// Removes the oldest files, as long as there are more than so many bytes or one ended before
    /// `keep_from`. One that cannot be removed ends it. `removed` and `faults` say what was done.
    void shrink(base::Disk& disk, std::uint64_t max_bytes, Instant keep_from,
                std::vector<std::string>& removed, std::vector<RecordingError>& faults);

  private:
    std::set<RingFile> files_;
    std::uint64_t bytes_ = 0;
};

}  // namespace comity::recording
