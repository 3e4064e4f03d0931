// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/seal/base64.hpp"

#include "comity/base/bytes.hpp"

#include <array>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace comity::seal {
namespace {

constexpr std::size_t kPlenty = 1000;

// RFC 4648, section 10.
constexpr std::pair<std::string_view, std::string_view> kVectors[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
};

TEST(Base64, WritesAndReadsTheVectorsOfRfc4648) {
    for (const auto& [plain, text] : kVectors) {
        EXPECT_EQ(encode_base64(base::bytes_of(plain)), text);
        EXPECT_EQ(base64_size(plain.size()), text.size());
        const auto bytes = decode_base64(text, kPlenty);
        ASSERT_TRUE(bytes) << text;
        EXPECT_EQ(base::text_of(*bytes), plain);
    }
}

struct Refused {
    std::string_view text;
    Base64Error error;
};

const Refused kRefused[] = {
    {"Z", Base64Error::kIncomplete},
    {"Zg", Base64Error::kIncomplete},
    {"Zg=", Base64Error::kIncomplete},
    {"Zg==\n", Base64Error::kIncomplete},
    {"Zm9vY", Base64Error::kIncomplete},
    {"=", Base64Error::kIncomplete},
    {"====", Base64Error::kNotBase64},
    {"Z===", Base64Error::kNotBase64},
    {"=Zg=", Base64Error::kNotBase64},
    {"Zg==Zg==", Base64Error::kNotBase64},
    {"Zg==Zm9v", Base64Error::kNotBase64},
    {"Zm9vZg==Zm9v", Base64Error::kNotBase64},
    {"Zh==", Base64Error::kNotBase64},  // four bits set behind the byte
    {"Zm9=", Base64Error::kNotBase64},  // two bits set behind the bytes
    {"Zm 9", Base64Error::kNotBase64},
    {" Zm9vYm", Base64Error::kIncomplete},
    {"Zm9v\r\n\r\n", Base64Error::kNotBase64},
    {"Zm9v\n\n\n\n", Base64Error::kNotBase64},
    {"Zm-_", Base64Error::kNotBase64},
    {"Zm9\xC3", Base64Error::kNotBase64},
    {"Zm9\xFF", Base64Error::kNotBase64},
    {std::string_view("Zm9\0", 4), Base64Error::kNotBase64},
    {std::string_view("Zg==\0\0\0\0", 8), Base64Error::kNotBase64},
};

TEST(Base64, RefusesAllOtherForms) {
    for (const Refused& row : kRefused) {
        const auto bytes = decode_base64(row.text, kPlenty);
        ASSERT_FALSE(bytes) << row.text;
        EXPECT_EQ(bytes.error(), row.error) << row.text;
        EXPECT_NE(std::string_view(to_string(bytes.error())), "unknown error");
    }
}

TEST(Base64, HasOneTextForEachSequenceOfBytes) {
    std::set<std::string> texts;
    for (unsigned first = 0; first < 256; ++first) {
        const std::array one = {static_cast<std::byte>(first)};
        texts.insert(encode_base64(one));
        for (unsigned second = 0; second < 256; ++second) {
            const std::array two = {static_cast<std::byte>(first), static_cast<std::byte>(second)};
            texts.insert(encode_base64(two));
        }
    }
    ASSERT_EQ(texts.size(), 256U + 65'536U);
    // Every text of four of these, which have each kind of character and of last bits.
    constexpr std::string_view kFrom = "AQgwBCEIz059+/-_=\n\r \t.\xFF";
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::size_t accepted = 0;
    for (std::size_t i = 0; i < kFrom.size() * kFrom.size() * kFrom.size() * kFrom.size(); ++i) {
        std::string text;
        for (std::size_t rest = i; text.size() < 4; rest /= kFrom.size()) {
            text += kFrom[rest % kFrom.size()];
        }
        const bool is_whole = text.find_first_not_of(kDigits) == text.npos;
        const auto bytes = decode_base64(text, kPlenty);
        ASSERT_EQ(bytes.has_value(), is_whole || texts.contains(text)) << text;
        if (bytes) {
            ASSERT_EQ(encode_base64(*bytes), text);
            ++accepted;
        }
    }
    EXPECT_GT(accepted, 30'000U);
}

TEST(Base64, KnowsAllBytesThatAreNoDigits) {
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (unsigned byte = 0; byte < 256; ++byte) {
        for (std::size_t place = 0; place < 8; ++place) {
            std::string text = "AAAAAAAA";
            text[place] = static_cast<char>(byte);
            const bool is_end = text[place] == '=' && place == 7;
            EXPECT_EQ(decode_base64(text, kPlenty).has_value(),
                      is_end || kDigits.find(text[place]) != kDigits.npos)
                << byte << " at " << place;
        }
    }
}

TEST(Base64, ReadsTheOtherAlphabetWhereAskedFor) {
    const auto bytes = decode_base64("--__", kPlenty, Base64Alphabet::kUrlSafe);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(encode_base64(*bytes), "++//");
    EXPECT_FALSE(decode_base64("++//", kPlenty, Base64Alphabet::kUrlSafe));
    EXPECT_FALSE(decode_base64("Zh==", kPlenty, Base64Alphabet::kUrlSafe));
    EXPECT_FALSE(decode_base64("Zg", kPlenty, Base64Alphabet::kUrlSafe));
}

TEST(Base64, IsRefusedAboveTheLimitBeforeItIsDecoded) {
    for (std::size_t size = 0; size < 20; ++size) {
        const std::string text = encode_base64(std::vector<std::byte>(size));
        EXPECT_TRUE(decode_base64(text, size)) << size;
        if (size == 0) continue;
        const auto bytes = decode_base64(text, size - 1);
        ASSERT_FALSE(bytes) << size;
        EXPECT_EQ(bytes.error(), Base64Error::kTooLong);
    }
    // Not base64 either: what is refused for its length is not looked at.
    const std::string large(100'000'000, '!');
    const auto bytes = decode_base64(large, std::size_t{16} << 20U);
    ASSERT_FALSE(bytes);
    EXPECT_EQ(bytes.error(), Base64Error::kTooLong);
}

}  // namespace
}  // namespace comity::seal
