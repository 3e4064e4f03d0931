// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The worked examples of docs/formats are what the code makes; those of receipts and bundles are
// looked at where there is a ledger (src/ledger/testing).
#include "golden_records.hpp"
#include "shared_data.hpp"
#include "test_bytes.hpp"
#include "test_notes.hpp"
#include "test_trees.hpp"

#include "comity/ledger/attachment.hpp"
#include "comity/ledger/checkpoint.hpp"
#include "comity/ledger/cosignature.hpp"
#include "comity/ledger/policy.hpp"
#include "comity/ledger/proof.hpp"
#include "comity/ledger/tile.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/seal/base64.hpp"
#include "comity/seal/ed25519.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <array>
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using testing::HasSubstr;

std::string document(const std::string& name) {
    return file_content(std::filesystem::path(COMITY_SOURCE_DIR) / "docs/formats" / name).value();
}

/// As the documents show lines: each four blanks in.
std::string shown(std::string_view text) {
    std::string out = "    ";
    for (const char c : text.substr(0, text.size() - 1)) {
        out += c;
        if (c == '\n') out += "    ";
    }
    // An empty line has no blanks.
    for (auto at = out.find("\n    \n"); at != std::string::npos; at = out.find("\n    \n")) {
        out.erase(at + 1, 4);
    }
    return out + "\n";
}

constexpr std::array<std::string_view, 3> kEntries = {"one", "two", "three"};

/// The tree of the examples.
struct ExampleTree {
    ExampleTree() {
        for (const std::string_view entry : kEntries) {
            leaves.push_back(hasher.leaf(bytes_of(entry)));
            tree.append(hasher, leaves.back());
        }
        head = {.size = 3, .root = *subtree_root(hasher, tree, {0, 3})};
    }

    TreeHasher hasher;
    std::vector<Hash> leaves;
    StoredTree tree;
    TreeHead head;
};

TEST(Examples, Tree) {
    ExampleTree example;
    const std::string text = document("tlog-tree.md");
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_THAT(text, HasSubstr("leaf " + std::to_string(i) + "    " +
                                    to_hex(example.leaves[i].span()) + "  SHA-256(00 " +
                                    to_hex(bytes_of(kEntries.at(i))) + ")\n"));
    }
    const Hash pair = *example.tree.node({1, 0});
    EXPECT_THAT(text, HasSubstr("node 0-1  " + to_hex(pair.span())));
    EXPECT_THAT(text, HasSubstr("root      " + to_hex(example.head.root.span())));
    const Hash& second = example.leaves[1];
    const Hash& third = example.leaves[2];
    EXPECT_EQ(prove_inclusion(example.hasher, example.tree, {0, 3}), (Proof{second, third}));
    EXPECT_EQ(prove_inclusion(example.hasher, example.tree, {2, 3}), (Proof{pair}));
    EXPECT_EQ(prove_consistency(example.hasher, example.tree, {2, 3}), (Proof{third}));
    EXPECT_EQ(prove_consistency(example.hasher, example.tree, {1, 3}), (Proof{second, third}));
}

TEST(Examples, Tiles) {
    const ExampleTree example;
    const std::string text = document("tlog-tiles.md");
    const Tile tile{.kind = Tile::Kind::kEntries, .index = 0, .width = 3};
    EXPECT_THAT(text, HasSubstr('`' + tile_path(tile) + "`, 17 bytes"));
    EXPECT_THAT(text, HasSubstr("`tile/0/000.p/3`, 96 bytes"));
    EXPECT_EQ(tile_path({.level = 0, .index = 0, .width = 3}), "tile/0/000.p/3");
    std::vector<std::span<const std::byte>> entries;
    std::string lines;
    for (const std::string_view entry : kEntries) {
        entries.push_back(bytes_of(entry));
        lines += to_hex(*format_entry_bundle(std::array{bytes_of(entry)})).insert(4, " ");
        lines += '\n';
    }
    EXPECT_EQ(format_entry_bundle(entries)->size(), 17U);
    for (std::size_t i = 0; i < 3; ++i) {
        const std::string bundle = to_hex(*format_entry_bundle(std::array{entries[i]}));
        EXPECT_THAT(text, HasSubstr("    " + bundle.substr(0, 4) + ' ' + bundle.substr(4) + ' '));
    }
    std::string hashes;
    for (const Hash& leaf : example.leaves) hashes += to_hex(leaf.span()) + '\n';
    EXPECT_THAT(text, HasSubstr(shown(hashes)));
    EXPECT_EQ(format_hash_tile(example.leaves).size(), 96U);
}

