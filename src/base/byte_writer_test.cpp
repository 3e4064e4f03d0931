// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/byte_writer.hpp"

#include "comity/base/cursor.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace comity::base {
namespace {

TEST(ByteWriter, WritesWhatACursorReads) {
    std::vector<std::byte> bytes;
    ByteWriter writer(bytes);
    writer.u8(0xFE);
    writer.u16(0x0102);
    writer.u32(0x01020304);
    writer.u64(0x0102030405060708);
    writer.text("abc");
    EXPECT_EQ(to_hex(bytes), "fe0102010203040102030405060708616263");
    ByteCursor cursor(bytes);
    EXPECT_EQ(cursor.read_u8(), 0xFE);
    EXPECT_EQ(cursor.read_u16be(), 0x0102);
    EXPECT_EQ(cursor.read_u32be(), 0x01020304U);
    EXPECT_EQ(cursor.read_u64be(), 0x0102030405060708U);
    EXPECT_EQ(text_of(*cursor.take(3)), "abc");
    EXPECT_EQ(cursor.remaining(), 0U);
}

TEST(ByteWriter, WritesBehindWhatIsThere) {
    std::vector<std::byte> bytes(2, std::byte{0x7F});
    ByteWriter(bytes).bytes(bytes_of("a"));
    EXPECT_EQ(to_hex(bytes), "7f7f61");
}

}  // namespace
}  // namespace comity::base
