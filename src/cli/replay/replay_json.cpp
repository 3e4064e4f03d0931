// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "replay/replay_json.hpp"

#include "replay/warning_time.hpp"

#include "comity/geo/instant.hpp"
#include "comity/seal/base64.hpp"
#include "comity/wire/request.hpp"

#include <optional>
#include <variant>

namespace comity::cli {
namespace {

Json time_of(const std::optional<geo::Instant>& time) {
    return time ? Json(geo::to_string(*time)) : Json(nullptr);
}
Json party_of(const std::optional<accord::PartyId>& party) {
    return party ? Json(party->value()) : Json(nullptr);
}
Json text_of(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

// "passed_on", as keys are written.
std::string key_of(accord::Stage stage) {
    return stage == accord::Stage::kPassedOn ? "passed_on" : to_string(stage);
}

struct Line {
    const node::Happening& happening;

    Json begin(const char* kind) const {
        return {{"kind", kind}, {"time", geo::to_string(happening.time)}};
    }

    Json operator()(const node::Filing& filing) const {
        Json json = begin("request");
        json["party"] = filing.who.value();
        json["operation"] = wire::operation_name(filing.operation);
        json["object"] = text_of(filing.object.value_or(""));
        json["outcome"] = name_of(filing.decided.outcome);
        json["record"] = filing.decided.record;
        if (!filing.person.empty()) json["person"] = filing.person;
        if (!filing.about.empty()) json["about"] = filing.about;
        if (const auto* pass_on = std::get_if<accord::PassOn>(&filing.operation)) {
            for (const accord::PartyId& to : pass_on->to) json["to"].push_back(to.value());
        }
        return json;
    }
    Json operator()(const node::AlertStep& step) const {
        const accord::Alert& alert = step.alert;
        Json json = begin("alert");
        json["alert"] = alert.id;
        json["phase"] = to_string(alert.phase);
        json["phase_before"] = step.before ? Json(to_string(step.before->phase)) : Json(nullptr);
        json["track"] = alert.track;
        json["airspace"] = alert.airspace;
        json["operated_by"] = party_of(alert.operated_by);
        json["feed_of"] = alert.feed_of.value();
        json["intent"] = text_of(alert.intent.value_or(""));
        json["entry_by_intent"] = time_of(alert.entry_by_intent);
        json["entry_by_track"] = time_of(alert.entry_by_track);
        json["entered"] = time_of(alert.entered);
        json["left"] = time_of(alert.left);
        json["distance_m"] = alert.distance_m;
        json["track_accuracy_m"] = alert.track_accuracy_m;
        json["area_accuracy_m"] = alert.area_accuracy_m;
        json["sweep"] = geo::to_string(alert.sweep);
        return json;
    }
    Json operator()(const node::Telling& telling) const {
        const node::Delivery& delivery = telling.delivery;
        Json json = begin("told");
        json["party"] = delivery.to.value();
        json["number"] = delivery.number;
        json["item"] = to_string(delivery.item);
        json["version"] = delivery.version;
        json["level"] = to_string(delivery.level);
        json["why"] = to_string(telling.why);
        json["via"] = party_of(telling.via);
        json["record"] = delivery.record;
        return json;
    }
    Json operator()(const node::Missed& missed) const {
        const accord::Escalation& escalation = missed.escalation;
        Json json = begin("deadline");
        json["party"] = escalation.late.value();
        json["item"] = to_string(escalation.item);
        json["stage"] = key_of(escalation.stage);
        json["due"] = geo::to_string(escalation.due);
        json["told"] = party_of(escalation.told);
        return json;
    }
};

Json json_of(const node::Moment& moment) {
    Json json{{"kind", "moment"}, {"time", geo::to_string(moment.at)}, {"notices", Json::array()}};
    for (const auto& [key, notice] : moment.notices) {
        json["notices"].push_back(cli::json_of(notice));
    }
    return json;
}

Json json_of(const node::Assessed& assessed) {
    Json json{{"kind", "assessment"},
              {"track", assessed.track},
              {"airspace", assessed.airspace},
              {"stays", Json::array()}};
    for (const airspace::Stay& stay : assessed.stays) {
        const auto metres = [](const std::optional<geo::Distance>& distance) {
            return distance ? Json(distance->in_metres()) : Json(nullptr);
        };
        json["stays"].push_back({{"entry", time_of(stay.entry)},
                                 {"exit", time_of(stay.exit)},
                                 {"seconds_inside", stay.inside.count()},
                                 {"seconds_surely_inside", stay.surely_inside.count()},
                                 {"seconds_possibly_inside", stay.possibly_inside.count()},
                                 {"max_depth_m", metres(stay.max_depth)},
                                 {"min_distance_outside_m", metres(stay.min_distance_outside)}});
    }
    return json;
}

Json json_of(const WarningTime& time) {
    return {{"kind", "warning_time"},
            {"track", time.track},
            {"airspace", time.airspace},
            {"entry", time_of(time.entry)},
            {"by_flight", time_of(time.by_flight)},
            {"by_line", time_of(time.by_line)},
            {"line_entry", time_of(time.line_entry)},
            {"first_told", party_of(time.first_told)},
            {"told_at", time_of(time.told_at)},
            {"read_at", time_of(time.read_at)}};
}

Json json_of(const node::Checked& checked) {
    return {{"kind", "expectation"},
            {"line", checked.line},
            {"expected", checked.expected},
            {"holds", checked.holds},
            {"found", text_of(checked.found)}};
}

}  // namespace

std::string line_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json json_of(const accord::Notice& notice) {
    const auto act = [](const std::optional<accord::Act>& of) {
        return of ? Json{{"time", geo::to_string(of->at)}, {"version", of->version}}
                  : Json(nullptr);
    };
    Json json{{"party", notice.to.value()},
              {"item", to_string(notice.item)},
              {"level", to_string(notice.level)},
              {"why", to_string(notice.why)},
              {"via", party_of(notice.via)},
              {"agreement", text_of(notice.agreement)},
              {"told", act(notice.first)},
              {"last_told", act(notice.last)},
              {"received", act(notice.received)},
              {"read", act(notice.read)},
              {"passed_on", Json::object()},
              {"objected", act(notice.objected)},
              {"withdrawn", time_of(notice.withdrawn)},
              {"due", Json::object()},
              {"late", Json::object()}};
    for (const auto& [to, done] : notice.passed_on) json["passed_on"][to.value()] = act(done);
    for (const auto& [stage, due] : notice.due) json["due"][key_of(stage)] = geo::to_string(due);
    for (const auto& [stage, at] : notice.missed) json["late"][key_of(stage)] = geo::to_string(at);
    return json;
}

std::string replay_json(const wire::Scenario& scenario, const node::RunResult& result,
                        const std::vector<node::Checked>& checked) {
    const node::History& history = result.history;
    std::string out;
    for (const node::Happening& one : history.happenings) {
        out += line_of(std::visit(Line{one}, one.what));
    }
    for (const node::Moment& moment : history.moments) out += line_of(json_of(moment));
    for (const node::Assessed& assessed : history.assessed) out += line_of(json_of(assessed));
    for (const WarningTime& time : warning_times(history)) out += line_of(json_of(time));
    std::size_t unmet = 0;
    for (const node::Checked& one : checked) {
        out += line_of(json_of(one));
        if (!one.holds) ++unmet;
    }
    return out + line_of({{"kind", "result"},
                          {"title", scenario.title},
                          {"holds", unmet == 0},
                          {"expectations", checked.size()},
                          {"unmet", unmet},
                          {"reports", history.reports},
                          {"skipped", history.skipped},
                          {"deliveries", result.deliveries},
                          {"chunks", result.chunks},
                          {"ledger_verifies", true},
                          {"ticks", result.ticks.size},
                          {"records", result.records.size},
                          {"root", seal::encode_base64(result.ticks.root.span())}});
}

}  // namespace comity::cli
