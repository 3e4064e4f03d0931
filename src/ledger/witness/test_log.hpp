// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/checkpoint.hpp"
#include "comity/ledger/cosignature.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/ledger/witness_request.hpp"
#include "comity/seal/ed25519.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace comity::ledger {

/// A key pair: its seed is this byte 32 times.
inline std::array<std::byte, seal::SeedSigner::kSeedSize> test_seed(std::uint8_t byte) {
    std::array<std::byte, seal::SeedSigner::kSeedSize> seed{};
    seed.fill(std::byte{byte});
    return seed;
}

/// A witness's key pair and name, as an answer and a policy need it.
struct TestWitness {
    explicit TestWitness(std::uint8_t seed_byte, std::string named = "w.example/witness")
        : name(std::move(named)), signer(test_seed(seed_byte)) {}

    seal::VerifierKey key() const {
        return *seal::make_verifier_key(name, seal::kCosignatureV1Type, signer.key_id().value());
    }
    seal::NoteSignature cosign(const seal::Note& note, std::uint64_t time = 1'448'349'845) {
        return *ledger::cosign(signer, name, note.text, time);
    }
    seal::Note cosigned(seal::Note note) {
        note.signatures.push_back(cosign(note));
        return note;
    }

    std::string name;
    seal::SeedSigner signer;
};

/// A log that signs checkpoints of two histories: from the entry `fork_at` on, the second one has
/// others.
class TestLog {
  public:
    static constexpr std::uint64_t kEntries = 40;

    explicit TestLog(std::uint64_t fork_at = kEntries, std::string_view origin = "log.example/l",
                     std::uint8_t seed_byte = 1)
        : origin_(origin), signer_(test_seed(seed_byte)) {
        for (std::uint64_t i = 0; i < kEntries; ++i) {
            append(true_, "entry ", i);
            append(other_, i < fork_at ? "entry " : "other ", i);
        }
    }

    seal::VerifierKey key() const {
        return *seal::make_verifier_key(origin_, seal::kEd25519Type, signer_.key_id().value());
    }

    TreeHead head(std::uint64_t size, bool other = false) {
        if (size == 0) return {.size = 0, .root = empty_root()};
        return {.size = size, .root = *subtree_root(hasher_, tree(other), {0, size})};
    }
    seal::Note sign(const Checkpoint& checkpoint) {
        seal::Note note{.text = format_checkpoint(checkpoint), .signatures = {}};
        note.signatures.push_back(*seal::sign_note(signer_, origin_, note.text));
        return note;
    }
    seal::Note note(std::uint64_t size, bool other = false) {
        return sign({.origin = origin_, .tree = head(size, other), .extensions = {}});
    }
    /// None from the empty tree.
    Proof proof(std::uint64_t old_size, std::uint64_t size, bool other = false) {
        if (old_size == 0) return {};
        return *prove_consistency(hasher_, tree(other), {.old_size = old_size, .size = size});
    }
    /// The body of a request.
    std::string request(std::uint64_t old_size, std::uint64_t size, bool other = false) {
        return format_witness_request({.old_size = old_size,
                                       .proof = proof(old_size, size, other),
                                       .note = note(size, other)});
    }

    const std::string& origin() const { return origin_; }
    TreeHasher& hasher() { return hasher_; }

  private:
    void append(StoredTree& to, std::string_view what, std::uint64_t i) {
        const std::string entry = std::string(what) + std::to_string(i);
        to.append(hasher_, hasher_.leaf(std::as_bytes(std::span(entry))));
    }
    const StoredTree& tree(bool other) const { return other ? other_ : true_; }

    std::string origin_;
    seal::SeedSigner signer_;
    TreeHasher hasher_;
    StoredTree true_;
    StoredTree other_;
};

}  // namespace comity::ledger