TEST(Examples, Checkpoint) {
    const ExampleTree example;
    const std::string name = "node.example/comity";
    seal::SeedSigner signer(example::seed(example::kLogSeed));
    const auto key = seal::make_verifier_key(name, seal::kEd25519Type, signer.key_id().value());
    seal::Note note{.text = format_checkpoint({name, example.head, {}}), .signatures = {}};
    note.signatures.push_back(*seal::sign_note(signer, name, note.text));
    EXPECT_EQ(to_string(note), example::kText + "\n" + example::kLogLine);
    EXPECT_EQ(to_string(*key), example::kLogKey);
    const std::string text = document("tlog-checkpoint.md");
    EXPECT_THAT(text, HasSubstr(shown(to_string(note))));
    EXPECT_THAT(text, HasSubstr(shown(to_string(*key) + "\n")));
    EXPECT_THAT(text, HasSubstr("id 82f90965"));
}

TEST(Examples, Cosignature) {
    seal::SeedSigner signer(example::seed(example::kWitnessSeed));
    const std::string name = "party-b.example/witness";
    const auto line = cosign(signer, name, example::kText, example::kWitnessTime);
    seal::Note note = example::note();
    note.signatures.at(1) = *line;
    EXPECT_EQ(to_string(note), example::kCheckpoint);
    const std::string text = document("tlog-cosignature.md");
    EXPECT_THAT(text, HasSubstr(shown(example::kWitnessLine)));
    EXPECT_THAT(text, HasSubstr(shown(std::string(example::kWitnessKey) + "\n")));
    EXPECT_THAT(text, HasSubstr(shown(cosigned_text(example::kWitnessTime, example::kText))));
    const std::string bytes = to_hex(line->bytes);
    EXPECT_THAT(text, HasSubstr(bytes.substr(0, 16) + " and the signature " + bytes.substr(16, 8) +
                                " ... " + bytes.substr(bytes.size() - 8)));
    const auto key =
        seal::make_verifier_key(name, seal::kCosignatureV1Type, signer.key_id().value());
    EXPECT_EQ(to_string(*key), example::kWitnessKey);
}

TEST(Examples, ProofAndPolicy) {
    ExampleTree example;
    LogProof proof;
    proof.index = 0;
    proof.inclusion = *prove_inclusion(example.hasher, example.tree, {0, 3});
    proof.checkpoint = example::kCheckpoint;
    EXPECT_EQ(format_proof(proof), example::kProof);
    EXPECT_THAT(document("tlog-proof.md"), HasSubstr(shown(example::kProof)));
    EXPECT_THAT(document("tlog-policy.md"), HasSubstr(shown(example::kPolicy)));
    const Hash& leaf = example.leaves[0];
    EXPECT_TRUE(verify_proof(example.hasher, *parse_policy(example::kPolicyMet), proof, leaf));
    const auto refused = verify_proof(example.hasher, *parse_policy(example::kPolicy), proof, leaf);
    ASSERT_FALSE(refused);
    EXPECT_EQ(std::get<TrustError>(refused.error()), TrustError::kQuorum);
}

// golden_test.cpp compares these files with what is written.
TEST(Examples, Record) {
    const std::string text = document("record.md");
    EXPECT_THAT(text, HasSubstr(shown(golden::file("record_delivery.hex"))));
    const std::vector<std::byte> record = golden::bytes("record_delivery");
    TreeHasher hasher;
    EXPECT_THAT(text, HasSubstr("these " + std::to_string(record.size()) + " bytes):\n\n" +
                                shown(to_hex(hasher.leaf(record).span()) + "\n")));
}

TEST(Examples, SlotAndTick) {
    const std::string text = document("tick.md");
    EXPECT_THAT(text, HasSubstr(shown(golden::file("slot_party.hex"))));
    EXPECT_THAT(text, HasSubstr(shown(golden::file("tick.hex"))));
}

TEST(Examples, Envelope) {
    const std::string payload = golden::file("envelope_signed.json");
    const std::string text = document("envelope.md");
    EXPECT_THAT(text, HasSubstr(shown(payload + "\n")));
    EXPECT_THAT(text, HasSubstr(" " + std::to_string(payload.size()) + " bytes"));
}

TEST(Examples, Attachment) {
    const Hash commitment = commit(counted_hash(0).bytes, bytes_of(golden::kContact));
    const std::string text = document("attachment.md");
    EXPECT_THAT(text, HasSubstr("the " + std::to_string(golden::kContact.size()) + " bytes\n\n" +
                                shown(std::string(golden::kContact) + "\n")));
    EXPECT_THAT(text, HasSubstr(shown(to_hex(commitment.span()) + "\n")));
    EXPECT_THAT(text, HasSubstr("`" + seal::encode_base64(commitment.span()) + "`"));
}

}  // namespace
}  // namespace comity::ledger
