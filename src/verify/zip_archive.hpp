// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Zip archives in memory: nothing is unpacked to a disk, and no name in one becomes a path.
namespace comity::verify {

struct ZipFile {
    std::string name;
    std::string content;
    friend bool operator==(const ZipFile&, const ZipFile&) = default;
};

struct ZipLimits {
    std::size_t entries = 100'010;
    std::uint64_t entry_bytes = std::uint64_t{64} << 20;   ///< unpacked, of one
    std::uint64_t total_bytes = std::uint64_t{256} << 20;  ///< unpacked, of all
    /// Unpacked bytes for each byte of the archive; small archives may hold `free_bytes` anyway.
    std::uint64_t ratio = 50;
    std::uint64_t free_bytes = std::uint64_t{1} << 20;
};

enum class [[nodiscard]] ZipFault : std::uint8_t{
    kNoArchive,       ///< not a zip, cut off, or its parts contradict each other
    kTooManyEntries,  ///< more than ZipLimits::entries
    kDuplicate,       ///< two entries of one name
    kEntryTooLarge,   ///< one entry over ZipLimits::entry_bytes
    kTooLarge,        ///< all together over ZipLimits::total_bytes
    kRatio,           ///< far more unpacked than packed: made to fill a memory
    kMethod,          ///< encrypted, or packed otherwise than stored or deflated
    kContent,         ///< what unpacks is not what the archive says (length, checksum)
};

/// Words for a person: what was expected.
const char* to_string(ZipFault fault);

struct ZipError {
    ZipFault fault;
    std::string entry;  ///< its name as it stands there; empty of the whole
    friend bool operator==(const ZipError&, const ZipError&) = default;
};

/// All files of an archive, in its order; folders (names that end in a slash) are left out.
base::Expected<std::vector<ZipFile>, ZipError> read_zip(std::string_view archive,
                                                        const ZipLimits& limits = {});

/// The same files make the same bytes: stored in their order, no times, no owners. At least one:
/// without a file there is no archive.
std::string write_zip(const std::vector<ZipFile>& files);

}  // namespace comity::verify
