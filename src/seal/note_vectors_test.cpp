// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Notes that others have written: Go's tests, C2SP's text, the logs of tessera and sunlight.
#include "shared_data.hpp"
#include "test_bytes.hpp"

#include "comity/seal/base64.hpp"
#include "comity/seal/ed25519.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace comity::seal {
namespace {

const std::string kHandmade = "tlog/handmade/note-vectors.json";

TEST(NoteVectors, HandmadeOnesVerifyOrNot) {
    const auto text = shared_data(kHandmade);
    if (!text) GTEST_SKIP() << missing_data(kHandmade);
    const auto file = nlohmann::json::parse(*text);
    std::size_t valid = 0;
    for (const auto& row : file.at("vectors")) {
        std::string bytes = row.at("text").get<std::string>() + "\n";
        for (const auto& line : row.at("sigs")) bytes += line.get<std::string>() + "\n";
        std::vector<VerifierKey> known;
        for (const auto& key : row.at("vkeys")) {
            known.push_back(*parse_verifier_key(key.get<std::string>()));
            EXPECT_EQ(to_string(known.back()), key.get<std::string>());
        }
        const auto note = parse_note(bytes);
        ASSERT_TRUE(note) << row.at("id");
        EXPECT_EQ(to_string(*note), bytes);
        const auto signers = verify_note(*note, known);
        if (row.at("valid").get<bool>()) {
            ASSERT_TRUE(signers) << row.at("id");
            EXPECT_EQ(signers->size(), known.size());
            ++valid;
        } else {
            ASSERT_FALSE(signers) << row.at("id");
            EXPECT_EQ(signers.error(), NoteError::kWrongSignature);
        }
    }
    EXPECT_EQ(valid, 3U);
}

TEST(NoteVectors, SignsWhatGoSigns) {
    const auto text = shared_data(kHandmade);
    if (!text) GTEST_SKIP() << missing_data(kHandmade);
    const auto file = nlohmann::json::parse(*text);
    // PRIVATE+KEY+NAME+ID, then base64 of a type byte and the seed, 44 characters.
    const std::string skey = file.at("skey_peter").get<std::string>();
    const auto secret = *decode_base64(skey.substr(skey.size() - 44), 33);
    SeedSigner signer(sized<32>(std::span(secret).subspan(1)));
    const auto& row = file.at("vectors").at(0);
    const Note note{
        .text = row.at("text").get<std::string>(),
        .signatures = {*sign_note(signer, "PeterNeumann", row.at("text").get<std::string>())}};
    EXPECT_EQ(to_string(note), note.text + "\n" + row.at("sigs").at(0).get<std::string>() + "\n");
}

TEST(NoteVectors, CheckpointsOfTesseraVerify) {
    // The key of tessera's test log, from its documentation.
    const auto key = parse_verifier_key(
        "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");
    ASSERT_TRUE(key);
    std::size_t verified = 0;
    for (int size = -1; size <= 15; ++size) {
        const std::string name = "tlog/tessera/testdata/log/checkpoint" +
                                 (size < 0 ? std::string() : "." + std::to_string(size));
        const auto bytes = shared_data(name);
        if (!bytes) GTEST_SKIP() << missing_data(name);
        const auto note = parse_note(*bytes);
        ASSERT_TRUE(note) << name;
        EXPECT_EQ(to_string(*note), *bytes);
        EXPECT_TRUE(verify_note(*note, std::span(&*key, 1))) << name;
        ++verified;
    }
    EXPECT_EQ(verified, 17U);
}

TEST(NoteVectors, CheckpointsOfSunlightAreRead) {
    const std::string folder = "tlog/sunlight-skylight/cmd/skylight/testdata/";
    const std::string rome = "000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706";
    const std::string milan = "88ad7a28caeb0b2aa890fdf0304c2fcaf59fca2ee140134ff8c1300bac493482";
    struct Row {
        std::string checkpoint;
        std::string keys;
        std::size_t signatures;
    };
    const Row rows[] = {
        {"witness/" + rome + "/checkpoint", "witness/witness.v0.json", 2},
        {"witness/mirror/" + rome + "/checkpoint", "witness/mirror/mirror.v0.json", 1},
        {"witness2/" + milan + "/checkpoint", "witness2/witness.v0.json", 1},
    };
    for (const Row& row : rows) {
        const auto bytes = shared_data(folder + row.checkpoint);
        const auto keys = shared_data(folder + row.keys);
        if (!bytes || !keys) GTEST_SKIP() << missing_data(folder + row.checkpoint);
        const auto note = parse_note(*bytes);
        ASSERT_TRUE(note) << row.checkpoint;
        EXPECT_EQ(to_string(*note), *bytes);
        ASSERT_EQ(note->signatures.size(), row.signatures);
        const auto key_text =
            nlohmann::json::parse(*keys).at("verifier_keys").at(0).get<std::string>();
        const auto key = parse_verifier_key(key_text);
        ASSERT_TRUE(key) << key_text;
        EXPECT_EQ(to_string(*key), key_text);
        EXPECT_EQ(key->type, kCosignatureV1Type);
        EXPECT_TRUE(note->signatures.back().is_of(*key));
        EXPECT_EQ(note->signatures.back().bytes.size(), 72U);
        // What a witness signs is not the bare text.
        EXPECT_EQ(verify_note(*note, std::span(&*key, 1)).error(), NoteError::kNoKnownSignature);
    }
    const auto decoy = shared_data(folder + "witness/checkpoint");
    ASSERT_TRUE(decoy);
    EXPECT_EQ(parse_note(*decoy).error(), NoteError::kNoSignatures);
}

}  // namespace
}  // namespace comity::seal
