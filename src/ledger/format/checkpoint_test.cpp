// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/checkpoint.hpp"

#include "shared_data.hpp"
#include "test_notes.hpp"
#include "test_trees.hpp"

#include "comity/ledger/cosignature.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/seal/ed25519.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <nlohmann/json_fwd.hpp>

namespace comity::ledger {
namespace {

constexpr std::string_view kRoot = "Wqx3HImawpLnS/Gv4ubjAvi1WIOy0b8Ze0amvqbavKk=";

std::string text(std::string_view origin, std::string_view size, std::string_view root,
                 std::string_view rest = "") {
    std::string lines;
    lines.append(origin).append("\n").append(size).append("\n").append(root).append("\n");
    return lines.append(rest);
}

TEST(Checkpoint, IsReadAndWrittenInOneWay) {
    for (const std::string& one :
         {text("node.example/comity", "3", kRoot), text("a", "0", kRoot),
          text(" spaces + plus ", "20852163", kRoot), text("h\xc3\xa9", "1", kRoot),
          text("a", "9223372036854775807", kRoot), text("a", "1", kRoot, "one\n two\n")}) {
        const auto checkpoint = parse_checkpoint(one);
        ASSERT_TRUE(checkpoint) << one;
        EXPECT_EQ(format_checkpoint(*checkpoint), one);
    }
    const auto checkpoint = parse_checkpoint(text("a", "20852163", kRoot, "one\ntwo\n"));
    EXPECT_EQ(checkpoint->origin, "a");
    EXPECT_EQ(checkpoint->tree.size, 20'852'163U);
    EXPECT_EQ(checkpoint->extensions, (std::vector<std::string>{"one", "two"}));
}

/// A text that is no checkpoint, and why.
struct Row {
    std::string text;
    CheckpointError error;
};

TEST(Checkpoint, IsRefusedWithItsCause) {
    const std::string good = text("a", "3", kRoot);
    const Row rows[] = {
        {"", CheckpointError::kTruncated},
        {"a\n", CheckpointError::kTruncated},
        {"a\n3\n", CheckpointError::kTruncated},
        {good.substr(0, good.size() - 1), CheckpointError::kTruncated},
        {good + "extension", CheckpointError::kTruncated},

        {text("", "3", kRoot), CheckpointError::kEmptyLine},
        {good + "\n", CheckpointError::kEmptyLine},
        {good + "one\n\ntwo\n", CheckpointError::kEmptyLine},

        {text("a\r", "3", kRoot), CheckpointError::kText},
        {text("a\t", "3", kRoot), CheckpointError::kText},
        {text("a\xff", "3", kRoot), CheckpointError::kText},
        {text("a", "3", kRoot, "\xc3\n"), CheckpointError::kText},
        {text(std::string_view("\0", 1), "3", kRoot), CheckpointError::kText},

        {text("a", "", kRoot), CheckpointError::kSize},
        {text("a", "03", kRoot), CheckpointError::kSize},
        {text("a", "00", kRoot), CheckpointError::kSize},
        {text("a", "-1", kRoot), CheckpointError::kSize},
        {text("a", "+1", kRoot), CheckpointError::kSize},
        {text("a", " 3", kRoot), CheckpointError::kSize},
        {text("a", "3 ", kRoot), CheckpointError::kSize},
        {text("a", "0xabcdef", kRoot), CheckpointError::kSize},
        {text("a", "3.0", kRoot), CheckpointError::kSize},

        {text("a", "9223372036854775808", kRoot), CheckpointError::kSizeTooLarge},
        {text("a", "18446744073709551619", kRoot), CheckpointError::kSizeTooLarge},
        {text("a", std::string(100'000, '9'), kRoot), CheckpointError::kSizeTooLarge},

        {text("a", "3", ""), CheckpointError::kRoot},
        {text("a", "3", "Wqx3"), CheckpointError::kRoot},
        {text("a", "3", std::string(kRoot.substr(0, 43))), CheckpointError::kRoot},
        {text("a", "3", std::string(kRoot) + "="), CheckpointError::kRoot},
        {text("a", "3", std::string(kRoot) + " "), CheckpointError::kRoot},
        // Bits that stand for nothing are set: a second text of the same bytes.
        {text("a", "3", "Wqx3HImawpLnS/Gv4ubjAvi1WIOy0b8Ze0amvqbavKl="), CheckpointError::kRoot},
        {text("a", "3", "Wqx3HImawpLnS_Gv4ubjAvi1WIOy0b8Ze0amvqbavKk="), CheckpointError::kRoot},
        {text("a", "3", "Wqx3HImawpLnS/Gv4ubjAvi1WIOy0b8Ze0amvqbavKlX"), CheckpointError::kRoot},
        {text("a", "3", std::string(1'000'000, 'A')), CheckpointError::kRoot},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.text.substr(0, 80));
        const auto checkpoint = parse_checkpoint(row.text);
        ASSERT_FALSE(checkpoint);
        EXPECT_EQ(checkpoint.error(), row.error);
    }
}

TEST(CheckpointDeathTest, RefusesWhatCannotBeRead) {
    const TreeHead tree{1, empty_root()};
    EXPECT_DEATH((void)format_checkpoint({"", tree, {}}), "check failed");
    EXPECT_DEATH((void)format_checkpoint({"a\n", tree, {}}), "check failed");
    EXPECT_DEATH((void)format_checkpoint({"a\r", tree, {}}), "check failed");
    EXPECT_DEATH((void)format_checkpoint({"a", tree, {""}}), "check failed");
    EXPECT_DEATH((void)format_checkpoint({"a", {kTreeSizeEnd, {}}, {}}), "check failed");
}

// --- Opening ---

std::optional<CheckpointError> error_of(const seal::Note& note, const seal::VerifierKey& key) {
    const auto checkpoint = open_checkpoint(note, key);
    return checkpoint ? std::nullopt : std::optional(checkpoint.error());
}

TEST(OpenCheckpoint, GivesWhatTheLogHasSigned) {
    const auto checkpoint = open_checkpoint(example::note(), example::key(example::kLogKey));
    ASSERT_TRUE(checkpoint);
    EXPECT_EQ(checkpoint->origin, "node.example/comity");
    EXPECT_EQ(checkpoint->tree.size, 3U);
}

TEST(OpenCheckpoint, TakesALogThatCosigns) {
    seal::SeedSigner signer(example::seed(example::kLogSeed));
    const std::string name = "node.example/comity";
    const auto key =
        seal::make_verifier_key(name, seal::kCosignatureV1Type, signer.key_id().value());
    seal::Note note{.text = example::kText, .signatures = {}};
    note.signatures.push_back(*cosign(signer, name, note.text, 7));
    EXPECT_TRUE(open_checkpoint(note, *key));
    note.signatures.front().bytes.back() ^= std::byte{1};
    EXPECT_EQ(error_of(note, *key), CheckpointError::kSignature);
}

TEST(CheckpointError, OtherOrigin) {
    seal::SeedSigner signer(example::seed(example::kLogSeed));
    const auto key =
        seal::make_verifier_key("node.example/other", seal::kEd25519Type, signer.key_id().value());
    EXPECT_EQ(error_of(example::note(), *key), CheckpointError::kOtherOrigin);
    // One letter is Cyrillic.
    const auto alike = seal::make_verifier_key(
        "n\xd0\xbe"
        "de.example/comity",
        seal::kEd25519Type, signer.key_id().value());
    EXPECT_EQ(error_of(example::note(), *alike), CheckpointError::kOtherOrigin);
}

TEST(CheckpointError, NotSigned) {
    seal::SeedSigner other(example::seed(example::kOtherSeed));
    const auto key =
        seal::make_verifier_key("node.example/comity", seal::kEd25519Type, other.key_id().value());
    EXPECT_EQ(error_of(example::note(), *key), CheckpointError::kNotSigned);
}

TEST(CheckpointError, KeyType) {
    const auto key = seal::make_verifier_key("node.example/comity", 0x06,
                                             std::vector<std::byte>(1312, std::byte{1}));
    EXPECT_EQ(error_of(example::note(), *key), CheckpointError::kKeyType);
}

TEST(CheckpointError, SignatureOfEachBitTurned) {
    const seal::VerifierKey key = example::key(example::kLogKey);
    constexpr std::size_t kBits = 512;
    for (std::size_t bit = 0; bit < kBits; ++bit) {
        seal::Note note = example::note();
        note.signatures.front().bytes.at(bit / 8) ^= std::byte{1} << (bit % 8);
        ASSERT_EQ(error_of(note, key), CheckpointError::kSignature) << bit;
    }
}

TEST(CheckpointError, SignatureOfEachBitOfTheTextTurned) {
    const seal::VerifierKey key = example::key(example::kLogKey);
    for (std::size_t bit = 0; bit < 8 * example::kText.size(); ++bit) {
        seal::Note note = example::note();
        note.text.at(bit / 8) = static_cast<char>(note.text.at(bit / 8) ^ (1 << (bit % 8)));
        ASSERT_NE(error_of(note, key), std::nullopt) << bit;
    }
}

TEST(CheckpointError, SignatureWhereASecondLineOfTheLogDoesNotVerify) {
    seal::Note note = example::note();
    note.signatures.push_back(note.signatures.front());
    EXPECT_EQ(error_of(note, example::key(example::kLogKey)), std::nullopt);
    note.signatures.back().bytes.front() ^= std::byte{1};
    EXPECT_EQ(error_of(note, example::key(example::kLogKey)), CheckpointError::kSignature);
    note.signatures.back().bytes.clear();
    EXPECT_EQ(error_of(note, example::key(example::kLogKey)), CheckpointError::kSignature);
}

TEST(CheckpointError, HasWordsForEach) {
    for (const auto error :
         {CheckpointError::kTruncated, CheckpointError::kEmptyLine, CheckpointError::kText,
          CheckpointError::kSize, CheckpointError::kSizeTooLarge, CheckpointError::kRoot,
          CheckpointError::kOtherOrigin, CheckpointError::kNotSigned, CheckpointError::kKeyType,
          CheckpointError::kSignature}) {
        EXPECT_NE(std::string_view(to_string(error)), "unknown error");
    }
}

TEST(Checkpoint, IsThatOfTheGoChecksumDatabase) {
    const std::string name = "tlog/handmade/note-vectors.json";
    const auto content = shared_data(name);
    if (!content) GTEST_SKIP() << missing_data(name);
    const auto data = nlohmann::json::parse(*content);
    const auto& good = data["good_tree_head"];
    const auto checkpoint = parse_checkpoint(good["text"].get<std::string>());
    ASSERT_TRUE(checkpoint);
    EXPECT_EQ(checkpoint->tree.size, good["size"].get<std::uint64_t>());
    EXPECT_EQ(checkpoint->tree.root, TreeHasher().leaf(bytes_of("hello world")));
    // The first of the bad ones is bad for its origin, which is for the key to say.
    const auto& bad = data["bad_tree_heads"];
    EXPECT_TRUE(parse_checkpoint(bad[0].get<std::string>()));
    EXPECT_EQ(parse_checkpoint(bad[1].get<std::string>()).error(), CheckpointError::kSize);
    EXPECT_EQ(parse_checkpoint(bad[2].get<std::string>()).error(), CheckpointError::kRoot);
}

}  // namespace
}  // namespace comity::ledger
