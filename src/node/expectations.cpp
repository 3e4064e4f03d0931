// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Whether what a scenario expects is among what happened; and, where it is not, what came nearest.
#include "expectation_words.hpp"

#include "comity/node/history.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <set>
#include <utility>

#include <fmt/core.h>

namespace comity::node {
namespace {

/// How a happening stands to an expectation, its time apart.
enum class Fit : std::uint8_t {
    kNone,   ///< something else
    kAlike,  ///< the same thing otherwise: another level, another addressee
    kWhole,  ///< all that is asked
};

Fit fit_if(bool is_alike, bool is_whole) {
    if (!is_alike) return Fit::kNone;
    return is_whole ? Fit::kWhole : Fit::kAlike;
}

bool is_named(const wire::ScenarioItem& what, const accord::ItemRef& item, const History& history) {
    if (const auto* reference = std::get_if<accord::ItemRef>(&what)) return *reference == item;
    const auto warning = history.warnings.find(item.id);
    return item.kind == accord::ItemKind::kWarning && warning != history.warnings.end() &&
           warning->second == std::get<wire::WarningName>(what);
}

bool is_named(const wire::ScenarioItem& what, const std::optional<std::string>& object,
              const History& history) {
    if (!object) return false;
    const auto item = accord::item_from(*object);
    return item && is_named(what, *item, history);
}

/// The operation, where this party asked for it about this item and it was accepted.
template <typename Operation>
const Operation* done(const accord::PartyId& who, const wire::ScenarioItem& what,
                      const Happening& happening, const History& history) {
    const auto* filing = std::get_if<Filing>(&happening.what);
    const bool is_it = filing != nullptr && filing->who == who &&
                       filing->decided.outcome == accord::Outcome::kAccepted &&
                       is_named(what, filing->object, history);
    return is_it ? std::get_if<Operation>(&filing->operation) : nullptr;
}

// An alert comes to a phase once, however often it changes in it; predicted by the intent and
// predicted by the track are each come to by themselves.
bool is_in(const accord::Alert& alert, const wire::ExpectAlert& asked) {
    using enum wire::ExpectAlert::By;
    if (alert.phase != asked.phase) return false;
    if (!asked.by) return true;
    return *asked.by == kIntent ? alert.entry_by_intent.has_value()
                                : alert.entry_by_track.has_value();
}

/// Whether a happening fits what is asked. The history says which warning has which name.
struct Fits {
    const Happening& happening;
    const History& history;

