// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/record_envelope.hpp"

#include "comity/base/bytes.hpp"
#include "comity/seal/dsse.hpp"
#include "comity/seal/ed25519.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace comity::ledger {
namespace {

std::optional<Envelope> envelope_in(std::string_view payload) {
    auto envelope = parse_envelope(payload);
    if (!envelope) return std::nullopt;
    return *std::move(envelope);
}

std::optional<seal::DsseEnvelope> dsse_of(const SignedRequest& request) {
    auto dsse = seal::parse_dsse(base::text_of(request.dsse));
    if (!dsse || dsse->payload_type != kEnvelopeType) return std::nullopt;
    return *std::move(dsse);
}

}  // namespace

std::optional<Envelope> envelope_of(const Record& record) {
    if (const auto* request = std::get_if<SignedRequest>(&record.content)) {
        const auto dsse = dsse_of(*request);
        return dsse ? envelope_in(base::text_of(dsse->payload)) : std::nullopt;
    }
    if (const auto* request = std::get_if<VouchedRequest>(&record.content)) {
        return envelope_in(base::text_of(request->payload));
    }
    return std::nullopt;
}

base::Expected<SignedRequest, base::SignerError> sign_request(base::Signer& signer,
                                                              std::string_view payload) {
    const auto bytes = base::bytes_of(payload);
    seal::DsseEnvelope dsse{.payload_type = std::string(kEnvelopeType),
                            .payload = {bytes.begin(), bytes.end()}};
    const auto signature = seal::sign_dsse(signer, dsse, "");
    if (!signature) return base::Unexpected(signature.error());
    dsse.signatures.push_back(*signature);
    const std::string text = to_string(dsse);
    const auto out = base::bytes_of(text);
    return SignedRequest{.dsse = {out.begin(), out.end()}};
}

bool is_signed_by_its_author(const SignedRequest& request) {
    const auto dsse = dsse_of(request);
    if (!dsse) return false;
    const auto envelope = envelope_in(base::text_of(dsse->payload));
    if (!envelope || !envelope->key) return false;
    return seal::verify_dsse(*dsse, seal::PublicKey(envelope->key->bytes));
}

}  // namespace comity::ledger
