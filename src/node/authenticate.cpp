// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/node/authenticate.hpp"

#include "comity/base/bytes.hpp"
#include "comity/ledger/envelope.hpp"
#include "comity/ledger/record.hpp"
#include "comity/seal/dsse.hpp"

#include <algorithm>

namespace comity::node {
const char* to_string(Unattributed why) {
    switch (why) {
        case Unattributed::kNotDsse:
            return "not a DSSE envelope";
        case Unattributed::kPayloadType:
            return "not signed as a request";
        case Unattributed::kNotEnvelope:
            return "its payload is no envelope";
        case Unattributed::kUnknownParty:
            return "from a party that takes no part";
        case Unattributed::kUnknownKey:
            return "names a key that is not its party's";
        case Unattributed::kBadSignature:
            return "not signed by the key that it names";
        case Unattributed::kHasKey:
            return "names a key and is not signed";
    }
    return "unknown";
}

base::Expected<accord::Request, Unattributed> authenticate_signed(const accord::State& state,
                                                                  wire::Reader& reader,
                                                                  std::span<const std::byte> dsse,
                                                                  bool verifies) {
    // A text may be larger than its payload by more than a record has room for.
    if (dsse.size() > ledger::SignedRequest::kMaxBytes) {
        return base::Unexpected(Unattributed::kNotDsse);
    }
    const auto parsed = seal::parse_dsse(base::text_of(dsse));
    if (!parsed) return base::Unexpected(Unattributed::kNotDsse);
    if (parsed->payload_type != ledger::kEnvelopeType) {
        return base::Unexpected(Unattributed::kPayloadType);
    }
    const auto envelope = ledger::parse_envelope(base::text_of(parsed->payload));
    if (!envelope) return base::Unexpected(Unattributed::kNotEnvelope);
    const accord::Party* party = state.party(accord::PartyId(envelope->party));
    if (party == nullptr) return base::Unexpected(Unattributed::kUnknownParty);
    const bool is_theirs =
        envelope->key && std::ranges::find(party->keys, *envelope->key) != party->keys.end();
    if (!is_theirs) return base::Unexpected(Unattributed::kUnknownKey);
    if (verifies && !seal::verify_dsse(*parsed, seal::PublicKey(envelope->key->bytes))) {
        return base::Unexpected(Unattributed::kBadSignature);
    }
    return reader.request_of(*envelope);
}

base::Expected<accord::Request, Unattributed> authenticate_vouched(const accord::State& state,
                                                                   wire::Reader& reader,
                                                                   std::string_view payload) {
    const auto envelope = ledger::parse_envelope(payload);
    if (!envelope) return base::Unexpected(Unattributed::kNotEnvelope);
    if (envelope->key) return base::Unexpected(Unattributed::kHasKey);
    const bool is_node = envelope->party == accord::kNodeParty;
    if (!is_node && state.party(accord::PartyId(envelope->party)) == nullptr) {
        return base::Unexpected(Unattributed::kUnknownParty);
    }
    return reader.request_of(*envelope);
}

}  // namespace comity::node
