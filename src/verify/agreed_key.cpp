// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "agreed_key.hpp"

#include "comity/ledger/envelope.hpp"
#include "comity/ledger/record.hpp"
#include "comity/ledger/record_envelope.hpp"

#include <string_view>
#include <utility>
#include <variant>

#include <simdjson.h>

namespace comity::verify {
namespace {

// The request in an accepted record, where its signature holds.
std::optional<ledger::Envelope> signed_request(const ledger::Receipt& receipt) {
    const auto record = ledger::decode_record(receipt.record);
    if (!record || record->outcome != ledger::kAccepted) return std::nullopt;
    const auto* request = std::get_if<ledger::SignedRequest>(&record->content);
    if (request == nullptr || !ledger::is_signed_by_its_author(*request)) return std::nullopt;
    return ledger::envelope_of(*record);
}

// The body was checked with the envelope: an object, each member once.
std::optional<std::string> log_of(const std::string& body) {
    simdjson::dom::parser parser;
    std::string_view log;
    const simdjson::padded_string padded(body);
    if (parser.parse(padded)["log"].get(log) != simdjson::SUCCESS) return std::nullopt;
    return std::string(log);
}

}  // namespace

std::optional<AgreedKey> agreed_key(const ledger::Receipt& receipt) {
    auto request = signed_request(receipt);
    if (!request) return std::nullopt;
    const bool is_agreement =
        request->operation == "agreement.propose" || request->operation == "agreement.accept";
    if (!is_agreement) return std::nullopt;
    auto log = log_of(request->body);
    if (!log) return std::nullopt;
    return AgreedKey{.agreement = request->object.value_or(request->id),
                     .party = std::move(request->party),
                     .key = *request->key,
                     .log = *std::move(log),
                     .file = {}};
}

}  // namespace comity::verify
