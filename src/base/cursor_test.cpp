// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/cursor.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <span>

#include <gtest/gtest.h>

namespace comity::base {
namespace {

constexpr std::array<std::byte, 8> kBytes{std::byte{0x81}, std::byte{0x02}, std::byte{0x03},
                                          std::byte{0x04}, std::byte{0x05}, std::byte{0x06},
                                          std::byte{0x07}, std::byte{0xf8}};

ByteCursor cursor(std::size_t size = kBytes.size()) {
    return ByteCursor(std::span(kBytes).first(size));
}

TEST(ByteCursor, ReadsNumbersInBothOrders) {
    EXPECT_EQ(cursor().read_u8(), 0x81);
    EXPECT_EQ(cursor().read_u16be(), 0x8102);
    EXPECT_EQ(cursor().read_u24be(), 0x810203U);
    EXPECT_EQ(cursor().read_u32be(), 0x81020304U);
    EXPECT_EQ(cursor().read_u64be(), 0x81020304050607f8U);
    EXPECT_EQ(cursor().read_u16le(), 0x0281);
    EXPECT_EQ(cursor().read_u32le(), 0x04030281U);
    EXPECT_EQ(cursor().read_u64le(), 0xf807060504030281U);
}

// Each read of so many bytes from one that has fewer: nothing, and the cursor stands.
template <typename Read>
void expect_needs(std::size_t count, Read read) {
    for (std::size_t size = 0; size <= kBytes.size(); ++size) {
        ByteCursor at = cursor(size);
        const bool enough = size >= count;
        EXPECT_EQ(static_cast<bool>(read(at)), enough) << count << " of " << size;
        EXPECT_EQ(at.position(), enough ? count : 0);
        EXPECT_EQ(at.remaining(), enough ? size - count : size);
    }
}

TEST(ByteCursor, NeverReadsBeyondTheEnd) {
    expect_needs(1, [](ByteCursor& at) { return at.read_u8().has_value(); });
    expect_needs(2, [](ByteCursor& at) { return at.read_u16be().has_value(); });
    expect_needs(3, [](ByteCursor& at) { return at.read_u24be().has_value(); });
    expect_needs(4, [](ByteCursor& at) { return at.read_u32be().has_value(); });
    expect_needs(8, [](ByteCursor& at) { return at.read_u64be().has_value(); });
    expect_needs(2, [](ByteCursor& at) { return at.read_u16le().has_value(); });
    expect_needs(4, [](ByteCursor& at) { return at.read_u32le().has_value(); });
    expect_needs(8, [](ByteCursor& at) { return at.read_u64le().has_value(); });
    expect_needs(5, [](ByteCursor& at) { return at.take(5).has_value(); });
    expect_needs(6, [](ByteCursor& at) { return at.skip(6); });
}

TEST(ByteCursor, RefusesACountThatWouldOverflow) {
    ByteCursor at = cursor();
    ASSERT_TRUE(at.skip(3));
    EXPECT_FALSE(at.skip(std::numeric_limits<std::size_t>::max()));
    EXPECT_FALSE(at.take(std::numeric_limits<std::size_t>::max() - 2).has_value());
    EXPECT_EQ(at.position(), 3U);
}

TEST(ByteCursor, WalksFromFrontToBack) {
    ByteCursor at = cursor();
    EXPECT_EQ(at.read_u8(), 0x81);
    EXPECT_TRUE(at.skip(2));
    EXPECT_EQ(at.read_u16be(), 0x0405);
    const auto rest = at.take(at.remaining());
    ASSERT_TRUE(rest.has_value());
    EXPECT_TRUE(std::ranges::equal(*rest, std::span(kBytes).last(3)));
    EXPECT_EQ(at.remaining(), 0U);
    EXPECT_TRUE(at.skip(0));
    EXPECT_TRUE(at.take(0).has_value());
    EXPECT_FALSE(at.read_u8().has_value());
}

}  // namespace
}  // namespace comity::base
