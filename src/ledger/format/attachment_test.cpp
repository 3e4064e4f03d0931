// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/attachment.hpp"

#include "golden_records.hpp"
#include "test_bytes.hpp"
#include "test_trees.hpp"

#include <cstddef>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

const AttachmentKey kKey = counted_hash(0).bytes;

// By Python 3.11:
//   hmac.new(bytes(range(32)), b'comity/attachment/v1\0' + content, hashlib.sha256).hexdigest()
// and bytes(32) in the last row.
TEST(Attachment, CommitmentsAreThoseOfAnotherProgram) {
    EXPECT_EQ(to_hex(commit(kKey, bytes_of(golden::kContact)).span()),
              "e031a875055e0e1d5fd2db5e0ff02210181f9bc402fc70b1f2dcd8db271b7e33");
    EXPECT_EQ(to_hex(commit(kKey, {}).span()),
              "eefdabaaf11675b83a6d1660540558ecdb03cb5000bfce531ed6d42545d6b6e9");
    EXPECT_EQ(to_hex(commit(AttachmentKey{}, {}).span()),
              "3417b9628aaf2ae9bb0a60ba20846594b4e5f5ab1faf641f3017d5e0221d6547");
}

TEST(Attachment, OpensUnderItsKeyAndContentOnly) {
    const std::string content(golden::kContact);
    const seal::Hash commitment = commit(kKey, bytes_of(content));
    EXPECT_TRUE(opens(commitment, kKey, bytes_of(content)));
    for (std::size_t bit = 0; bit < 8 * kKey.size(); ++bit) {
        AttachmentKey other = kKey;
        other[bit / 8] ^= std::byte{1} << (bit % 8);
        EXPECT_FALSE(opens(commitment, other, bytes_of(content))) << bit;
        EXPECT_FALSE(opens(with_bit_turned(commitment, bit), kKey, bytes_of(content))) << bit;
    }
    for (std::size_t size = 0; size < content.size(); ++size) {
        EXPECT_FALSE(opens(commitment, kKey, bytes_of(content.substr(0, size)))) << size;
    }
    EXPECT_FALSE(opens(commitment, kKey, bytes_of(content + '\0')));
}

}  // namespace
}  // namespace comity::ledger
