// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "segment_format.hpp"

#include "block_codec.hpp"

#include "comity/base/check.hpp"
#include "comity/base/cursor.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/segment_store.hpp"
#include "comity/ledger/store.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace comity::ledger {
namespace {

constexpr std::string_view kSegmentMagic = "Segment\n";
constexpr std::string_view kGroupMagic = "Group  \n";
constexpr std::string_view kGroupEnd = "GroupEnd";
/// The first byte of each block of a group but the first: what an entry holds is never taken for
/// the header of a group.
constexpr std::byte kFurtherBlock{'+'};

constexpr std::size_t kGroupHeader = 8 + 8 + 8 + seal::Hash::kSize + 4 + 4 + 4;
constexpr std::size_t kTrailer = seal::Hash::kSize + 8;
constexpr std::size_t kInFirst = kBlock - kGroupHeader;
constexpr std::size_t kInFurther = kBlock - 1;
constexpr std::size_t kMaxLength = Store::kMaxGroup + kEntryOverhead * Store::kMaxGroupEntries;

constexpr std::string_view kSuffix = ".segment";
constexpr std::size_t kDigits = 20;

void put(BlockWriter& writer, const ChainPoint& point) {
    writer.u64(point.groups);
    writer.u64(point.entries);
    writer.hash(point.last);
}

void get(BlockReader& reader, ChainPoint& point) {
    point.groups = reader.u64();
    point.entries = reader.u64();
    point.last = reader.hash();
}

/// Writes entries into the blocks of a group, which are zeros.
class GroupWriter {
  public:
    explicit GroupWriter(std::span<std::byte> blocks) : blocks_(blocks), at_(kGroupHeader) {
        for (std::size_t begin = kBlock; begin < blocks.size(); begin += kBlock) {
            blocks[begin] = kFurtherBlock;
        }
    }

    void put(std::span<const std::byte> bytes) {
        while (!bytes.empty()) {
            if (at_ % kBlock == 0) ++at_;
            const std::size_t count = std::min(bytes.size(), kBlock - at_ % kBlock);
            std::ranges::copy(bytes.first(count), blocks_.subspan(at_, count).begin());
            at_ += count;
            bytes = bytes.subspan(count);
        }
    }

  private:
    std::span<std::byte> blocks_;
    std::size_t at_;
};

std::array<std::byte, kEntryOverhead> entry_prefix(const EntryView& entry) {
    std::array<std::byte, kEntryOverhead> prefix{};
    BlockWriter writer(prefix);
    writer.u8(static_cast<std::uint8_t>(entry.kind));
    writer.u32(static_cast<std::uint32_t>(entry.bytes.size()));
    return prefix;
}

base::Unexpected<GroupFlaw> flaw(bool torn, const char* reason) {
    return base::Unexpected(GroupFlaw{.torn = torn, .reason = reason});
}

}  // namespace

ChainPoint genesis_of(const StoreIdentity& identity) {
    constexpr std::string_view kDomain{"comity/store/v1\0", 16};
    return {.last = seal::Sha256().of(
                {std::as_bytes(std::span(kDomain)), std::span(identity.ledger.bytes)})};
}

const char* to_string(BlockFault fault) {
    switch (fault) {
        case BlockFault::kMagic:
            return "begins with other bytes";
        case BlockFault::kVersion:
            return "of a newer format";
        case BlockFault::kChecksum:
            return "the checksum is wrong";
        case BlockFault::kValue:
            return "a value that is never written";
    }
    return "unknown fault";
}

// --- Segments ---

Block encode(const SegmentHeader& header) {
    Block block{};
    BlockWriter writer(block);
    writer.text(kSegmentMagic);
    writer.u16(kStoreVersion);
    writer.hash(header.identity.ledger);
    writer.u64(header.number);
    writer.u64(header.size);
    put(writer, header.before);
    writer.checksum();
    return block;
}

base::Expected<SegmentHeader, BlockFault> decode_segment_header(std::span<const std::byte> block) {
    BlockReader reader(block);
    if (!reader.text(kSegmentMagic)) return base::Unexpected(BlockFault::kMagic);
    const std::uint16_t version = reader.u16();
    if (version > kStoreVersion) return base::Unexpected(BlockFault::kVersion);
    SegmentHeader header;
    header.identity.ledger = reader.hash();
    header.number = reader.u64();
    header.size = reader.u64();
    get(reader, header.before);
    if (!reader.checksum()) return base::Unexpected(BlockFault::kChecksum);
    if (!reader.rest_is_zero() || version != kStoreVersion || header.size % kBlock != 0) {
        return base::Unexpected(BlockFault::kValue);
    }
    return header;
}

std::uint16_t version_in(std::span<const std::byte> block) {
    BlockReader reader(block);
    return reader.text(kSegmentMagic) ? reader.u16() : std::uint16_t{0};
}

std::string segment_name(std::uint64_t first_entry) {
    std::string digits = std::to_string(first_entry);
    return std::string(kDigits - digits.size(), '0') + digits + std::string(kSuffix);
}

