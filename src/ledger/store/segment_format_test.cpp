// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "segment_format.hpp"

#include "crc32c.hpp"
#include "mark.hpp"
#include "test_store.hpp"

#include "comity/base/testing/field_lines.hpp"
#include "comity/ledger/segment_store.hpp"
#include "comity/ledger/store.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using ::testing::HasSubstr;

// --- The example of docs/formats/segment.md ---

using base::testing::Field;
using base::testing::field_lines;

TEST(SegmentFormat, IsAsItsDocumentShows) {
    constexpr std::array kHeader{
        Field{8, "magic"},          Field{2, "version"},      Field{32, "ledger"},
        Field{8, "number"},         Field{8, "size"},         Field{8, "groups before"},
        Field{8, "entries before"}, Field{32, "hash before"}, Field{4, "checksum"}};
    constexpr std::array kGroup{
        Field{8, "magic"},        Field{8, "groups before"}, Field{8, "entries before"},
        Field{32, "hash before"}, Field{4, "count"},         Field{4, "length"},
        Field{4, "checksum"},     Field{1, "record"},        Field{4, "length"},
        Field{3, "\"one\""},      Field{1, "tick"},          Field{4, "length"},
        Field{3, "\"two\""}};
    constexpr std::array kTrailer{Field{32, "hash of the group"}, Field{8, "magic"}};
    constexpr std::array kMark{Field{8, "magic"},   Field{2, "version"}, Field{32, "ledger"},
                               Field{8, "groups"},  Field{8, "entries"}, Field{32, "hash"},
                               Field{4, "checksum"}};
    MemoryDisk disk(1);
    auto store = SegmentStore::create(disk, test_identity(), {.segment_size = 1536}).value();
    const std::vector<Entry> group{entry_of("one"), entry_of("two", EntryKind::kTick)};
    ASSERT_TRUE(append(*store, group));
    const auto bytes = contents_of(disk, segment_name(0));
    ASSERT_EQ(bytes.size(), 1536U);
    std::ifstream file(std::filesystem::path(COMITY_SOURCE_DIR) / "docs/formats/segment.md");
    const std::string document{std::istreambuf_iterator<char>(file), {}};
    EXPECT_THAT(document, HasSubstr("zero:\n\n" + field_lines(bytes, 0, kHeader) +
                                    field_lines(bytes, kBlock, kGroup) +
                                    field_lines(bytes, 2 * kBlock - 40, kTrailer) + "\n"));
    EXPECT_THAT(document, HasSubstr(":\n\n" + field_lines(contents_of(disk, kMarkName), 0, kMark)));
}

// --- Parts ---

TEST(SegmentFormat, NamesSegmentsByTheirFirstEntry) {
    for (const std::uint64_t first : {std::uint64_t{0}, std::uint64_t{42}, UINT64_MAX}) {
        EXPECT_EQ(segment_name(first).size(), 28U);
        EXPECT_EQ(first_entry_of(segment_name(first)), first);
    }
    EXPECT_EQ(segment_name(42), "00000000000000000042.segment");
    for (const char* name :
         {"42.segment", "00000000000000000042.segments", "0000000000000000004x.segment",
          "18446744073709551616.segment", "99999999999999999999.segment", "", ".segment"}) {
        EXPECT_FALSE(first_entry_of(name)) << name;
    }
}

// The greatest length of each number of blocks, and one more.
TEST(SegmentFormat, GivesAGroupAsManyBlocksAsItNeeds) {
    EXPECT_EQ(group_extent(1), kBlock);
    for (std::uint32_t blocks = 1; blocks < 100; ++blocks) {
        const std::uint32_t greatest = 512 - 68 - 40 + (blocks - 1) * 511;
        EXPECT_EQ(group_extent(greatest), blocks * kBlock);
        EXPECT_EQ(group_extent(greatest + 1), (blocks + 1) * kBlock);
    }
}

TEST(SegmentFormat, ReadsTheGroupsItWrites) {
    seal::Sha256 sha256;
    std::vector<std::byte> bytes;
    const ChainPoint before{.groups = 7, .entries = 70, .last = test_identity().ledger};
    for (std::size_t size = 0; size < 1200; ++size) {
        const std::vector<Entry> entries{numbered_entry(size, size), numbered_entry(6, size % 9)};
        const seal::Hash hash = encode_group(sha256, before, views_of(entries), bytes);
        const auto header = decode_group_header(std::span(bytes).first(kBlock));
        ASSERT_TRUE(header);
        EXPECT_EQ(header->before, before);
        EXPECT_EQ(header->count, 2U);
        ASSERT_EQ(bytes.size(), group_extent(header->length));
        const auto group = check_group(sha256, *header, bytes);
        ASSERT_TRUE(group) << size << " " << group.error().reason;
        EXPECT_EQ(group->hash, hash);
        EntryCursor cursor(group->entries);
        for (const Entry& entry : entries) {
            const auto read = cursor.next();
            ASSERT_TRUE(read);
            EXPECT_EQ(read->kind, entry.kind);
            ASSERT_TRUE(std::ranges::equal(read->bytes, entry.bytes)) << size;
        }
        EXPECT_TRUE(cursor.at_end());
    }
}

/// A group whose bytes were changed and whose hashes then made right again.
class ForgedGroup {
  public:
    ForgedGroup() {
        const std::vector<Entry> entries{entry_of("one"), numbered_entry(0, 600)};
        encode_group(sha256_, {}, views_of(entries), bytes);
    }

