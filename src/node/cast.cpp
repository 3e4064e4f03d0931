// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "cast.hpp"

#include "comity/base/check.hpp"
#include "comity/ledger/attachment.hpp"
#include "comity/ledger/record_envelope.hpp"
#include "comity/node/derived.hpp"
#include "comity/wire/request.hpp"

#include <chrono>
#include <utility>

#include <fmt/core.h>

namespace comity::node {

Cast::Cast(const wire::Scenario& scenario) : seed_(scenario.seed), origin_(scenario.origin) {
    for (const wire::ScenarioParty& party : scenario.parties) {
        const seal::Hash seed = derived_key(seed_, "party/" + party.id.value());
        signers_.emplace(party.id, std::make_unique<seal::SeedSigner>(seed.span()));
    }
}

seal::Hash Cast::key_of(const accord::PartyId& party) const {
    return {signers_.at(party)->key_id().value()};
}

ledger::Envelope Cast::envelope(const std::string& party, const Line& line, geo::Instant now) {
    const std::string id = fmt::format("{}-{}", party, ++said_[party]);
    ledger::Envelope envelope{.to = origin_,
                              .party = party,
                              .id = id,
                              .sent = now,
                              .valid_until = now + std::chrono::minutes(10),
                              .operation = std::string(wire::operation_name(line.operation)),
                              .object = line.object,
                              .expected_version = line.expected_version,
                              .body = wire::body_of(line.operation)};
    if (!line.person.empty()) {
        const seal::Hash key = derived_key(seed_, "reader/" + id);
        const auto name = std::as_bytes(std::span(line.person));
        envelope.attachments.push_back(
            {.name = "reader", .commitment = ledger::commit(key.bytes, name)});
    }
    return envelope;
}

Cast::Spoken Cast::signed_request(const accord::PartyId& party, const Line& line,
                                  geo::Instant now) {
    ledger::Envelope said = envelope(party.value(), line, now);
    seal::SeedSigner& signer = *signers_.at(party);
    said.key = key_of(party);
    const auto payload = ledger::write_envelope(said);
    COMITY_CHECK(payload.has_value());
    auto request = ledger::sign_request(signer, *payload);
    COMITY_CHECK(request.has_value());
    Spoken spoken{.dsse = std::move(request->dsse)};
    if (!said.attachments.empty()) spoken.reader = said.attachments.front().commitment;
    return spoken;
}

std::string Cast::own_request(const Line& line, geo::Instant now) {
    const auto payload =
        ledger::write_envelope(envelope(std::string(accord::kNodeParty), line, now));
    COMITY_CHECK(payload.has_value());
    return *payload;
}

}  // namespace comity::node
