// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/envelope.hpp"

#include "base64_hash.hpp"
#include "codec.hpp"
#include "time_text.hpp"

#include "comity/base/json_text.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace comity::ledger {
namespace {

using enum EnvelopeFault;

base::Unexpected<EnvelopeError> fail(EnvelopeFault fault, std::string_view member) {
    return base::Unexpected(EnvelopeError{.fault = fault, .member = std::string(member)});
}

std::string json_text(std::string_view text) {
    std::string out;
    base::append_json_text(out, text);
    return out;
}

std::string json_text(const seal::Hash& hash) {
    return json_text(format_base64_hash(hash));
}

bool is_writable(Instant instant) {
    return Instant{} <= instant && instant <= kLastInstant;
}

std::string unchecked_text(const Envelope& e) {
    std::string out =
        R"({"v":1,"to":)" + json_text(e.to) + R"(,"from":{"party":)" + json_text(e.party) +
        R"(,"key":)" + (e.key ? json_text(*e.key) : json_text("")) + R"(},"id":)" +
        json_text(e.id) + R"(,"sent":)" + json_text(to_time_text(e.sent)) + R"(,"valid_until":)" +
        json_text(to_time_text(e.valid_until)) + R"(,"operation":)" + json_text(e.operation) +
        R"(,"object":)" + (e.object ? json_text(*e.object) : "null") + R"(,"expected_version":)" +
        (e.expected_version ? std::to_string(*e.expected_version) : "null") + R"(,"traffic":)" +
        json_text(e.traffic == Traffic::kLive ? "live" : "exercise") + R"(,"seen":)";
    if (e.seen) {
        out += R"({"size":)" + std::to_string(e.seen->size) + R"(,"root":)" +
               json_text(e.seen->root) + "}";
    } else {
        out += "null";
    }
    out += R"(,"attachments":[)";
    for (const AttachmentRef& ref : e.attachments) {
        if (&ref != &e.attachments.front()) out += ',';
        out += R"({"name":)" + json_text(ref.name) + R"(,"commitment":)" +
               json_text(ref.commitment) + "}";
    }
    return out + R"(],"body":)" + e.body + "}";
}

}  // namespace

const char* to_string(EnvelopeFault fault) {
    switch (fault) {
        case kTooLarge:
            return "expected at most 16 MiB";
        case kSyntax:
            return "expected one JSON object in UTF-8";
        case kTooDeep:
            return "expected brackets nested at most 64 deep";
        case kDuplicateMember:
            return "expected each member once";
        case kUnknownMember:
            return "expected only the members of an envelope";
        case kMissingMember:
            return "expected all members of an envelope";
        case kMemberType:
            return "expected a value of another type";
        case kVersion:
            return "expected version 1";
        case kText:
            return "expected text within its limit, without control characters";
        case kId:
            return "expected letters, digits and _ . : - (operations: a-z 0-9 . _ -)";
        case kTime:
            return "expected a time such as 2015-11-24T07:24:05.000Z";
        case kTimeOrder:
            return "expected valid_until not to be before sent";
        case kNumberRange:
            return "expected a whole number from 0 to 2^53 - 1";
        case kTraffic:
            return "expected live or exercise";
        case kHash:
            return "expected base64 of 32 bytes";
        case kTooManyAttachments:
            return "expected at most 64 attachments";
        case kAttachmentName:
            return "expected attachments of different names";
    }
    return "unknown fault";
}

base::Expected<std::string, EnvelopeError> write_envelope(const Envelope& envelope) {
    if (!is_writable(envelope.sent)) return fail(kTime, "sent");
    if (!is_writable(envelope.valid_until)) return fail(kTime, "valid_until");
    std::string text = unchecked_text(envelope);
    const auto parsed = parse_envelope(text);
    if (!parsed) return base::Unexpected(parsed.error());
    // A body that ends the object and begins another would parse to something else.
    if (*parsed != envelope) return fail(kSyntax, "body");
    return text;
}

}  // namespace comity::ledger
