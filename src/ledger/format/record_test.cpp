// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/record.hpp"

#include "golden_records.hpp"
#include "test_bytes.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

// --- Random records ------------------------------------------------------------------------------

class Random {
  public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}

    std::uint64_t below(std::uint64_t end) { return engine_() % end; }
    template <typename T>
    T number() {
        // Small, large and any: edges come often.
        const std::uint64_t any = engine_();
        const std::uint64_t pick = below(4);
        return static_cast<T>(pick == 0 ? 0 : pick == 1 ? ~std::uint64_t{0} : any);
    }
    seal::Hash hash() {
        seal::Hash hash;
        for (std::byte& byte : hash.bytes) byte = static_cast<std::byte>(engine_());
        return hash;
    }
    std::vector<seal::Hash> hashes(std::size_t greatest) {
        std::vector<seal::Hash> all(size(greatest));
        for (seal::Hash& one : all) one = hash();
        return all;
    }
    std::vector<std::byte> bytes(std::size_t greatest) {
        std::vector<std::byte> all(size(greatest));
        for (std::byte& byte : all) byte = static_cast<std::byte>(engine_());
        return all;
    }
    std::string text(std::size_t limit) {
        static constexpr std::string_view kCharacters[] = {"a",  "Z",      "0",      " ",
                                                           "\"", "\u00FC", "\u20AC", "\U0001F681"};
        std::string text;
        const std::size_t wanted = size(limit);
        while (text.size() < wanted) {
            const std::string_view next = kCharacters[below(std::size(kCharacters))];
            if (text.size() + next.size() > limit) break;
            text += next;
        }
        return text;
    }
    Instant instant() {
        return Instant(std::chrono::milliseconds(
            below(8) == 0 ? 253'402'300'799'999
                          : static_cast<std::int64_t>(below(253'402'300'800'000))));
    }

    TreeHead head() { return {.size = number<std::uint64_t>(), .root = hash()}; }
    node::LogState log_state() { return {.ticks = head(), .records = head()}; }

  private:
    std::size_t size(std::size_t greatest) {
        const std::uint64_t pick = below(8);
        return pick == 0 ? 0 : pick == 1 ? greatest : below(greatest + 1);
    }

    std::mt19937_64 engine_;
};

// The least type number that is not known.
constexpr unsigned kFirstUnknown = std::variant_size_v<NodeRecord>;

