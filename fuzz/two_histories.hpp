// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/checkpoint.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/seal/ed25519.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

/// The log of docs/formats/fork-evidence.md: all that it ever signs, in two histories.
namespace comity::fuzz {

inline constexpr std::string_view kOrigin = "node.example/comity";

class History {
  public:
    History(std::initializer_list<std::string_view> entries) {
        for (const std::string_view entry : entries) {
            tree_.append(hasher_, hasher_.leaf(std::as_bytes(std::span(entry))));
        }
    }

    seal::Note note(std::uint64_t size) {
        const ledger::TreeHead head{
            .size = size, .root = *ledger::subtree_root(hasher_, tree_, {.begin = 0, .end = size})};
        seal::Note note{.text = ledger::format_checkpoint(
                            {.origin = std::string(kOrigin), .tree = head, .extensions = {}}),
                        .signatures = {}};
        note.signatures.push_back(*seal::sign_note(signer_, kOrigin, note.text));
        return note;
    }
    /// Whether this is the text of one of its checkpoints.
    bool has(std::string_view text) {
        for (std::uint64_t size = 1; size <= tree_.size(); ++size) {
            if (note(size).text == text) return true;
        }
        return false;
    }

  private:
    static std::array<std::byte, seal::SeedSigner::kSeedSize> seed() {
        std::array<std::byte, seal::SeedSigner::kSeedSize> bytes{};
        bytes.fill(std::byte{0x01});
        return bytes;
    }

    seal::SeedSigner signer_{seed()};
    ledger::TreeHasher hasher_;
    ledger::StoredTree tree_;
};

inline History& first_history() {
    static History history{"one", "two", "three", "later"};
    return history;
}
inline History& second_history() {
    static History history{"one", "two", "four", "five"};
    return history;
}

inline seal::VerifierKey log_key() {
    return *seal::parse_verifier_key(
        "node.example/comity+82f90965+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c");
}

}  // namespace comity::fuzz
