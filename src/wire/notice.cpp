// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/wire/notice.hpp"

#include "put.hpp"
#include "words.hpp"

#include "comity/accord/ids.hpp"

namespace comity::wire {
namespace {

void put_act(std::string& out, const accord::Act& act, const std::optional<StatedBy>& stated_by,
             const std::string& by) {
    out += R"({"at":)";
    put_time(out, act.at);
    out += R"(,"version":)";
    put_number(out, act.version);
    if (!by.empty()) {
        out += R"(,"by":)";
        append_json_text(out, by);
    }
    if (stated_by) {
        out += *stated_by == StatedBy::kKey ? R"(,"stated_by":"key")" : R"(,"stated_by":"node")";
    }
    out += '}';
}

void put_act_or_null(std::string& out, const std::optional<accord::Act>& act,
                     const std::optional<StatedBy>& stated_by, const std::string& by = {}) {
    put_or_null(out, act,
                [&](std::string& to, const accord::Act& one) { put_act(to, one, stated_by, by); });
}

void put_stages(std::string& out, const std::map<accord::Stage, geo::Instant>& stages) {
    out += '{';
    for (const auto& [stage, time] : stages) {
        if (out.back() != '{') out += ',';
        append_json_text(out, word_of(kStages, stage));
        out += ':';
        put_time(out, time);
    }
    out += '}';
}

void put_passed_on(std::string& out, const std::map<accord::PartyId, accord::Act>& passed_on) {
    out += '[';
    for (const auto& [to, act] : passed_on) {
        if (out.back() != '[') out += ',';
        out += R"({"to":)";
        put_party(out, to);
        out += R"(,"at":)";
        put_time(out, act.at);
        out += R"(,"version":)";
        put_number(out, act.version);
        out += '}';
    }
    out += ']';
}

}  // namespace

std::string notice_text(const accord::Notice& notice, const NoticeContext& context) {
    std::string out = R"({"item":)";
    append_json_text(out, accord::to_string(notice.item));
    out += R"(,"to":)";
    put_party(out, notice.to);
    out += R"(,"level":")";
    out += word_of(kLevels, notice.level);
    out += R"(","why":")";
    out += word_of(kWhys, notice.why);
    out += R"(","via":)";
    put_or_null(out, notice.via, put_party);
    out += R"(,"agreement":)";
    if (notice.agreement.empty()) {
        out += "null";
    } else {
        append_json_text(out, notice.agreement);
    }
    out += R"(,"told":)";
    put_act(out, notice.first, std::nullopt, {});
    out += R"(,"last":)";
    put_act(out, notice.last, std::nullopt, {});
    out += R"(,"left_at":)";
    put_or_null(out, notice.left_at, put_time);
    out += R"(,"received":)";
    put_act_or_null(out, notice.received, context.received);
    out += R"(,"read":)";
    put_act_or_null(out, notice.read, context.read, context.reader);
    out += R"(,"passed_on":)";
    put_passed_on(out, notice.passed_on);
    out += R"(,"objected":)";
    put_act_or_null(out, notice.objected, context.objected);
    out += R"(,"withdrawn":)";
    put_or_null(out, notice.withdrawn, put_time);
    out += R"(,"due":)";
    put_stages(out, notice.due);
    out += R"(,"missed":)";
    put_stages(out, notice.missed);
    out += '}';
    return out;
}

}  // namespace comity::wire