NodeRecord random_node_record(Random& r, std::size_t index) {
    switch (index) {
        case 0:
            return node::Start{r.text(128), r.hash()};
        case 1:
            return node::Stop{r.number<std::uint16_t>()};
        case 2:
            return node::Build{r.text(128), r.hash()};
        case 3:
            return node::Configuration{r.hash()};
        case 4:
            return node::KeyChange{static_cast<node::KeyRole>(1 + r.below(3)), r.text(128),
                                   r.hashes(255), r.hashes(255)};
        case 5:
            return node::AdministratorAct{r.number<std::uint16_t>(), r.text(128), r.hash()};
        case 6:
            return node::TimeQuality{r.text(64), r.number<std::uint32_t>(), r.below(2) == 1};
        case 7:
            return node::RecordingChunk{r.text(64), r.instant(), r.instant(),
                                        r.number<std::uint64_t>(), r.hash()};
        case 8:
            return node::Delivery{r.text(128),
                                  r.number<std::uint64_t>(),
                                  r.text(128),
                                  r.number<std::uint64_t>(),
                                  static_cast<node::Level>(1 + r.below(4)),
                                  r.hash()};
        case 9:
            return node::Erasure{r.number<std::uint16_t>(), r.hashes(300)};
        case 10:
            return node::Tombstone{r.text(128), r.number<std::uint64_t>(),
                                   r.number<std::uint16_t>()};
        case 11:
            return node::TimeTick{};
        case 12:
            return node::Genesis{
                r.text(256), r.hash(), static_cast<node::SuccessionReason>(r.below(4)),
                r.text(256), r.hash(), r.log_state(),
                r.head()};
        case 13:
            return node::Closing{static_cast<node::SuccessionReason>(1 + r.below(2)), r.text(256),
                                 r.hash()};
        case 14:
            return node::Drop{r.number<std::uint64_t>(), r.hash()};
        case 15:
            return node::State{r.text(64), r.hash()};
        case 16:
            return node::Upgrade{r.number<std::uint16_t>(), r.number<std::uint16_t>()};
        case 17:
            return node::Restored{r.log_state(), r.head()};
        default:
            return node::Unknown{
                static_cast<std::uint16_t>(kFirstUnknown + r.below(65'536 - kFirstUnknown)),
                r.bytes(1'000)};
    }
}

Record random_record(Random& r, std::size_t index) {
    Record record{.salt = r.hash(),
                  .time = r.instant(),
                  .clock_error_ms = r.number<std::uint32_t>(),
                  .rules = r.text(64),
                  .outcome = r.number<std::uint16_t>()};
    constexpr std::size_t kTypes = std::variant_size_v<NodeRecord>;
    if (index < kTypes) {
        record.content = random_node_record(r, index);
    } else if (index == kTypes) {
        record.content = SignedRequest{r.bytes(1'000)};
    } else {
        record.content = VouchedRequest{r.bytes(1'000)};
    }
    return record;
}

TEST(Record, OfEveryKindAndTypeIsReadAsItWasWritten) {
    Random random(1);
    for (int round = 0; round < 300; ++round) {
        for (std::size_t index = 0; index < std::variant_size_v<NodeRecord> + 2; ++index) {
            const Record record = random_record(random, index);
            const std::vector<std::byte> bytes = encode(record);
            const auto decoded = decode_record(bytes);
            ASSERT_TRUE(decoded) << decoded.error() << "\n" << to_hex(bytes);
            ASSERT_EQ(*decoded, record) << to_hex(bytes);
            ASSERT_EQ(encode(*decoded), bytes);
        }
    }
}

// --- One encoding of each record -----------------------------------------------------------------

// What decodes encodes to the same bytes; so two records have one encoding only where they are
// equal.
void expect_one_encoding(const std::vector<std::byte>& bytes, const std::string& what) {
    const auto decoded = decode_record(bytes);
    if (decoded) {
        ASSERT_EQ(to_hex(encode(*decoded)), to_hex(bytes)) << what;
    } else {
        ASSERT_LE(decoded.error().offset, bytes.size()) << what;
    }
}

TEST(Record, WithAnyBitTurnedIsRefusedOrIsAnotherOne) {
    for (const auto& [name, record] : golden::records()) {
        std::vector<std::byte> bytes = golden::bytes(name);
        for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
            const std::byte mask = std::byte{1} << (bit % 8);
            bytes[bit / 8] ^= mask;
            const std::string what = name + " bit " + std::to_string(bit);
            const auto decoded = decode_record(bytes);
            ASSERT_FALSE(decoded && *decoded == record) << what;
            ASSERT_NO_FATAL_FAILURE(expect_one_encoding(bytes, what));
            bytes[bit / 8] ^= mask;
        }
    }
}

TEST(Record, WithAnyByteAnythingElseIsRefusedOrIsAnotherOne) {
    for (const auto& [name, record] : golden::records()) {
        const std::vector<std::byte> golden = golden::bytes(name);
        for (std::size_t at = 0; at < std::min<std::size_t>(golden.size(), 200); ++at) {
            std::vector<std::byte> bytes = golden;
            for (unsigned value = 0; value < 256; ++value) {
                bytes[at] = static_cast<std::byte>(value);
                ASSERT_NO_FATAL_FAILURE(expect_one_encoding(bytes, name));
            }
        }
    }
}

// --- Types and limits ----------------------------------------------------------------------------

TEST(Record, OfATypeThatIsNotKnownIsKeptAndSaysSo) {
    for (const unsigned number : {0U, kFirstUnknown, 500U, 65'535U}) {
        const auto type = static_cast<std::uint16_t>(number);
        const Record record{.content =
                                NodeRecord(node::Unknown{.type = type, .body = from_hex("c0ff")})};
        const auto decoded = decode_record(encode(record));
        ASSERT_TRUE(decoded) << type;
        EXPECT_EQ(*decoded, record);
        EXPECT_STREQ(name_of(std::get<NodeRecord>(decoded->content)), "unknown");
    }
}

TEST(Record, HasTheNamesOfTheDocument) {
    const std::string document =
        file_content(std::filesystem::path(COMITY_SOURCE_DIR) / "docs/formats/record.md").value();
    Random random(1);
    for (std::size_t i = 0; i + 1 < std::variant_size_v<NodeRecord>; ++i) {
        const std::string row =
            "| " + std::to_string(i + 1) + " | " + name_of(random_node_record(random, i)) + " |";
        EXPECT_NE(document.find(row), std::string::npos) << row;
    }
}

TEST(Record, TakesTextsAndListsUpToTheirLimits) {
    const std::vector<Record> longest{
        {.rules = std::string(64, 'r')},
        {.content = SignedRequest{std::vector<std::byte>(SignedRequest::kMaxBytes)}},
        {.content = VouchedRequest{std::vector<std::byte>(VouchedRequest::kMaxBytes)}},
        {.content = NodeRecord(node::Unknown{.type = 99, .body = std::vector<std::byte>(1 << 20)})},
        {.content = NodeRecord(node::Start{.build = std::string(128, 'b')})},
        {.content = NodeRecord(node::TimeQuality{.source = std::string(64, 's')})},
        {.content = NodeRecord(node::KeyChange{.retired = std::vector<seal::Hash>(255),
                                               .introduced = std::vector<seal::Hash>(255)})},
        {.content = NodeRecord(node::Erasure{.commitments = std::vector<seal::Hash>(32'767)})},
    };
    for (const Record& record : longest) {
        const auto decoded = decode_record(encode(record));
        ASSERT_TRUE(decoded) << decoded.error();
        EXPECT_TRUE(*decoded == record);
    }
}

TEST(RecordDeathTest, BeyondItsLimitsIsABug) {
    const std::vector<Record> too_long{
        {.rules = std::string(65, 'r')},
        {.content = SignedRequest{std::vector<std::byte>(SignedRequest::kMaxBytes + 1)}},
        {.content =
             NodeRecord(node::Unknown{.type = 99, .body = std::vector<std::byte>((1 << 20) + 1)})},
        {.content = NodeRecord(node::Unknown{.type = kFirstUnknown - 1})},
        {.content = NodeRecord(node::Start{.build = std::string(129, 'b')})},
        {.content = NodeRecord(node::KeyChange{.retired = std::vector<seal::Hash>(256)})},
        {.content = NodeRecord(node::Erasure{.commitments = std::vector<seal::Hash>(32'768)})},
    };
    for (const Record& record : too_long) EXPECT_DEATH((void)encode(record), "check failed");
}

TEST(Record, OfTheGreatestLengthIsTakenAndOneByteMoreRefused) {
    std::vector<std::byte> bytes =
        encode({.content = SignedRequest{std::vector<std::byte>(SignedRequest::kMaxBytes)}});
    EXPECT_TRUE(decode_record(bytes));
    const std::size_t length_at = bytes.size() - SignedRequest::kMaxBytes - 4;
    bytes.push_back(std::byte{0});
    bytes[length_at + 3] = std::byte{1};
    const auto decoded = decode_record(bytes);
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error(), (FormatError{FormatFault::kTooLong, length_at}));
}

}  // namespace
}  // namespace comity::ledger
