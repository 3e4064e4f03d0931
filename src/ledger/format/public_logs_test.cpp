// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Logs that others made: of github.com/transparency-dev/tessera, whole; of
// github.com/FiloSottile/sunlight, its tiles and the cosignatures of its witnesses.
#include "shared_data.hpp"
#include "test_trees.hpp"

#include "comity/ledger/checkpoint.hpp"
#include "comity/ledger/cosignature.hpp"
#include "comity/ledger/tile.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <nlohmann/json_fwd.hpp>

namespace comity::ledger {
namespace {

// --- tessera ---

const std::string kTessera = "tlog/tessera/testdata/log/";
constexpr std::size_t kTesseraSize = 15;
constexpr std::string_view kTesseraKey =
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

std::optional<std::string> tessera(const std::string& path) {
    return shared_data(kTessera + path);
}

/// The entries of the whole log, from its widest bundle.
std::vector<std::string> tessera_entries() {
    const auto bundle = tessera("tile/entries/000.p/15");
    const auto entries = parse_entry_bundle(bytes_of(bundle.value()), kTesseraSize);
    std::vector<std::string> texts;
    for (const auto entry : entries.value()) {
        texts.emplace_back(reinterpret_cast<const char*>(entry.data()), entry.size());
    }
    return texts;
}

std::string text_of(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST(Tessera, HasTheTilesThatWeMakeByteForByte) {
    if (!tessera("checkpoint")) GTEST_SKIP() << missing_data(kTessera);
    TreeHasher hasher;
    const std::vector<std::string> texts = tessera_entries();
    std::vector<std::span<const std::byte>> entries;
    std::vector<Hash> leaves;
    for (const std::string& text : texts) {
        entries.push_back(bytes_of(text));
        leaves.push_back(hasher.leaf(bytes_of(text)));
        const auto levels = tile_levels(entries.size());
        ASSERT_EQ(levels.size(), 1U);
        ASSERT_EQ(levels.front().full_count, 0U);
        Tile tile{.index = 0, .width = levels.front().partial_width};
        EXPECT_EQ(text_of(format_hash_tile(leaves)), tessera(tile_path(tile)));
        tile.kind = Tile::Kind::kEntries;
        EXPECT_EQ(text_of(*format_entry_bundle(entries)), tessera(tile_path(tile)));
    }
    EXPECT_EQ(entries.size(), kTesseraSize);
}

TEST(Tessera, HasTheCheckpointsThatWeMakeAndSignsThem) {
    if (!tessera("checkpoint")) GTEST_SKIP() << missing_data(kTessera);
    const auto key = seal::parse_verifier_key(kTesseraKey);
    ASSERT_TRUE(key);
    TreeHasher hasher;
    const std::vector<std::string> entries = tessera_entries();
    TreeFrontier frontier;
    std::vector<TreeHead> heads;
    for (std::size_t size = 0; size <= kTesseraSize; ++size) {
        if (size > 0) frontier.append(hasher, hasher.leaf(bytes_of(entries[size - 1])));
        const TreeHead head{size, frontier.root(hasher)};
        std::vector<std::string> paths = {"checkpoint." + std::to_string(size)};
        if (size == kTesseraSize) paths.emplace_back("checkpoint");
        for (const std::string& path : paths) {
            const auto note = seal::parse_note(tessera(path).value());
            ASSERT_TRUE(note) << path;
            const auto checkpoint = open_checkpoint(*note, *key);
            ASSERT_TRUE(checkpoint) << path << ": " << to_string(checkpoint.error());
            EXPECT_EQ(checkpoint->tree, head) << path;
            EXPECT_EQ(format_checkpoint(*checkpoint), note->text);
            EXPECT_EQ(to_string(*note), tessera(path));
        }
        heads.push_back(head);
    }
    // Each is consistent with all before.
    StoredTree tree;
    for (const std::string& entry : entries) {
        tree.append(hasher, hasher.leaf(bytes_of(entry)));
    }
    for (std::size_t old_size = 1; old_size <= kTesseraSize; ++old_size) {
        for (std::size_t size = old_size; size <= kTesseraSize; ++size) {
            const auto proof = prove_consistency(hasher, tree, {old_size, size});
            EXPECT_TRUE(verify_consistency(hasher, heads[old_size], *proof, heads[size]));
        }
    }
}

// --- sunlight ---

const std::string kSunlight = "tlog/sunlight-skylight/cmd/skylight/testdata/";
const std::string kMirror =
    "witness/mirror/000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706/";

std::optional<std::string> sunlight(const std::string& path) {
    return shared_data(kSunlight + path);
}

struct Cosigned {
    std::string checkpoint;
    std::string witness;  ///< the description of the witness that has signed it
};

const Cosigned kCosigned[] = {
    {"witness/000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706/checkpoint",
     "witness/witness.v0.json"},
    {kMirror + "checkpoint", "witness/mirror/mirror.v0.json"},
    {"witness2/88ad7a28caeb0b2aa890fdf0304c2fcaf59fca2ee140134ff8c1300bac493482/checkpoint",
     "witness2/witness.v0.json"},
};

TEST(Sunlight, HasCosignaturesThatVerify) {
    if (!sunlight(kMirror + "checkpoint")) GTEST_SKIP() << missing_data(kSunlight);
    for (const Cosigned& one : kCosigned) {
        SCOPED_TRACE(one.checkpoint);
        const auto note = seal::parse_note(sunlight(one.checkpoint).value());
        ASSERT_TRUE(note);
        const auto checkpoint = parse_checkpoint(note->text);
        ASSERT_TRUE(checkpoint);
        EXPECT_EQ(checkpoint->tree.size, 300U);
        const auto description = nlohmann::json::parse(sunlight(one.witness).value());
        const auto key =
            seal::parse_verifier_key(description["verifier_keys"][0].get<std::string>());
        ASSERT_TRUE(key);
        const seal::NoteSignature& line = note->signatures.back();
        // 2025-12-31T00:00:00Z, the time of its tests.
        EXPECT_EQ(verify_cosignature(*key, note->text, line), 1'767'139'200U);
    }
}

TEST(Sunlight, HasTilesWhoseRootIsInItsCheckpoint) {
    const auto file = sunlight(kMirror + "checkpoint");
    if (!file) GTEST_SKIP() << missing_data(kSunlight);
    const auto checkpoint = parse_checkpoint(seal::parse_note(*file)->text);
    ASSERT_TRUE(checkpoint);
    const std::vector<TileLevel> levels = tile_levels(checkpoint->tree.size);
    ASSERT_EQ(levels, (std::vector<TileLevel>{{0, 1, 44}, {1, 0, 1}}));
    const auto hashes = [](const Tile& tile) {
        const auto content = sunlight(kMirror + tile_path(tile));
        return parse_hash_tile(bytes_of(content.value()), tile.width).value();
    };
    TreeHasher hasher;
    TreeFrontier frontier;
    const auto append = [&](const std::vector<Hash>& leaves) {
        for (const Hash& leaf : leaves) frontier.append(hasher, leaf);
    };
    append(hashes({.level = 0, .index = 0}));
    EXPECT_EQ(hashes({.level = 1, .index = 0, .width = 1}),
              std::vector<Hash>{frontier.root(hasher)});
    append(hashes({.level = 0, .index = 1, .width = 44}));
    EXPECT_EQ(frontier.root(hasher), checkpoint->tree.root);
}

TEST(Sunlight, HasFilesThatOnlyLookLikeCheckpoints) {
    const auto file = sunlight("witness/checkpoint");
    if (!file) GTEST_SKIP() << missing_data(kSunlight);
    EXPECT_FALSE(seal::parse_note(*file));
}

}  // namespace
}  // namespace comity::ledger
