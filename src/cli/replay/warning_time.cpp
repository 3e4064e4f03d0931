// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "replay/warning_time.hpp"

#include <chrono>
#include <set>
#include <variant>

namespace comity::cli {
namespace {

using Limit = std::optional<geo::Instant>;

// What was predicted after the entry before, and not later than this entry.
bool is_before(geo::Instant time, const Limit& after, const Limit& entry) {
    return (!after || time > *after) && (!entry || time <= *entry);
}

// The alert in which this entry was measured; empty where there is none.
std::string alert_of_entry(const node::History& history, const WarningTime& time) {
    constexpr std::chrono::seconds kSame{1};
    for (const node::Happening& one : history.happenings) {
        const auto* step = std::get_if<node::AlertStep>(&one.what);
        const bool is_it = step != nullptr && step->alert.track == time.track &&
                           step->alert.airspace == time.airspace && step->alert.entered &&
                           time.entry &&
                           std::chrono::abs(*step->alert.entered - *time.entry) < kSame;
        if (is_it) return step->alert.id;
    }
    return {};
}

// A warning of an earlier approach, which was resolved, did not warn of this entry.
void find_predictions(const node::History& history, const Limit& after, WarningTime& time,
                      std::set<std::string>& alerts) {
    const std::string entered = alert_of_entry(history, time);
    for (const node::Happening& one : history.happenings) {
        const auto* step = std::get_if<node::AlertStep>(&one.what);
        const bool is_it = step != nullptr && step->alert.track == time.track &&
                           step->alert.airspace == time.airspace &&
                           step->alert.phase == accord::AlertPhase::kPredicted &&
                           is_before(one.time, after, time.entry) &&
                           (entered.empty() || step->alert.id == entered);
        if (!is_it) continue;
        alerts.insert(step->alert.id);
        if (step->alert.entry_by_intent && !time.by_flight) time.by_flight = one.time;
        if (step->alert.entry_by_track && !time.by_line) {
            time.by_line = one.time;
            time.line_entry = step->alert.entry_by_track;
        }
    }
}

void find_first_told(const node::History& history, const std::set<std::string>& alerts,
                     WarningTime& time) {
    for (const node::Happening& one : history.happenings) {
        if (const auto* telling = std::get_if<node::Telling>(&one.what)) {
            const accord::ItemRef& item = telling->delivery.item;
            const bool is_it = !time.first_told && item.kind == accord::ItemKind::kWarning &&
                               alerts.contains(item.id);
            if (!is_it) continue;
            time.first_told = telling->delivery.to;
            time.told_at = one.time;
        }
        const auto* filing = std::get_if<node::Filing>(&one.what);
        const bool is_read = filing != nullptr && filing->who == time.first_told && !time.read_at &&
                             filing->object &&
                             filing->decided.outcome == accord::Outcome::kAccepted &&
                             std::holds_alternative<accord::Read>(filing->operation);
        if (!is_read) continue;
        const auto item = accord::item_from(*filing->object);
        if (!item || item->kind != accord::ItemKind::kWarning || !alerts.contains(item->id)) {
            continue;
        }
        time.read_at = one.time;
        time.person = filing->person;
    }
}

}  // namespace

std::vector<WarningTime> warning_times(const node::History& history) {
    std::vector<WarningTime> times;
    for (const node::Assessed& assessed : history.assessed) {
        std::vector<Limit> entries;
        for (const airspace::Stay& stay : assessed.stays) {
            if (stay.entry) entries.emplace_back(stay.entry);
        }
        const bool has_entered = !entries.empty();
        if (!has_entered) entries.emplace_back();
        Limit after;
        for (const Limit& entry : entries) {
            WarningTime time{
                .track = assessed.track, .airspace = assessed.airspace, .entry = entry};
            std::set<std::string> alerts;
            find_predictions(history, after, time, alerts);
            find_first_told(history, alerts, time);
            after = entry;
            if (has_entered || !alerts.empty()) times.push_back(std::move(time));
        }
    }
    return times;
}

}  // namespace comity::cli
