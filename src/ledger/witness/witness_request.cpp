// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/witness_request.hpp"

#include "../format/base64_hash.hpp"
#include "../format/decimal.hpp"
#include "../format/lines.hpp"

#include "comity/base/check.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/checkpoint.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/seal/note.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace comity::ledger {
namespace {

constexpr std::string_view kOld = "old ";

using Failure = base::Unexpected<WitnessRequestError>;

std::optional<std::uint64_t> parse_old_size(std::optional<std::string_view> line) {
    if (!line || !line->starts_with(kOld)) return std::nullopt;
    const auto size = parse_decimal(line->substr(kOld.size()));
    return size ? std::optional(*size) : std::nullopt;
}

}  // namespace

const char* to_string(WitnessRequestError error) {
    switch (error) {
        case WitnessRequestError::kTooLarge:
            return "the request is too large, expected at most 256 KiB";
        case WitnessRequestError::kOldSize:
            return "expected a first line: old, blank, size in decimal";
        case WitnessRequestError::kHash:
            return "expected lines of base64 of 32 bytes, then an empty line";
        case WitnessRequestError::kTooManyHashes:
            return "expected at most 63 hashes";
        case WitnessRequestError::kTruncated:
            return "expected an empty line after the proof";
        case WitnessRequestError::kNote:
            return "expected a signed note after the empty line";
        case WitnessRequestError::kCheckpoint:
            return "expected a checkpoint as the note's text";
    }
    return "unknown error";
}

base::Expected<WitnessRequest, WitnessRequestError> parse_witness_request(std::string_view body) {
    if (body.size() > WitnessRequest::kMaxBytes) return Failure(WitnessRequestError::kTooLarge);
    WitnessRequest request;
    const auto old_size = parse_old_size(take_line(body));
    if (!old_size) return Failure(WitnessRequestError::kOldSize);
    request.old_size = *old_size;
    for (;;) {
        const auto line = take_line(body);
        if (!line) return Failure(WitnessRequestError::kTruncated);
        if (line->empty()) break;
        if (request.proof.size() == WitnessRequest::kMaxHashes) {
            return Failure(WitnessRequestError::kTooManyHashes);
        }
        const auto hash = parse_base64_hash(*line);
        if (!hash) return Failure(WitnessRequestError::kHash);
        request.proof.push_back(*hash);
    }
    auto note = seal::parse_note(body);
    if (!note) return Failure(WitnessRequestError::kNote);
    if (!parse_checkpoint(note->text)) return Failure(WitnessRequestError::kCheckpoint);
    request.note = *std::move(note);
    return request;
}

std::string format_witness_request(const WitnessRequest& request) {
    COMITY_CHECK(request.old_size < kTreeSizeEnd);
    COMITY_CHECK(request.proof.size() <= WitnessRequest::kMaxHashes);
    std::string body = std::string(kOld) + std::to_string(request.old_size) + '\n';
    for (const Hash& hash : request.proof) body += format_base64_hash(hash) + '\n';
    return body + '\n' + to_string(request.note);
}

std::optional<std::uint64_t> parse_size_answer(std::string_view body) {
    const auto line = take_line(body);
    if (!line || !body.empty()) return std::nullopt;
    const auto size = parse_decimal(*line);
    return size ? std::optional(*size) : std::nullopt;
}

}  // namespace comity::ledger
