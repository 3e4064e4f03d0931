// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "put.hpp"
#include "words.hpp"

#include "comity/accord/request.hpp"
#include "comity/base/check.hpp"
#include "comity/seal/base64.hpp"
#include "comity/wire/request.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace comity::wire {
namespace {

void put_group(std::string& out, const accord::Group& group) {
    out += R"({"lead":)";
    put_party(out, group.lead);
    out += R"(,"members":)";
    put_parties(out, group.members);
    out += '}';
}

/// The members of the body of one operation.
struct BodyWriter {
    std::string& out;

    void operator()(const accord::PutParty& put) const {
        out += R"("keys":)";
        put_list(out, put.keys, [](std::string& to, const seal::Hash& key) {
            append_json_text(to, seal::encode_base64(key.span()));
        });
        out += R"(,"group":)";
        put_or_null(out, put.group, put_group);
    }
    void operator()(const accord::ProposeAgreement& propose) const {
        put_terms(out, propose.terms);
    }
    void operator()(const accord::PutIntent& put) const {
        out += R"("state":")";
        out += word_of(kIntentStates, put.state);
        out += R"(","aircraft":)";
        put_aircraft(out, put.aircraft);
        out += R"(,"volumes":)";
        put_volumes(out, put.volumes);
        if (put.route.empty()) return;
        out += R"(,"route":)";
        put_route(out, put.route);
    }
    void operator()(const accord::PutAirspace& put) const {
        out += R"("type":")";
        out += word_of(kAirspaceTypes, put.area.type);
        out += R"(","source":)";
        append_json_text(out, put.area.source);
        out += ',';
        put_area(out, put.area);
    }
    void operator()(const accord::PutAlert& put) const { put_filed_alert(out, put.alert); }
    void operator()(const accord::PutSpooled& put) const {
        out += R"("spool":)";
        put_number(out, put.spool_number);
        out += R"(,"left_at":)";
        put_time(out, put.left_at);
        out += R"(,"told":)";
        put_parties(out, put.told);
        out += R"(,"alert":{)";
        put_filed_alert(out, put.alert);
        out += '}';
    }
    void operator()(const accord::Received& said) const { put_version(said.version); }
    void operator()(const accord::Read& said) const { put_version(said.version); }
    void operator()(const accord::Object& said) const { put_version(said.version); }
    void operator()(const accord::PassOn& said) const {
        put_version(said.version);
        out += R"(,"to":)";
        put_parties(out, said.to);
    }
    void operator()(const accord::LogCall& call) const {
        out += R"("channel":")";
        out += word_of(kChannels, call.channel);
        out += R"(","to":)";
        put_or_null(out, call.to, put_party);
        out += R"(,"at":)";
        put_time(out, call.at);
        out += R"(,"answered":)";
        put_or_null(out, call.answered,
                    [](std::string& to, bool answered) { to += answered ? "true" : "false"; });
    }
    void operator()(const accord::ChangeAgreement&) const {}
    void operator()(const accord::EndAirspace&) const {}
    void operator()(const accord::Withdraw&) const {}
    void operator()(const accord::Unreadable&) const { COMITY_CHECK(false); }

    void put_version(std::uint64_t version) const {
        out += R"("version":)";
        put_number(out, version);
    }
};

}  // namespace

std::string body_of(const accord::Operation& operation) {
    std::string out = "{";
    std::visit(BodyWriter{out}, operation);
    out += '}';
    return out;
}

}  // namespace comity::wire
