// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "replace_file.hpp"

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

}  // namespace

Expected<void, ReplaceFailure> replace_file(base::Disk& disk, std::string_view name,
                                            std::string_view text) {
    const auto failed = [](ReplaceFailure failure) { return Unexpected(failure); };
    const std::string next = std::string(name) + ".new";
    // One that a crash left.
    const auto removed = disk.remove(next);
    if (!removed && removed.error() != DiskError::kNotFound) {
        return failed(ReplaceFailure::kUnchanged);
    }
    const auto file = disk.create(next);
    if (!file) return failed(ReplaceFailure::kUnchanged);
    if (!(*file)->write_at(0, std::as_bytes(std::span(text)))) {
        return failed(ReplaceFailure::kUnchanged);
    }
    if (!(*file)->sync()) return failed(ReplaceFailure::kUnsure);
    if (!disk.rename(next, name)) return failed(ReplaceFailure::kUnsureDirectory);
    if (!disk.sync_directory()) return failed(ReplaceFailure::kUnsureDirectory);
    return {};
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
