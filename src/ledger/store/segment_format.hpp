// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/segment_store.hpp"
#include "comity/ledger/store.hpp"
#include "comity/seal/hash.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The bytes of docs/formats/segment.md. Pure: no file is touched here.
namespace comity::ledger {

inline constexpr std::uint16_t kStoreVersion = 1;
inline constexpr std::size_t kBlock = base::File::kBlock;

using Block = std::array<std::byte, kBlock>;

/// A place between two groups: what is before it.
struct ChainPoint {
    std::uint64_t groups = 0;
    std::uint64_t entries = 0;
    seal::Hash last;  ///< hash of the last group before it
    friend bool operator==(const ChainPoint&, const ChainPoint&) = default;
};

/// Before the first group: its `last` is the SHA-256 of "comity/store/v1", 0 and the ledger id.
ChainPoint genesis_of(const StoreIdentity& identity);

/// Why bytes are not what they are to be.
enum class [[nodiscard]] BlockFault : std::uint8_t{
    kMagic,     ///< does not begin as this kind of block does
    kVersion,   ///< of a newer format
    kChecksum,  ///< the CRC is another
    kValue,     ///< a field has a value that is never written
};

const char* to_string(BlockFault fault);

// --- Segments ---

struct SegmentHeader {
    StoreIdentity identity;
    std::uint64_t number = 0;  ///< of the segment, from 0
    std::uint64_t size = 0;    ///< of the file when it was made
    ChainPoint before;
    friend bool operator==(const SegmentHeader&, const SegmentHeader&) = default;
};

Block encode(const SegmentHeader& header);
base::Expected<SegmentHeader, BlockFault> decode_segment_header(std::span<const std::byte> block);

/// The version in a block that begins as a header does; 0 where it does not.
std::uint16_t version_in(std::span<const std::byte> block);

/// "00000000000000000042.segment", by the index of the first entry.
std::string segment_name(std::uint64_t first_entry);
std::optional<std::uint64_t> first_entry_of(std::string_view name);

// --- Groups ---

struct GroupHeader {
    ChainPoint before;         ///< its number, the index of its first entry, the hash before
    std::uint32_t count = 0;   ///< of entries
    std::uint32_t length = 0;  ///< of the entries with their kinds and lengths, in bytes
    friend bool operator==(const GroupHeader&, const GroupHeader&) = default;
};

inline constexpr std::size_t kEntryOverhead = 1 + 4;

/// Of a group on the disk, in bytes, whole blocks.
std::uint64_t group_extent(std::uint32_t length);

/// The header in the first block of a group.
base::Expected<GroupHeader, BlockFault> decode_group_header(std::span<const std::byte> block);

/// Fills `out` with a whole group; the hash of the group, for the next one.
seal::Hash encode_group(seal::Sha256& sha256, const ChainPoint& before,
                        std::span<const EntryView> entries, std::vector<std::byte>& out);

struct CheckedGroup {
    seal::Hash hash;
    std::span<const std::byte> entries;  ///< for EntryCursor; a view of the group's bytes
};

struct GroupFlaw {
    bool torn;  ///< bytes are missing or other; else it was never written so
    const char* reason;
};

/// Checks all of a group with this header against its hash and its form. Moves the entries
/// together, within `bytes`.
base::Expected<CheckedGroup, GroupFlaw> check_group(seal::Sha256& sha256, const GroupHeader& header,
                                                    std::span<std::byte> bytes);

/// The entries of a group in turn.
class EntryCursor {
  public:
    explicit EntryCursor(std::span<const std::byte> entries) : rest_(entries) {}

    /// Absent where nothing is left that is an entry.
    std::optional<EntryView> next();
    bool at_end() const { return rest_.empty(); }

  private:
    std::span<const std::byte> rest_;
};

}  // namespace comity::ledger
