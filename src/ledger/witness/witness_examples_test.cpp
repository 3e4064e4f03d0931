// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The worked examples of docs/formats/tlog-witness.md and fork-evidence.md are what the code makes.
#include "../format/shared_data.hpp"
#include "../format/test_notes.hpp"
#include "../format/test_trees.hpp"
#include "witness_state.hpp"

#include "comity/base/testing/memory_disk.hpp"
#include "comity/ledger/checkpoint.hpp"
#include "comity/ledger/compare.hpp"
#include "comity/ledger/fork_evidence.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/ledger/witness.hpp"
#include "comity/ledger/witness_request.hpp"
#include "comity/seal/ed25519.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using ::testing::HasSubstr;

std::string document(const std::string& name) {
    return file_content(std::filesystem::path(COMITY_SOURCE_DIR) / "docs/formats" / name).value();
}

/// As the documents show lines: each four blanks in, but for empty ones.
std::string shown(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n') + 1);
        out += line == "\n" ? "" : "    ";
        out += line;
        text.remove_prefix(line.size());
    }
    return out;
}

/// A history of the log of docs/formats/tlog-checkpoint.md.
class History {
  public:
    History(std::initializer_list<std::string_view> entries) {
        for (const std::string_view entry : entries) {
            tree_.append(hasher_, hasher_.leaf(bytes_of(entry)));
        }
    }

    seal::Note note(std::uint64_t size) {
        seal::SeedSigner signer(example::seed(example::kLogSeed));
        const TreeHead head{.size = size, .root = *subtree_root(hasher_, tree_, {0, size})};
        const std::string origin = "node.example/comity";
        seal::Note note{.text = format_checkpoint({origin, head, {}}), .signatures = {}};
        note.signatures.push_back(*seal::sign_note(signer, origin, note.text));
        return note;
    }
    Proof proof(std::uint64_t old_size, std::uint64_t size) {
        return *prove_consistency(hasher_, tree_, {.old_size = old_size, .size = size});
    }
    TreeHasher& hasher() { return hasher_; }

  private:
    TreeHasher hasher_;
    StoredTree tree_;
};

TEST(Examples, Witness) {
    History history{"one", "two", "three"};
    base::testing::MemoryDisk disk(1);
    seal::SeedSigner signer(example::seed(example::kWitnessSeed));
    const auto key = example::key(example::kLogKey);
    const auto witness = Witness::open("party-b.example/witness", signer, disk, {key}).value();
    EXPECT_EQ(to_string(witness->key()), example::kWitnessKey);
    ASSERT_TRUE(witness->begin(key.name).has_value());
    const auto ask = [&](std::uint64_t old_size, std::uint64_t size) {
        return format_witness_request(
            {.old_size = old_size,
             .proof = old_size == 0 ? Proof{} : history.proof(old_size, size),
             .note = history.note(size)});
    };
    ASSERT_EQ(witness->add_checkpoint(ask(0, 2), example::kWitnessTime - 1).status,
              WitnessStatus::kOk);
    const auto conflict = witness->add_checkpoint(ask(0, 3), example::kWitnessTime);
    EXPECT_EQ(conflict.body, "2\n");
    const std::string request = ask(2, 3);
    const auto answer = witness->add_checkpoint(request, example::kWitnessTime);
    EXPECT_EQ(answer.body, example::kWitnessLine);
    EXPECT_EQ(to_string(*witness->latest(key.name)), example::kCheckpoint);

    const std::string text = document("tlog-witness.md");
    EXPECT_THAT(text, HasSubstr("\n" + shown(request) + "\n"));
    EXPECT_THAT(text, HasSubstr("\n" + shown(answer.body) + "\n"));
    const std::string state =
        format_state(key.name, {.latest = {}, .note = witness->latest(key.name)});
    EXPECT_THAT(text, HasSubstr("\n" + shown(state)));
    EXPECT_THAT(text, HasSubstr(state_file_name(key.name)));
}

TEST(Examples, ForkEvidence) {
    History first{"one", "two", "three"};
    History second{"one", "two", "four", "five"};
    const auto key = example::key(example::kLogKey);
    const std::string text = document("fork-evidence.md");
    const auto expect_shown = [&](const Comparison& outcome) {
        const auto* fork = std::get_if<ForkEvidence>(&outcome);
        ASSERT_NE(fork, nullptr);
        EXPECT_TRUE(verify_fork(first.hasher(), *fork, key).has_value());
        EXPECT_THAT(text, HasSubstr(shown(format_fork(*fork))));
    };
    expect_shown(compare(first.hasher(), key, first.note(3), second.note(3), {}));
    expect_shown(compare(first.hasher(), key, first.note(3), second.note(4), second.proof(3, 4)));
}

}  // namespace
}  // namespace comity::ledger
