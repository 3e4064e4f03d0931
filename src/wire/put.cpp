// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "put.hpp"

#include "words.hpp"

#include "comity/base/check.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace comity::wire {
namespace {

void put_deadlines(std::string& out, const accord::Deadlines& deadlines) {
    const auto put_seconds = [&out](std::string_view name, geo::Milliseconds time) {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
        COMITY_CHECK(seconds == time);
        out += name;
        put_whole(out, seconds.count());
    };
    put_seconds(R"({"received_s":)", deadlines.received);
    put_seconds(R"(,"read_s":)", deadlines.read);
    put_seconds(R"(,"passed_on_s":)", deadlines.passed_on);
    out += '}';
}

void put_share_rule(std::string& out, const accord::ShareRule& rule) {
    out += R"({"what":")";
    out += word_of(kShared, rule.what);
    out += R"(","from":)";
    put_party(out, rule.from);
    out += R"(,"to":)";
    put_party(out, rule.to);
    out += R"(,"level":")";
    out += word_of(kLevels, rule.level);
    out += rule.is_residual ? R"(","residual":true})" : R"(","residual":false})";
}

void put_relay_rule(std::string& out, const accord::RelayRule& rule) {
    out += R"({"by":)";
    put_party(out, rule.by);
    out += R"(,"to":)";
    put_party(out, rule.to);
    out += R"(,"level":")";
    out += word_of(kLevels, rule.level);
    out += R"("})";
}

}  // namespace

void put_party(std::string& out, const accord::PartyId& party) {
    append_json_text(out, party.value());
}

void put_time(std::string& out, geo::Instant time) {
    out += '"';
    out += geo::to_string_ms(time);
    out += '"';
}

void put_number(std::string& out, std::uint64_t number) {
    const fmt::format_int digits(number);
    out.append(digits.data(), digits.size());
}

void put_whole(std::string& out, std::int64_t number) {
    const fmt::format_int digits(number);
    out.append(digits.data(), digits.size());
}

void put_decimal(std::string& out, std::int64_t value, int digits) {
    std::uint64_t rest = static_cast<std::uint64_t>(value);
    if (value < 0) {
        out += '-';
        rest = 0 - rest;
    }
    std::uint64_t unit = 1;
    for (int i = 0; i < digits; ++i) unit *= 10;
    put_number(out, rest / unit);
    rest %= unit;
    if (rest > 0) out += '.';
    while (rest > 0) {
        unit /= 10;
        out += static_cast<char>('0' + rest / unit);
        rest %= unit;
    }
}

void put_aircraft(std::string& out, const std::vector<std::string>& aircraft) {
    put_list(out, aircraft, append_json_text);
}

void put_terms(std::string& out, const accord::Terms& terms) {
    out += R"("signatories":)";
    put_parties(out, terms.signatories);
    out += R"(,"share":)";
    put_list(out, terms.share, put_share_rule);
    out += R"(,"relay":)";
    put_list(out, terms.relay, put_relay_rule);
    out += R"(,"deadlines":{"intents":)";
    put_deadlines(out, terms.intents);
    out += R"(,"alerts":)";
    put_deadlines(out, terms.alerts);
    out += R"(},"escalation":)";
    put_parties(out, terms.escalation);
}

void put_alert(std::string& out, const accord::Alert& alert, bool shows_track) {
    out += R"("phase":")";
    out += word_of(kPhases, alert.phase);
    out += '"';
    if (shows_track) {
        out += R"(,"track":)";
        append_json_text(out, alert.track);
    }
    out += R"(,"operator":)";
    put_or_null(out, alert.operated_by, put_party);
    out += R"(,"feed_of":)";
    put_party(out, alert.feed_of);
    out += R"(,"airspace":)";
    append_json_text(out, alert.airspace);
    out += R"(,"by_intent":)";
    if (alert.intent || alert.entry_by_intent) {
        out += R"({"intent":)";
        put_or_null(out, alert.intent, append_json_text);
        out += R"(,"entry":)";
        put_or_null(out, alert.entry_by_intent, put_time);
        out += '}';
    } else {
        out += "null";
    }
    out += R"(,"by_track":)";
    put_or_null(out, alert.entry_by_track, put_time);
    out += R"(,"entered":)";
    put_or_null(out, alert.entered, put_time);
    out += R"(,"left":)";
    put_or_null(out, alert.left, put_time);
    out += R"(,"distance_m":)";
    put_whole(out, alert.distance_m);
    out += R"(,"track_accuracy_m":)";
    put_whole(out, alert.track_accuracy_m);
    out += R"(,"area_accuracy_m":)";
    put_whole(out, alert.area_accuracy_m);
    out += R"(,"sweep":)";
    put_time(out, alert.sweep);
}

void put_filed_alert(std::string& out, const accord::Alert& alert) {
    COMITY_CHECK(alert.intent || !alert.entry_by_intent);
    put_alert(out, alert, true);
    out += R"(,"as_of_record":)";
    put_number(out, alert.as_of_record);
}

}  // namespace comity::wire
