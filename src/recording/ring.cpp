// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "ring.hpp"

#include "disk_failure.hpp"

#include "comity/base/disk.hpp"
#include "comity/recording/chunk.hpp"
#include "comity/recording/recording_error.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace comity::recording {

void Ring::add(RingFile file) {
    bytes_ += file.size;
    files_.insert(std::move(file));
}

void Ring::shrink(base::Disk& disk, std::uint64_t max_bytes, Instant keep_from,
                  std::vector<std::string>& removed, std::vector<RecordingError>& faults) {
    while (!files_.empty()) {
        const RingFile& oldest = *files_.begin();
        if (bytes_ <= max_bytes && oldest.end >= keep_from) return;
        const auto gone = disk.remove(oldest.name);
        if (!gone && gone.error() != base::DiskError::kNotFound) {
            faults.push_back(disk_failure(gone.error(), oldest.name));
            return;
        }
        removed.push_back(oldest.name);
        bytes_ -= oldest.size;
        files_.erase(files_.begin());
    }
}

}  // namespace comity::recording
