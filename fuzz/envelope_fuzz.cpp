// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Envelopes. Beside "no crash": what is read is written in one form, which reads as the same and
// is written as the same bytes; the body is a piece of the payload; and simdjson's tree-building
// parser finds the same texts.
#include "comity/base/check.hpp"
#include "comity/ledger/envelope.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <simdjson.h>

namespace {

using namespace comity;

void check_members(const ledger::Envelope& envelope, const std::string& text) {
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    COMITY_CHECK(parser.parse(text).get(root) == simdjson::SUCCESS);
    const auto is = [&root](std::string_view pointer, std::string_view expected) {
        std::string_view found;
        COMITY_CHECK(root.at_pointer(pointer).get(found) == simdjson::SUCCESS);
        COMITY_CHECK(found == expected);
    };
    is("/to", envelope.to);
    is("/from/party", envelope.party);
    is("/id", envelope.id);
    is("/operation", envelope.operation);
    if (envelope.object) is("/object", *envelope.object);
    is("/traffic", envelope.traffic == ledger::Traffic::kLive ? "live" : "exercise");
    // The body is JSON of its own, and what it was within the whole.
    simdjson::dom::parser other;
    simdjson::dom::element body;
    simdjson::dom::element within;
    COMITY_CHECK(other.parse(envelope.body).get(body) == simdjson::SUCCESS);
    COMITY_CHECK(root["body"].get(within) == simdjson::SUCCESS);
    COMITY_CHECK(simdjson::minify(body) == simdjson::minify(within));
    COMITY_CHECK(text.find(envelope.body) != std::string::npos);
}

void check_envelope(const ledger::Envelope& envelope) {
    COMITY_CHECK(envelope.sent <= envelope.valid_until);
    COMITY_CHECK(envelope.attachments.size() <= ledger::EnvelopeLimits::kMaxAttachments);
    const auto written = ledger::write_envelope(envelope);
    COMITY_CHECK(written.has_value());
    const auto again = ledger::parse_envelope(*written);
    COMITY_CHECK(again && *again == envelope);
    COMITY_CHECK(ledger::write_envelope(*again) == *written);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    if (const auto envelope = ledger::parse_envelope(text)) {
        check_members(*envelope, text);
        check_envelope(*envelope);
    }
    return 0;
}
