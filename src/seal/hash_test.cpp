// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/seal/hash.hpp"

#include "comity/base/bytes.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace comity::seal {
namespace {

struct DigestRow {
    std::string message;
    std::string_view digest;
};

// RFC 6234, section 8.5 (TEST1, TEST2_1, TEST3, TEST4 and the whole bytes of TEST7 to TEST10), and
// FIPS 180-4's empty message.
const DigestRow kDigests[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {std::string(1'000'000, 'a'),
     "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    {"\x19", "68aa2e2ee5dff96e3355e6c7ee373e3d6a4e17f75f9518d843709c0c9bc3e3d4"},
};

TEST(Sha256, GivesTheDigestsOfRfc6234) {
    for (const DigestRow& row : kDigests) {
        EXPECT_EQ(base::to_hex(sha256(base::bytes_of(row.message)).span()), row.digest);
    }
}

TEST(Sha256, OneHasherServesManyMessages) {
    Sha256 hasher;
    for (int i = 0; i < 3; ++i) {
        for (const DigestRow& row : kDigests) {
            EXPECT_EQ(base::to_hex(hasher.of(base::bytes_of(row.message)).span()), row.digest);
        }
    }
}

TEST(Sha256, PartsAreOneMessage) {
    const std::string text = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    const std::span<const std::byte> bytes = base::bytes_of(text);
    const Hash whole = sha256(bytes);
    Sha256 hasher;
    for (std::size_t i = 0; i <= bytes.size(); ++i) {
        EXPECT_EQ(hasher.of({bytes.first(i), bytes.subspan(i)}), whole);
        hasher.update(bytes.first(i)).update({}).update(bytes.subspan(i));
        EXPECT_EQ(hasher.finish(), whole);
    }
}

TEST(Sha256, FinishBeginsAnEmptyMessage) {
    Sha256 hasher;
    (void)hasher.update(base::bytes_of("abc")).finish();
    EXPECT_EQ(hasher.finish(), sha256({}));
    EXPECT_EQ(hasher.of(std::span<const std::byte>{}), sha256({}));
}

TEST(Sha256DeathTest, AWholeMessageInsideAnotherIsABug) {
    Sha256 hasher;
    hasher.update(base::bytes_of("abc"));
    EXPECT_DEATH((void)hasher.of(base::bytes_of("abc")), "check failed");
}

TEST(Hash, HasExactlyThirtyTwoBytes) {
    std::vector<std::byte> bytes(33, std::byte{7});
    EXPECT_FALSE(Hash::from({}));
    EXPECT_FALSE(Hash::from(std::span(bytes).first(31)));
    EXPECT_FALSE(Hash::from(bytes));
    const auto hash = Hash::from(std::span(bytes).first(32));
    ASSERT_TRUE(hash);
    EXPECT_EQ(base::to_hex(hash->span()), base::to_hex(std::span(bytes).first(32)));
}

TEST(Hash, IsOrderedByItsBytes) {
    Hash low;
    Hash high;
    low.bytes[1] = std::byte{0xFF};
    high.bytes[0] = std::byte{0x80};
    EXPECT_LT(Hash{}, low);
    EXPECT_LT(low, high);
    EXPECT_EQ(low, low);
}

struct HmacRow {
    std::string key;
    std::string message;
    std::string_view mac;
};

// RFC 4231, sections 4.2, 4.3, 4.4, 4.7 and 4.8.
const HmacRow kMacs[] = {
    {std::string(20, '\x0b'), "Hi There",
     "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
    {"Jefe", "what do ya want for nothing?",
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
    {std::string(20, '\xaa'), std::string(50, '\xdd'),
     "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
    {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
     "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
    {std::string(131, '\xaa'),
     "This is a test using a larger than block-size key and a larger than block-size data. The key "
     "needs to be hashed before being used by the HMAC algorithm.",
     "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
};

TEST(Hmac, GivesTheMacsOfRfc4231) {
    for (const HmacRow& row : kMacs) {
        const auto key = base::bytes_of(row.key);
        EXPECT_EQ(base::to_hex(hmac_sha256(key, base::bytes_of(row.message)).span()), row.mac);
        HmacSha256 keyed(key);
        (void)keyed.of(base::bytes_of("another message"));
        EXPECT_EQ(base::to_hex(keyed.of(base::bytes_of(row.message)).span()), row.mac);
    }
}

}  // namespace
}  // namespace comity::seal