    /// What the check says.
    std::string reason() {
        BlockWriter(std::span(bytes).subspan(64)).u32(crc32c(std::span(bytes).first(64)));
        const auto signed_part = std::span(bytes).first(bytes.size() - 40);
        std::ranges::copy(sha256_.of(signed_part).bytes, bytes.end() - 40);
        const auto header = decode_group_header(std::span(bytes).first(kBlock));
        if (!header) return to_string(header.error());
        const auto group = check_group(sha256_, *header, bytes);
        if (group) return "good";
        EXPECT_FALSE(group.error().torn) << "no write leaves it";
        return group.error().reason;
    }

    std::vector<std::byte> bytes;

  private:
    seal::Sha256 sha256_;
};

TEST(SegmentFormat, RefusesAGroupThatItWouldNotWrite) {
    struct Row {
        std::size_t at;
        int value;
        const char* reason;
    };
    for (const Row& row :
         {Row{60, 0, "good"}, Row{59, 3, "an entry is not whole"},  // three entries
          Row{68, 3, "an entry is not whole"},                      // a kind that is none
          Row{68, 0, "an entry is not whole"},                      //
          Row{69, 0xFF, "an entry is not whole"},                   // longer than the group
          Row{72, 0xFF, "an entry is not whole"},                   //
          Row{512, '-', "a block is none of the group"},
          Row{512, 0, "a block is none of the group"}, Row{980, 1, "the padding is not zero"}}) {
        ForgedGroup group;
        group.bytes.at(row.at) = static_cast<std::byte>(row.value);
        EXPECT_EQ(group.reason(), row.reason) << row.at << " " << row.value;
    }
    ForgedGroup fewer;
    fewer.bytes.at(59) = std::byte{1};
    EXPECT_EQ(fewer.reason(), "more entries than the header says");
    for (const std::size_t at : {56U, 57U, 60U}) {  // count, length
        ForgedGroup group;
        group.bytes.at(at) = std::byte{0xFF};
        EXPECT_EQ(group.reason(), "a value that is never written") << at;
    }
    ForgedGroup none;
    none.bytes.at(59) = std::byte{0};
    EXPECT_EQ(none.reason(), "a value that is never written");
    ForgedGroup last;
    std::fill_n(last.bytes.begin() + 16, 8, std::byte{0xFF});
    EXPECT_EQ(last.reason(), "a value that is never written") << "no index is left";
}

TEST(SegmentFormat, RefusesAHeaderThatItWouldNotWrite) {
    constexpr std::size_t kChecksumAt = 8 + 2 + 32 + 8 + 8 + 48;
    const Block good = encode(SegmentHeader{.identity = test_identity(), .size = 1024});
    const auto changed = [&](std::size_t at, int value) {
        Block block = good;
        block.at(at) = static_cast<std::byte>(value);
        BlockWriter(std::span(block).subspan(kChecksumAt))
            .u32(crc32c(std::span(block).first(kChecksumAt)));
        const auto header = decode_segment_header(block);
        return header ? std::string("good") : std::string(to_string(header.error()));
    };
    EXPECT_EQ(changed(0, 'S'), "good");
    EXPECT_EQ(changed(0, 's'), "begins with other bytes");
    EXPECT_EQ(changed(9, 2), "of a newer format");
    EXPECT_EQ(changed(9, 0), "a value that is never written");
    EXPECT_EQ(changed(57, 1), "a value that is never written") << "half a block";
    EXPECT_EQ(changed(511, 1), "a value that is never written") << "not zero";
    Block other = good;
    other.at(20) ^= std::byte{1};
    EXPECT_EQ(decode_segment_header(other).error(), BlockFault::kChecksum);
    EXPECT_EQ(decode_segment_header(std::span(good).first(60)).error(), BlockFault::kChecksum);
    EXPECT_EQ(decode_segment_header({}).error(), BlockFault::kMagic);
}

// --- The mark ---

TEST(Mark, CountsTheHalfThatKnowsMore) {
    const auto mark = [](std::uint64_t groups) {
        return Mark{.identity = test_identity(), .durable = {.groups = groups}};
    };
    const auto file = [&](const Mark& first, const Mark& second) {
        Block bytes = encode_mark_file(first);
        std::ranges::copy(encode(second), bytes.begin() + kMarkHalf);
        return bytes;
    };
    EXPECT_EQ(decode_mark(file(mark(1), mark(2)))->half, 1);
    EXPECT_EQ(decode_mark(file(mark(3), mark(2)))->mark, mark(3));
    Block one = file(mark(1), mark(2));
    one.at(kMarkHalf + 100) ^= std::byte{1};
    EXPECT_EQ(decode_mark(one)->mark, mark(1)) << "a half that a failed write spoiled";
    one.at(20) ^= std::byte{1};
    EXPECT_EQ(decode_mark(one).error(), BlockFault::kChecksum);
    Mark other = mark(9);
    other.identity = test_identity(0x44);
    EXPECT_EQ(decode_mark(file(mark(1), other)).error(), BlockFault::kValue);
    EXPECT_EQ(decode_mark(std::span(one).first(kMarkHalf)).error(), BlockFault::kValue);
}

}  // namespace
}  // namespace comity::ledger
