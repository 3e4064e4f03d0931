// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace comity::ledger {

/// What a replacement that failed left behind.
enum class ReplaceFailure {
    kUnchanged,        ///< the file is as it was
    kUnsure,           ///< the medium failed under this file
    kUnsureDirectory,  ///< names are not known to be durable, of this file and of all others
};

struct ReplaceError {
    ReplaceFailure left;
    base::DiskError error;
    friend bool operator==(const ReplaceError&, const ReplaceError&) = default;
};

/// Returns when the file of this name durably holds `bytes`: written under another name, synced,
/// renamed, the directory synced. After a crash it holds the old bytes or the new ones, whole.
/// `fresh` is the other name, else the name with ".new" behind it; what stands there is removed
/// first, and what was half written after an error, since it takes room.
base::Expected<void, ReplaceError> replace_file(base::Disk& disk, std::string_view name,
                                                std::span<const std::byte> bytes,
                                                std::string fresh = {});

/// All of a file; of a longer one than `max_bytes` the beginning, one byte more than that.
base::Expected<std::string, base::DiskError> read_file(base::Disk& disk, std::string_view name,
                                                       std::size_t max_bytes);

}  // namespace comity::ledger
