// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segment_format.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

/// Groups out of a segment file, one at a time.
namespace comity::ledger {

/// Why there is no good group at a place.
struct GroupFault {
    enum class Kind : std::uint8_t {
        kMedium,  ///< the disk failed: nothing is known
        kNone,    ///< a block of zeros, or the end of the file: no group begins here
        kTorn,    ///< what a write that never ended may leave
        kWrong,   ///< what none leaves
    };
    Kind kind = Kind::kNone;
    const char* reason = "";
    base::DiskError error = base::DiskError::kIo;  ///< of kMedium
};

/// A group that was checked whole. The entries are valid until the reader reads on.
struct Group {
    GroupHeader header;
    seal::Hash hash;
    std::span<const std::byte> entries;
    std::uint64_t offset = 0;
    std::uint64_t extent = 0;

    ChainPoint end() const {
        return {.groups = header.before.groups + 1,
                .entries = header.before.entries + header.count,
                .last = hash};
    }
    std::uint64_t end_offset() const { return offset + extent; }
};

/// The bytes of one read. Grows, and is never filled with anything else.
class ReadBuffer {
  public:
    base::Expected<void, base::DiskError> read(base::File& file, std::uint64_t offset,
                                               std::size_t count);

    /// What was read: fewer bytes than asked for where the file ends before.
    std::span<std::byte> bytes() const { return {bytes_.get(), size_}; }

  private:
    std::unique_ptr<std::byte[]> bytes_;
    std::size_t capacity_ = 0;
    std::size_t size_ = 0;
};

/// Reads one file. Holds one group at a time in memory. The file outlives it.
class GroupReader {
  public:
    /// Reads at least so many bytes at a time: few for one group, many for all.
    static constexpr std::size_t kAheadOne = std::size_t{8} << 10;
    static constexpr std::size_t kAheadAll = std::size_t{256} << 10;

    GroupReader(base::File& file, std::size_t ahead) : file_(file), ahead_(ahead) {}

    /// The header at `offset`, of the group with this number and this first entry. It alone is
    /// checked, and not its hash of the group before.
    base::Expected<GroupHeader, GroupFault> header(std::uint64_t offset, std::uint64_t number,
                                                   std::uint64_t first_entry);

    /// The group at `offset`, which stands at `at` in the chain, whole.
    base::Expected<Group, GroupFault> group(seal::Sha256& sha256, std::uint64_t offset,
                                            const ChainPoint& at);

  private:
    // The bytes from `offset` on; fewer where the file ends before. Valid until the next call.
    base::Expected<std::span<std::byte>, GroupFault> bytes(std::uint64_t offset, std::size_t size);

    base::File& file_;
    std::size_t ahead_;
    ReadBuffer window_;
    std::uint64_t window_begin_ = 0;
    // Where the last group ends: before it, the window is no longer as the file is.
    std::uint64_t moved_end_ = 0;
};

/// What stands behind the last good group of a segment.
struct Tail {
    std::uint64_t end =
        0;            ///< behind the last block that is not zero; where the tail begins if all
    seal::Hash hash;  ///< of the bytes up to there
    std::optional<std::uint64_t> group;  ///< where behind its first block a group begins
};

base::Expected<Tail, base::DiskError> read_tail(seal::Sha256& sha256, base::File& file,
                                                std::uint64_t begin);

}  // namespace comity::ledger