    Fit operator()(const wire::ExpectAlert& asked) const {
        const auto* step = std::get_if<AlertStep>(&happening.what);
        if (step == nullptr) return Fit::kNone;
        const accord::Alert& alert = step->alert;
        const bool has_come = !step->before || !is_in(*step->before, asked);
        const bool is_new_phase = !step->before || step->before->phase != alert.phase;
        const bool is_whole = is_in(alert, asked) && has_come;
        return fit_if(alert.track == asked.track && alert.airspace == asked.airspace &&
                          (is_whole || is_new_phase),
                      is_whole);
    }
    Fit operator()(const wire::ExpectTold& asked) const {
        const auto* telling = std::get_if<Telling>(&happening.what);
        if (telling == nullptr) return Fit::kNone;
        const Delivery& delivery = telling->delivery;
        return fit_if(delivery.to == asked.who && is_named(asked.what, delivery.item, history),
                      !asked.level || delivery.level == *asked.level);
    }
    Fit operator()(const wire::ExpectNeverTold& asked) const {
        return (*this)(wire::ExpectTold{.who = asked.who, .what = asked.what, .level = {}});
    }
    Fit operator()(const wire::ExpectReceived& asked) const {
        const auto* act = done<accord::Received>(asked.who, asked.what, happening, history);
        return fit_if(act != nullptr, true);
    }
    Fit operator()(const wire::ExpectRead& asked) const {
        const auto* act = done<accord::Read>(asked.who, asked.what, happening, history);
        return fit_if(act != nullptr, true);
    }
    Fit operator()(const wire::ExpectPassedOn& asked) const {
        const auto* act = done<accord::PassOn>(asked.who, asked.what, happening, history);
        return fit_if(act != nullptr, act != nullptr && act->to.contains(asked.to));
    }
    Fit operator()(const wire::ExpectEscalated& asked) const {
        const auto* missed = std::get_if<Missed>(&happening.what);
        if (missed == nullptr) return Fit::kNone;
        const accord::Escalation& escalation = missed->escalation;
        return fit_if(
            escalation.late == asked.late && is_named(asked.what, escalation.item, history),
            escalation.stage == asked.stage && escalation.told == asked.to);
    }
    Fit operator()(const wire::ExpectRefused& asked) const {
        const auto* filing = std::get_if<Filing>(&happening.what);
        const bool is_refused = filing != nullptr && filing->who == asked.who &&
                                filing->decided.outcome != accord::Outcome::kAccepted;
        return fit_if(is_refused, is_refused && filing->decided.outcome == asked.code);
    }
    Fit operator()(const wire::ExpectCount&) const { return Fit::kNone; }
};

/// By how much a time misses what is asked of it; 0 where it does not.
geo::Milliseconds missed_by(const wire::Expectation& asked, geo::Instant time) {
    geo::Milliseconds missed{0};
    if (asked.when) {
        const geo::Milliseconds apart = std::chrono::abs(time - asked.when->at);
        missed = std::max(missed, apart - asked.when->within);
    }
    if (asked.before && time >= *asked.before) {
        missed = std::max(missed, time - *asked.before + geo::Milliseconds(1));
    }
    return missed;
}

/// Item by item, so that what was told twice counts once.
std::uint64_t count_of(const wire::CountItems& asked, const History& history) {
    std::set<accord::ItemRef> items;
    for (const Happening& happening : history.happenings) {
        std::optional<accord::ItemRef> item;
        if (asked.step == wire::CountItems::Step::kTold) {
            const auto* telling = std::get_if<Telling>(&happening.what);
            if (telling != nullptr && telling->delivery.to == asked.who) {
                item = telling->delivery.item;
            }
        } else if (const auto* filing = std::get_if<Filing>(&happening.what)) {
            const bool is_step = asked.step == wire::CountItems::Step::kReceived
                                     ? std::holds_alternative<accord::Received>(filing->operation)
                                     : std::holds_alternative<accord::Read>(filing->operation);
            const bool is_it = is_step && filing->who == asked.who && filing->object &&
                               filing->decided.outcome == accord::Outcome::kAccepted;
            if (is_it) item = accord::item_from(*filing->object);
        }
        if (item && item->kind == asked.what) items.insert(*std::move(item));
    }
    return items.size();
}

std::uint64_t count_of(const wire::CountAlerts& asked, const History& history) {
    std::set<std::string> alerts;
    for (const Happening& happening : history.happenings) {
        const auto* step = std::get_if<AlertStep>(&happening.what);
        const bool is_it = step != nullptr && step->alert.phase == asked.phase &&
                           (!asked.airspace || step->alert.airspace == *asked.airspace);
        if (is_it) alerts.insert(step->alert.id);
    }
    return alerts.size();
}

void check_count(const wire::ExpectCount& asked, const History& history, Checked& checked) {
    const std::uint64_t found =
        std::visit([&](const auto& of) { return count_of(of, history); }, asked.of);
    checked.holds = found == asked.is;
    if (!checked.holds) checked.found = fmt::format("{}", found);
}

// What fits but for its time comes before what fits less.
void check_one(const wire::Expectation& asked, const History& history, const ClockWords& clock,
               Checked& checked) {
    const bool is_never = std::holds_alternative<wire::ExpectNeverTold>(asked.that);
    const Happening* nearest = nullptr;
    std::pair<Fit, geo::Milliseconds> best{Fit::kNone, 0};
    for (const Happening& happening : history.happenings) {
        const Fit fit = std::visit(Fits{happening, history}, asked.that);
        if (fit == Fit::kNone) continue;
        const geo::Milliseconds missed = missed_by(asked, happening.time);
        const bool is_nearer =
            nearest == nullptr || fit > best.first || (fit == best.first && missed < best.second);
        if (!is_nearer) continue;
        nearest = &happening;
        best = {fit, missed};
    }
    const bool is_there = best == std::pair{Fit::kWhole, geo::Milliseconds(0)};
    checked.holds = is_there != is_never;
    if (checked.holds) return;
    checked.found = nearest == nullptr ? "never" : found_words(*nearest, clock);
}

}  // namespace

std::vector<Checked> check_expectations(const wire::Scenario& scenario, const History& history) {
    const ClockWords clock(scenario.start);
    std::vector<Checked> all;
    for (const wire::Expectation& asked : scenario.expect) {
        Checked checked{.line = asked.line, .expected = expected_words(asked, clock)};
        if (const auto* count = std::get_if<wire::ExpectCount>(&asked.that)) {
            check_count(*count, history, checked);
        } else {
            check_one(asked, history, clock, checked);
        }
        all.push_back(std::move(checked));
    }
    return all;
}

}  // namespace comity::node
