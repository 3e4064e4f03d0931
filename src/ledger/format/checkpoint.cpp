// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/checkpoint.hpp"

#include "base64_hash.hpp"
#include "decimal.hpp"
#include "lines.hpp"
#include "log_signature.hpp"

#include "comity/base/check.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace comity::ledger {
namespace {

bool is_line(const std::string& text) {
    return !text.empty() && text.find('\n') == std::string::npos && seal::is_note_text(text + '\n');
}

}  // namespace

const char* to_string(CheckpointError error) {
    switch (error) {
        case CheckpointError::kTruncated:
            return "expected three lines or more: origin, size and root, each ended by a newline";
        case CheckpointError::kEmptyLine:
            return "expected no empty line in a checkpoint's text";
        case CheckpointError::kText:
            return "expected UTF-8 without control characters";
        case CheckpointError::kSize:
            return "expected the size in decimal without leading zeros";
        case CheckpointError::kSizeTooLarge:
            return "expected a size below 2^63";
        case CheckpointError::kRoot:
            return "expected the root as base64 of 32 bytes";
        case CheckpointError::kOtherOrigin:
            return "expected a checkpoint of the log that the key names";
        case CheckpointError::kNotSigned:
            return "expected a signature of the log";
        case CheckpointError::kKeyType:
            return "expected a key of the type Ed25519";
        case CheckpointError::kSignature:
            return "the log's signature does not verify";
    }
    return "unknown error";
}

base::Expected<Checkpoint, CheckpointError> parse_checkpoint(std::string_view text) {
    const auto refuse = [](CheckpointError error) { return base::Unexpected(error); };
    if (!text.ends_with('\n')) return refuse(CheckpointError::kTruncated);
    if (!seal::is_note_text(text)) return refuse(CheckpointError::kText);
    const auto origin = take_line(text);
    const auto size_line = take_line(text);
    const auto root_line = take_line(text);
    if (!root_line) return refuse(CheckpointError::kTruncated);
    if (origin->empty()) return refuse(CheckpointError::kEmptyLine);

    Checkpoint checkpoint;
    checkpoint.origin = *origin;
    const auto size = parse_decimal(*size_line);
    if (!size) {
        return refuse(size.error() == DecimalError::kSyntax ? CheckpointError::kSize
                                                            : CheckpointError::kSizeTooLarge);
    }
    checkpoint.tree.size = *size;
    const auto root = parse_base64_hash(*root_line);
    if (!root) return refuse(CheckpointError::kRoot);
    checkpoint.tree.root = *root;
    while (const auto extension = take_line(text)) {
        if (extension->empty()) return refuse(CheckpointError::kEmptyLine);
        checkpoint.extensions.emplace_back(*extension);
    }
    return checkpoint;
}

std::string format_checkpoint(const Checkpoint& checkpoint) {
    COMITY_CHECK(is_line(checkpoint.origin));
    COMITY_CHECK(std::ranges::all_of(checkpoint.extensions, is_line));
    COMITY_CHECK(checkpoint.tree.size < kTreeSizeEnd);
    std::string text = checkpoint.origin + '\n' + std::to_string(checkpoint.tree.size) + '\n' +
                       format_base64_hash(checkpoint.tree.root) + '\n';
    for (const std::string& extension : checkpoint.extensions) text += extension + '\n';
    return text;
}

base::Expected<Checkpoint, CheckpointError> open_checkpoint(const seal::Note& note,
                                                            const seal::VerifierKey& log) {
    const auto refuse = [](CheckpointError error) { return base::Unexpected(error); };
    auto checkpoint = parse_checkpoint(note.text);
    if (!checkpoint) return checkpoint;
    if (checkpoint->origin != log.name) return refuse(CheckpointError::kOtherOrigin);
    switch (log_signature(note, log)) {
        case LogSignature::kVerified:
            return checkpoint;
        case LogSignature::kAbsent:
            return refuse(CheckpointError::kNotSigned);
        case LogSignature::kUnknownType:
            return refuse(CheckpointError::kKeyType);
        case LogSignature::kWrong:
            break;
    }
    return refuse(CheckpointError::kSignature);
}

}  // namespace comity::ledger
