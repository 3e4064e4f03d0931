// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace comity::ledger {

/// What a replacement that failed left behind.
enum class ReplaceFailure {
    kUnchanged,        ///< the file is as it was
    kUnsure,           ///< the medium failed under this file
    kUnsureDirectory,  ///< names are not known to be durable, of this file and of all others
};

/// Returns when the file of this name durably holds `text`: written under another name (with ".new"
/// behind it), synced, renamed, the directory synced. After a crash it holds the old text or the
/// new one, whole.
base::Expected<void, ReplaceFailure> replace_file(base::Disk& disk, std::string_view name,
                                                  std::string_view text);

/// All of a file; of a longer one than `max_bytes` the beginning, one byte more than that.
base::Expected<std::string, base::DiskError> read_file(base::Disk& disk, std::string_view name,
                                                       std::size_t max_bytes);

}  // namespace comity::ledger
