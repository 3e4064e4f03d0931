// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "spool_format.hpp"

#include "test_spool.hpp"

#include "comity/accord/ids.hpp"
#include "comity/base/testing/field_lines.hpp"
#include "comity/geo/instant.hpp"
#include "comity/node/spool.hpp"
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
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::node {
namespace {

using ::testing::HasSubstr;

// --- The example of docs/formats/spool.md ---

using base::testing::Field;
using base::testing::field_lines;

TEST(SpoolFormat, IsAsItsDocumentShows) {
    constexpr std::array kMark{Field{8, "magic"}, Field{2, "version"}, Field{8, "sequence"},
                               Field{8, "size"},  Field{8, "filed"},   Field{32, "hash"}};
    constexpr std::array kEntry{
        Field{8, "magic"},      Field{8, "number"},  Field{4, "length"},    Field{8, "left at"},
        Field{2, "addressees"}, Field{1, "length"},  Field{5, "\"north\""}, Field{1, "length"},
        Field{5, "\"south\""},  Field{3, "payload"}, Field{32, "hash"}};
    MemoryDisk disk(1);
    const auto spool = Spool::open(disk, {.bytes = kMinSpool}).value();
    SpoolEntry entry = warning(0, 0);
    for (const char c : std::string_view("{}\n")) entry.payload.push_back(std::byte(c));
    ASSERT_EQ(spool->append(entry), 1U);
    ASSERT_TRUE(spool->mark_filed(1));
    const auto bytes = contents_of(disk, "spool");
    ASSERT_EQ(bytes.size(), 2048U);
    std::ifstream file(std::filesystem::path(COMITY_SOURCE_DIR) / "docs/formats/spool.md");
    const std::string document{std::istreambuf_iterator<char>(file), {}};
    EXPECT_THAT(document,
                HasSubstr("zero:\n\n" + field_lines(bytes, 0, kMark) +
                          field_lines(bytes, kBlock, kMark) + field_lines(bytes, kMarks, kEntry)));
}

// --- Parts ---

class SpoolEntryTest : public ::testing::Test {
  protected:
    std::vector<std::byte> encode(const SpoolEntry& entry) {
        return encode_entry(sha256_, 7, entry);
    }
    bool is_read(const std::vector<std::byte>& blocks) {
        return decode_entry(sha256_, blocks).has_value();
    }
    seal::Sha256 sha256_;
};

TEST_F(SpoolEntryTest, IsReadAsItIsWrittenInAsManyBlocksAsItNeeds) {
    // Of the first block: magic, number, length, time, count, two addressees; then the hash.
    constexpr std::size_t kWhole = 512 - 20 - 10 - 12 - 32;
    for (const auto& [payload, blocks] : {std::pair<std::size_t, std::uint64_t>{0, 1},
                                          {kWhole, 1},
                                          {kWhole + 1, 2},
                                          {kWhole + 511, 2},
                                          {kWhole + 512, 3},
                                          {kMaxSpoolPayload, 129}}) {
        const SpoolEntry entry = warning(3, payload);
        EXPECT_EQ(block_count(entry), blocks) << payload;
        auto bytes = encode(entry);
        EXPECT_EQ(bytes.size(), blocks * kBlock);
        bytes.resize(bytes.size() + kBlock, std::byte{'x'});
        const auto decoded = decode_entry(sha256_, bytes);
        ASSERT_TRUE(decoded) << payload;
        EXPECT_EQ(decoded->blocks, blocks);
        EXPECT_EQ(decoded->spooled, (Spooled{.number = 7, .entry = entry}));
    }
}

TEST_F(SpoolEntryTest, BeginsNoOtherBlockAsAnEntryDoes) {
    const auto bytes = encode(warning(3, 5000));
    for (std::size_t at = kBlock; at < bytes.size(); at += kBlock) {
        EXPECT_EQ(bytes.at(at), std::byte{'+'});
    }
}

TEST_F(SpoolEntryTest, IsNotReadWhereOneBitIsAnother) {
    const auto bytes = encode(warning(3, 600));
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        auto other = bytes;
        other.at(at) ^= std::byte{4};
        EXPECT_FALSE(is_read(other)) << at;
    }
    EXPECT_FALSE(is_read({bytes.begin(), bytes.begin() + kBlock}));
    EXPECT_FALSE(is_read({}));
}

TEST_F(SpoolEntryTest, IsNotReadOutsideItsLimits) {
    SpoolEntry entry = warning(3);
    EXPECT_TRUE(is_read(encode(entry)));
    EXPECT_FALSE(is_read(encode_entry(sha256_, 0, entry))) << "numbers begin with 1";
    entry.addressees.clear();
    EXPECT_FALSE(is_read(encode(entry))) << "no addressees";
    entry.addressees.insert(accord::PartyId("not an id"));
    EXPECT_FALSE(is_read(encode(entry)));
    entry = warning(3, kMaxSpoolPayload + 1);
    EXPECT_FALSE(is_read(encode(entry))) << "too long";
    entry = warning(3);
    entry.left_at = geo::Instant::min();
    EXPECT_TRUE(is_read(encode(entry))) << "any time";
    for (int i = 0; i < 300; ++i) {
        entry.addressees.insert(accord::PartyId("p" + std::to_string(1000 + i)));
    }
    EXPECT_FALSE(is_read(encode(entry))) << "too many addressees";
}

TEST(SpoolMark, IsReadAsItIsWrittenAndNotOtherwise) {
    seal::Sha256 sha256;
    const SpoolMark mark{.sequence = 3, .size = 2048, .filed = UINT64_MAX};
    const auto bytes = encode_mark(sha256, mark);
    ASSERT_EQ(bytes.size(), kBlock);
    EXPECT_EQ(decode_mark(sha256, bytes), mark);
    EXPECT_EQ(mark_version(bytes), 1);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        auto other = bytes;
        other.at(at) ^= std::byte{1};
        EXPECT_FALSE(decode_mark(sha256, other)) << at;
    }
    EXPECT_FALSE(decode_mark(sha256, std::span(bytes).first(kBlock - 1)));
    EXPECT_EQ(mark_version(std::span(bytes).first(8)), 0);
    EXPECT_EQ(mark_version({}), 0);
}

}  // namespace
}  // namespace comity::node
