// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/wire/request.hpp"

#include "bodies.hpp"

#include "comity/base/check.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <simdjson.h>

namespace comity::wire {
namespace {

using accord::Outcome;

struct Row {
    std::string_view name;
    Result (*read)(const Body&, accord::Operation&);
};

// The most frequent first.
constexpr std::array kRows{
    Row{"notice.receive", read_received},     Row{"notice.read", read_read},
    Row{"intent.put", read_put_intent},       Row{"notice.pass_on", read_pass_on},
    Row{"notice.object", read_object},        Row{"alert.put", read_put_alert},
    Row{"alert.spooled", read_put_spooled},   Row{"item.withdraw", read_withdraw},
    Row{"airspace.put", read_put_airspace},   Row{"airspace.end", read_end_airspace},
    Row{"agreement.propose", read_propose},   Row{"agreement.accept", read_accept},
    Row{"agreement.suspend", read_suspend},   Row{"agreement.resume", read_resume},
    Row{"agreement.end", read_end_agreement}, Row{"party.put", read_put_party},
    Row{"call.log", read_log_call},
};

accord::Traffic traffic_of(ledger::Traffic traffic) {
    return traffic == ledger::Traffic::kLive ? accord::Traffic::kLive : accord::Traffic::kExercise;
}

accord::Request blank_request(const ledger::Envelope& e) {
    return {
        .to = e.to,
        .party = accord::PartyId(e.party),
        .id = e.id,
        .sent = e.sent,
        .valid_until = e.valid_until,
        .object = e.object,
        .expected_version = e.expected_version,
        .traffic = traffic_of(e.traffic),
        .operation = accord::Unreadable{.outcome = Outcome::kBadBody},
    };
}

}  // namespace

// The library reads whole blocks: zeros follow the bytes.
struct Reader::Parser {
    base::Expected<dom::element, Fault> parse(std::string_view body) {
        buffer.assign(body);
        buffer.append(simdjson::SIMDJSON_PADDING, '\0');
        dom::element root;
        // The library passes over a byte order mark.
        if (!body.starts_with('{') ||
            parser.parse(buffer.data(), body.size(), false).get(root) != simdjson::SUCCESS) {
            return fail("not JSON, expected one object in UTF-8");
        }
        return root;
    }

    dom::parser parser{ledger::EnvelopeLimits::kMaxBytes};
    std::string buffer;
};

Reader::Reader() : parser_(std::make_unique<Parser>()) {}

Reader::~Reader() = default;

accord::Request Reader::request_of(const ledger::Envelope& envelope) {
    // What a large body needs is given back, so that one cannot take it for good.
    constexpr std::size_t kKept = std::size_t{256} << 10;
    accord::Request request = blank_request(envelope);
    fault_.clear();
    const auto* row = std::ranges::find(kRows, envelope.operation, &Row::name);
    if (row == kRows.end()) {
        request.operation = accord::Unreadable{.outcome = Outcome::kUnknownOperation};
        fault_ = "operation: unknown, expected one of docs/formats/requests.md";
        return request;
    }
    const auto root = parser_->parse(envelope.body);
    const Result read = root ? row->read({.value = *root, .envelope = envelope}, request.operation)
                             : Result(Failure(root.error()));
    if (!read) {
        const Fault& fault = read.error();
        fault_ =
            fault.member.empty() ? fault.text : fmt::format("{}: {}", fault.member, fault.text);
    }
    if (parser_->buffer.capacity() > kKept) parser_ = std::make_unique<Parser>();
    return request;
}

accord::Request request_of(const ledger::Envelope& envelope) {
    return Reader().request_of(envelope);
}

std::string_view operation_name(const accord::Operation& operation) {
    using accord::AgreementAct;
    struct Name {
        std::string_view operator()(const accord::PutParty&) const { return "party.put"; }
        std::string_view operator()(const accord::ProposeAgreement&) const {
            return "agreement.propose";
        }
        std::string_view operator()(const accord::ChangeAgreement& change) const {
            switch (change.act) {
                case AgreementAct::kAccept:
                    return "agreement.accept";
                case AgreementAct::kSuspend:
                    return "agreement.suspend";
                case AgreementAct::kResume:
                    return "agreement.resume";
                case AgreementAct::kEnd:
                    return "agreement.end";
            }
            COMITY_CHECK(false);
            return {};
        }
        std::string_view operator()(const accord::PutIntent&) const { return "intent.put"; }
        std::string_view operator()(const accord::PutAirspace&) const { return "airspace.put"; }
        std::string_view operator()(const accord::EndAirspace&) const { return "airspace.end"; }
        std::string_view operator()(const accord::PutAlert&) const { return "alert.put"; }
        std::string_view operator()(const accord::PutSpooled&) const { return "alert.spooled"; }
        std::string_view operator()(const accord::Received&) const { return "notice.receive"; }
        std::string_view operator()(const accord::Read&) const { return "notice.read"; }
        std::string_view operator()(const accord::PassOn&) const { return "notice.pass_on"; }
        std::string_view operator()(const accord::Object&) const { return "notice.object"; }
        std::string_view operator()(const accord::Withdraw&) const { return "item.withdraw"; }
        std::string_view operator()(const accord::LogCall&) const { return "call.log"; }
        std::string_view operator()(const accord::Unreadable&) const {
            COMITY_CHECK(false);
            return {};
        }
    };
    return std::visit(Name{}, operation);
}

}  // namespace comity::wire
