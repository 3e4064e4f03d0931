// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "witness_state.hpp"

#include "../format/base64_hash.hpp"
#include "../format/lines.hpp"

#include "comity/ledger/checkpoint.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/seal/hash.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace comity::ledger {
namespace {

constexpr std::string_view kHeader = "comity-witness v1";
constexpr std::string_view kDigest = "sha256 ";
constexpr std::string_view kOrigin = "origin ";

Hash digest(std::string_view text) {
    return seal::sha256(std::as_bytes(std::span(text)));
}

std::string hex(const Hash& hash) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const std::byte byte : hash.bytes) {
        text += kDigits[std::to_integer<std::size_t>(byte >> 4U)];
        text += kDigits[std::to_integer<std::size_t>(byte & std::byte{0xF})];
    }
    return text;
}

}  // namespace

std::string format_state(std::string_view origin, const WitnessState& state) {
    std::string kept = std::string(kOrigin).append(origin).append("\n\n");
    if (state.note) kept += to_string(*state.note);
    return std::string(kHeader) + '\n' + std::string(kDigest) + format_base64_hash(digest(kept)) +
           '\n' + kept;
}

std::optional<WitnessState> parse_state(std::string_view text, std::string_view origin,
                                        std::span<const seal::VerifierKey> keys) {
    if (text.size() > WitnessState::kMaxBytes || take_line(text) != kHeader) return std::nullopt;
    const auto digest_line = take_line(text);
    if (digest_line != std::string(kDigest) + format_base64_hash(digest(text))) return std::nullopt;
    if (take_line(text) != std::string(kOrigin).append(origin)) return std::nullopt;
    if (take_line(text) != "") return std::nullopt;
    if (text.empty()) return WitnessState{};
    auto note = seal::parse_note(text);
    if (!note) return std::nullopt;
    const auto tree = tree_signed_by(keys, *note);
    if (!tree) return std::nullopt;
    return WitnessState{.latest = *tree, .note = *std::move(note)};
}

std::string state_file_name(std::string_view origin) {
    return "log-" + hex(digest(origin));
}

std::string fork_file_prefix(std::string_view origin) {
    return "fork-" + hex(digest(origin)).substr(0, 32) + "-";
}

std::string fork_file_name(std::string_view origin, const seal::Note& older,
                           const seal::Note& newer) {
    return fork_file_prefix(origin) + hex(digest(older.text + '\n' + newer.text)) + ".txt";
}

std::optional<TreeHead> tree_signed_by(std::span<const seal::VerifierKey> keys,
                                       const seal::Note& note) {
    std::optional<TreeHead> tree;
    for (const seal::VerifierKey& key : keys) {
        const auto checkpoint = open_checkpoint(note, key);
        if (checkpoint) {
            tree = checkpoint->tree;
        } else if (checkpoint.error() == CheckpointError::kSignature) {
            return std::nullopt;
        }
    }
    return tree;
}

}  // namespace comity::ledger
