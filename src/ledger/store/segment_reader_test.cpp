// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "segment_reader.hpp"

#include "segment_format.hpp"
#include "test_store.hpp"

#include "comity/base/check.hpp"
#include "comity/base/disk.hpp"
#include "comity/ledger/segment_store.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using Kind = GroupFault::Kind;

/// Two groups of two blocks in a segment of eight, and a reader of it.
struct Segment {
    Segment() : disk(1) {
        auto store = SegmentStore::create(disk, test_identity(), {.segment_size = 4096}).value();
        for (std::uint64_t i = 0; i < 2; ++i) {
            COMITY_CHECK(append(*store, std::vector{numbered_entry(i, 700)}));
        }
        file = disk.open(segment_name(0)).value();
    }

    MemoryDisk disk;
    std::unique_ptr<base::File> file;
    seal::Sha256 sha256;
    ChainPoint genesis = genesis_of(test_identity());
};

TEST(GroupReader, ReadsAGroupAsOftenAsItIsAsked) {
    Segment segment;
    for (const std::size_t ahead : {std::size_t{1}, std::size_t{700}, GroupReader::kAheadAll}) {
        GroupReader reader(*segment.file, ahead);
        for (int i = 0; i < 3; ++i) {
            const auto first = reader.group(segment.sha256, kBlock, segment.genesis);
            ASSERT_TRUE(first) << first.error().reason;
            EXPECT_EQ(first->end_offset(), 3 * kBlock);
            const auto second = reader.group(segment.sha256, 3 * kBlock, first->end());
            ASSERT_TRUE(second) << second.error().reason;
            EntryCursor cursor(second->entries);
            const Entry expected = numbered_entry(1, 700);
            const EntryView read = *cursor.next();
            EXPECT_EQ(std::vector<std::byte>(read.bytes.begin(), read.bytes.end()), expected.bytes);
        }
    }
}

TEST(GroupReader, SaysWhyThereIsNoGroup) {
    Segment segment;
    const auto kind_at = [&](std::uint64_t offset, const ChainPoint& point) {
        GroupReader reader(*segment.file, GroupReader::kAheadOne);
        return reader.group(segment.sha256, offset, point).error().kind;
    };
    const ChainPoint genesis = segment.genesis;
    EXPECT_EQ(kind_at(5 * kBlock, genesis), Kind::kNone) << "zeros";
    EXPECT_EQ(kind_at(8 * kBlock, genesis), Kind::kNone) << "the end of the file";
    EXPECT_EQ(kind_at(2 * kBlock, genesis), Kind::kTorn) << "within a group";
    EXPECT_EQ(kind_at(3 * kBlock, genesis), Kind::kWrong) << "the second is not the first";
    EXPECT_EQ(kind_at(kBlock, {.last = test_identity().ledger}), Kind::kWrong) << "another chain";
    std::vector<std::byte> bytes = contents_of(segment.disk, segment_name(0));
    bytes.at(3 * kBlock - 1) ^= std::byte{1};
    put_file(segment.disk, segment_name(0), bytes);
    segment.file = segment.disk.open(segment_name(0)).value();
    EXPECT_EQ(kind_at(kBlock, genesis), Kind::kTorn) << "its last byte";
    bytes.resize(2 * kBlock);
    put_file(segment.disk, segment_name(0), bytes);
    segment.file = segment.disk.open(segment_name(0)).value();
    EXPECT_EQ(kind_at(kBlock, genesis), Kind::kTorn) << "the file ends within it";
    segment.disk.crash();
    EXPECT_EQ(kind_at(kBlock, genesis), Kind::kMedium);
}

TEST(ReadTail, SaysWhereItEndsAndWhetherAGroupBeginsInIt) {
    Segment segment;
    const auto bytes = contents_of(segment.disk, segment_name(0));
    const auto tail = [&](std::uint64_t begin) {
        return read_tail(segment.sha256, *segment.file, begin).value();
    };
    EXPECT_EQ(tail(5 * kBlock).end, 5 * kBlock) << "nothing there";
    EXPECT_EQ(tail(3 * kBlock).end, 5 * kBlock);
    EXPECT_FALSE(tail(3 * kBlock).group) << "the one where it begins does not count";
    EXPECT_EQ(tail(kBlock).group, 3 * kBlock);
    EXPECT_EQ(tail(kBlock).hash, seal::sha256(std::span(bytes).subspan(kBlock, 4 * kBlock)));
}

}  // namespace
}  // namespace comity::ledger
