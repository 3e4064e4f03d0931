// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/node/spool.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// The file of a spool (docs/formats/spool.md): two blocks of marks, then entries of whole blocks.
namespace comity::node {

inline constexpr std::size_t kBlock = base::File::kBlock;
inline constexpr std::size_t kMarks = 2 * kBlock;
inline constexpr std::uint16_t kSpoolVersion = 1;

/// What is filed. Marks are written in turn, each into a block of its own.
struct SpoolMark {
    std::uint64_t sequence = 0;  ///< even in the first block, odd in the second
    std::uint64_t size = 0;      ///< of the file
    std::uint64_t filed = 0;     ///< entries up to this number are
    friend bool operator==(const SpoolMark&, const SpoolMark&) = default;
};

/// One block.
std::vector<std::byte> encode_mark(seal::Sha256& sha256, const SpoolMark& mark);
/// Absent where it does not check.
std::optional<SpoolMark> decode_mark(seal::Sha256& sha256, std::span<const std::byte> block);
/// The version that a block names; 0 where it is not a mark.
std::uint16_t mark_version(std::span<const std::byte> block);

/// Blocks of one entry.
std::uint64_t block_count(const SpoolEntry& entry);
/// The entry in whole blocks. Only the first begins as an entry does, whatever is in it.
std::vector<std::byte> encode_entry(seal::Sha256& sha256, std::uint64_t number,
                                    const SpoolEntry& entry);

struct DecodedEntry {
    Spooled spooled;
    std::uint64_t blocks = 0;
};

/// The entry that begins with the first block; absent where none does that is whole.
std::optional<DecodedEntry> decode_entry(seal::Sha256& sha256, std::span<const std::byte> blocks);

}  // namespace comity::node
