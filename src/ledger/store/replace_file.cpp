// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/replace_file.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace comity::ledger {
namespace {

using base::DiskError;
using base::Expected;
using base::Unexpected;

Unexpected<ReplaceError> failed(ReplaceFailure left, DiskError error) {
    return Unexpected(ReplaceError{.left = left, .error = error});
}

Expected<void, ReplaceError> replace(base::Disk& disk, std::string_view name,
                                     std::span<const std::byte> bytes, const std::string& fresh) {
    // One that a crash left.
    const auto removed = disk.remove(fresh);
    if (!removed && removed.error() != DiskError::kNotFound) {
        return failed(ReplaceFailure::kUnchanged, removed.error());
    }
    const auto file = disk.create(fresh);
    if (!file) return failed(ReplaceFailure::kUnchanged, file.error());
    if (const auto done = (*file)->write_at(0, bytes); !done) {
        return failed(ReplaceFailure::kUnchanged, done.error());
    }
    if (const auto done = (*file)->sync(); !done) {
        return failed(ReplaceFailure::kUnsure, done.error());
    }
    if (const auto done = disk.rename(fresh, name); !done) {
        return failed(ReplaceFailure::kUnsureDirectory, done.error());
    }
    if (const auto done = disk.sync_directory(); !done) {
        return failed(ReplaceFailure::kUnsureDirectory, done.error());
    }
    return {};
}

}  // namespace

Expected<void, ReplaceError> replace_file(base::Disk& disk, std::string_view name,
                                          std::span<const std::byte> bytes, std::string fresh) {
    if (fresh.empty()) fresh = std::string(name) + ".new";
    auto replaced = replace(disk, name, bytes, fresh);
    if (!replaced) (void)disk.remove(fresh);
    return replaced;
}

Expected<std::string, DiskError> read_file(base::Disk& disk, std::string_view name,
                                           std::size_t max_bytes) {
    const auto file = disk.open(name);
    if (!file) return Unexpected(file.error());
    const auto size = (*file)->size();
    if (!size) return Unexpected(size.error());
    std::string text(std::min<std::uint64_t>(*size, max_bytes + 1), '\0');
    const auto read = (*file)->read_at(0, std::as_writable_bytes(std::span(text)));
    if (!read) return Unexpected(read.error());
    text.resize(*read);
    return text;
}

}  // namespace comity::ledger