std::optional<std::uint64_t> first_entry_of(std::string_view name) {
    if (name.size() != kDigits + kSuffix.size() || !name.ends_with(kSuffix)) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : name.substr(0, kDigits)) {
        if (c < '0' || c > '9') return std::nullopt;
        const auto digit = static_cast<std::uint64_t>(c - '0');
        if (value > (UINT64_MAX - digit) / 10) return std::nullopt;
        value = value * 10 + digit;
    }
    return value;
}

// --- Groups ---

std::uint64_t group_extent(std::uint32_t length) {
    const std::uint64_t wanted = std::uint64_t{length} + kTrailer;
    if (wanted <= kInFirst) return kBlock;
    return kBlock * (1 + (wanted - kInFirst + kInFurther - 1) / kInFurther);
}

base::Expected<GroupHeader, BlockFault> decode_group_header(std::span<const std::byte> block) {
    BlockReader reader(block);
    if (!reader.text(kGroupMagic)) return base::Unexpected(BlockFault::kMagic);
    GroupHeader header;
    get(reader, header.before);
    header.count = reader.u32();
    header.length = reader.u32();
    if (!reader.checksum()) return base::Unexpected(BlockFault::kChecksum);
    if (header.count == 0 || header.count > Store::kMaxGroupEntries || header.length > kMaxLength ||
        header.before.entries > UINT64_MAX - header.count) {
        return base::Unexpected(BlockFault::kValue);
    }
    return header;
}

seal::Hash encode_group(seal::Sha256& sha256, const ChainPoint& before,
                        std::span<const EntryView> entries, std::vector<std::byte>& out) {
    std::size_t length = 0;
    for (const EntryView& entry : entries) length += kEntryOverhead + entry.bytes.size();
    COMITY_CHECK(!entries.empty() && entries.size() <= Store::kMaxGroupEntries);
    COMITY_CHECK(length <= kMaxLength);
    const GroupHeader header{.before = before,
                             .count = static_cast<std::uint32_t>(entries.size()),
                             .length = static_cast<std::uint32_t>(length)};
    out.assign(group_extent(header.length), std::byte{0});
    const std::span<std::byte> blocks(out);
    BlockWriter writer(blocks.first(kBlock));
    writer.text(kGroupMagic);
    put(writer, before);
    writer.u32(header.count);
    writer.u32(header.length);
    writer.checksum();
    GroupWriter group(blocks);
    for (const EntryView& entry : entries) {
        group.put(entry_prefix(entry));
        group.put(entry.bytes);
    }
    const seal::Hash hash = sha256.of(blocks.first(out.size() - kTrailer));
    BlockWriter trailer(blocks.last(kTrailer));
    trailer.hash(hash);
    trailer.text(kGroupEnd);
    return hash;
}

base::Expected<CheckedGroup, GroupFlaw> check_group(seal::Sha256& sha256, const GroupHeader& header,
                                                    std::span<std::byte> bytes) {
    COMITY_CHECK(bytes.size() == group_extent(header.length));
    BlockReader trailer(bytes.last(kTrailer));
    const seal::Hash hash = trailer.hash();
    if (!trailer.text(kGroupEnd)) return flaw(true, "the end of the group is missing");
    if (sha256.of(bytes.first(bytes.size() - kTrailer)) != hash) {
        return flaw(true, "the hash of the group is another");
    }
    std::size_t end = kBlock;
    for (std::size_t begin = kBlock; begin < bytes.size(); begin += kBlock) {
        if (bytes[begin] != kFurtherBlock) return flaw(false, "a block is none of the group");
        std::ranges::copy(bytes.subspan(begin + 1, kInFurther), bytes.subspan(end).begin());
        end += kInFurther;
    }
    const auto padding =
        bytes.subspan(kGroupHeader + header.length, end - kTrailer - kGroupHeader - header.length);
    if (!all_zero(padding)) return flaw(false, "the padding is not zero");
    const auto entries = bytes.subspan(kGroupHeader, header.length);
    EntryCursor cursor(entries);
    for (std::uint32_t i = 0; i < header.count; ++i) {
        if (!cursor.next()) return flaw(false, "an entry is not whole");
    }
    if (!cursor.at_end()) return flaw(false, "more entries than the header says");
    return CheckedGroup{.hash = hash, .entries = entries};
}

std::optional<EntryView> EntryCursor::next() {
    base::ByteCursor cursor(rest_);
    const auto kind = cursor.read_u8();
    const auto length = cursor.read_u32be();
    if (!kind || !length || *length > Store::kMaxEntry) return std::nullopt;
    const auto bytes = cursor.take(*length);
    const bool known = *kind == static_cast<std::uint8_t>(EntryKind::kRecord) ||
                       *kind == static_cast<std::uint8_t>(EntryKind::kTick);
    if (!bytes || !known) return std::nullopt;
    rest_ = rest_.subspan(cursor.position());
    return EntryView{.kind = static_cast<EntryKind>(*kind), .bytes = *bytes};
}

}  // namespace comity::ledger
