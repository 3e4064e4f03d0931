// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What a scenario expects. The key that names what is to happen says which others there may be.
#include "sections.hpp"

#include "comity/accord/outcome.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace comity::wire {
namespace {

using That = decltype(Expectation::that);

ExpectAlert alert_of(Context& context, Fields& fields, const YamlNode* phase) {
    constexpr std::pair<std::string_view, ExpectAlert::By> kBy[] = {
        {"intent", ExpectAlert::By::kIntent}, {"track", ExpectAlert::By::kTrack}};
    ExpectAlert alert{.phase = phase_of(context.reading, phase),
                      .track = name_of(context.reading, fields.need("track")),
                      .airspace = airspace_of(context, fields.need("airspace")),
                      .by = {}};
    if (const YamlNode* by = fields.find("by")) {
        alert.by = value_of<ExpectAlert::By>(context.reading, by, kBy);
        if (alert.phase != accord::AlertPhase::kPredicted) {
            context.reading.fail(ScenarioFault::kConflict, by->line,
                                 "'by' of an alert that is not predicted, expected it of 'alert: "
                                 "predicted' alone");
        }
    }
    return alert;
}

ExpectTold told_of(Context& context, Fields& fields, const YamlNode* who) {
    ExpectTold told{
        .who = party_of(context, who), .what = item_of(context, fields.need("what")), .level = {}};
    if (const YamlNode* level = fields.find("level")) {
        told.level = level_of(context.reading, level);
    }
    return told;
}

ExpectEscalated escalated_of(Context& context, Fields& fields, const YamlNode* late) {
    using enum accord::Stage;
    constexpr std::pair<std::string_view, accord::Stage> kStages[] = {
        {"received", kReceived}, {"read", kRead}, {"passed_on", kPassedOn}};
    return {.late = party_of(context, late),
            .what = item_of(context, fields.need("what")),
            .stage = value_of<accord::Stage>(context.reading, fields.need("stage"), kStages),
            .to = party_of(context, fields.need("to"))};
}

// The outcomes, but for the one that is no refusal.
std::vector<std::pair<std::string, accord::Outcome>> refusals() {
    std::vector<std::pair<std::string, accord::Outcome>> all;
    for (std::uint32_t code = 1; code <= UINT16_MAX; ++code) {
        if (!accord::is_outcome(static_cast<std::uint16_t>(code))) continue;
        const auto outcome = static_cast<accord::Outcome>(code);
        all.emplace_back(accord::name_of(outcome), outcome);
    }
    return all;
}

accord::Outcome code_of(Reading& reading, const YamlNode* node) {
    const std::string_view text = word_of(reading, node);
    if (text.empty()) return accord::Outcome::kBadBody;
    std::vector<std::string> words;
    for (const auto& [name, outcome] : refusals()) {
        if (name == text) return outcome;
        words.push_back(name);
    }
    refuse_word(reading, *node, words);
    return accord::Outcome::kBadBody;
}

CountItems items_of(Context& context, Fields& fields, const YamlNode* who, CountItems::Step step) {
    using enum accord::ItemKind;
    constexpr std::pair<std::string_view, accord::ItemKind> kKinds[] = {{"warnings", kWarning},
                                                                        {"intents", kIntent},
                                                                        {"airspaces", kAirspace},
                                                                        {"agreements", kAgreement}};
    return {.step = step,
            .who = party_of(context, who),
            .what = value_of<accord::ItemKind>(context.reading, fields.need("what"), kKinds)};
}

decltype(ExpectCount::of) counted_of(Context& context, const YamlNode& node) {
    constexpr std::pair<std::string_view, CountItems::Step> kSteps[] = {
        {"told", CountItems::Step::kTold},
        {"received", CountItems::Step::kReceived},
        {"read", CountItems::Step::kRead}};
    decltype(ExpectCount::of) counted = CountAlerts{};
    Fields fields(context.reading, node, "a count");
    std::size_t kinds = 0;
    for (const auto& [key, step] : kSteps) {
        if (!fields.has(key)) continue;
        ++kinds;
        counted = items_of(context, fields, fields.find(key), step);
    }
    if (fields.has("alert")) {
        ++kinds;
        CountAlerts alerts{.phase = phase_of(context.reading, fields.find("alert")),
                           .airspace = {}};
        if (const YamlNode* airspace = fields.find("airspace")) {
            alerts.airspace = airspace_of(context, airspace);
        }
        counted = std::move(alerts);
    }
    if (kinds != 1) {
        context.reading.fail(ScenarioFault::kConflict, node.line,
                             "a count of " + std::to_string(kinds) +
                                 " things, expected one of told, received, read, alert");
    }
    fields.finish();
    return counted;
}

ExpectCount count_of(Context& context, Fields& fields, const YamlNode* of) {
    return {.of = counted_of(context, *of), .is = count_of(context.reading, fields.need("is"))};
}

That refused_of(Context& context, Fields& fields, const YamlNode* who) {
    return ExpectRefused{.who = party_of(context, who),
                         .code = code_of(context.reading, fields.need("code"))};
}

That passed_on_of(Context& context, Fields& fields, const YamlNode* who) {
    return ExpectPassedOn{.who = party_of(context, who),
                          .what = item_of(context, fields.need("what")),
                          .to = party_of(context, fields.need("to"))};
}

template <typename OfItem>
That of_item(Context& context, Fields& fields, const YamlNode* who) {
    return OfItem{.who = party_of(context, who), .what = item_of(context, fields.need("what"))};
}

struct Kind {
    const char* key;
    That (*read)(Context&, Fields&, const YamlNode*);
    bool has_time;
};

constexpr std::array kKinds{
    Kind{"alert",
         [](Context& c, Fields& f, const YamlNode* n) -> That { return alert_of(c, f, n); }, true},
    Kind{"told", [](Context& c, Fields& f, const YamlNode* n) -> That { return told_of(c, f, n); },
         true},
    Kind{"received", of_item<ExpectReceived>, true},
    Kind{"read", of_item<ExpectRead>, true},
    Kind{"passed_on", passed_on_of, true},
    Kind{"escalated",
         [](Context& c, Fields& f, const YamlNode* n) -> That { return escalated_of(c, f, n); },
         true},
    Kind{"never_told", of_item<ExpectNeverTold>, false},
    Kind{"count",
         [](Context& c, Fields& f, const YamlNode* n) -> That { return count_of(c, f, n); }, false},
    Kind{"refused", refused_of, true},
};

// The kind whose key is there; none, with a fault, where there is none or more than one.
const Kind* kind_of(Reading& reading, const Fields& fields) {
    const Kind* found = nullptr;
    std::vector<std::string> keys;
    std::size_t count = 0;
    for (const Kind& kind : kKinds) {
        keys.emplace_back(kind.key);
        if (!fields.has(kind.key)) continue;
        ++count;
        found = &kind;
    }
    if (count == 1) return found;
    reading.fail(
        count == 0 ? ScenarioFault::kMissingKey : ScenarioFault::kConflict, fields.line(),
        "an expectation of " + std::to_string(count) + " things, expected one of " + one_of(keys));
    return nullptr;
}

std::optional<Around> around_of(Context& context, Fields& fields) {
    const YamlNode* at = fields.find("at");
    const YamlNode* within = fields.find("within");
    if (at == nullptr && within != nullptr) {
        context.reading.fail(ScenarioFault::kConflict, within->line,
                             "'within' without 'at', expected both or neither");
    }
    if (at == nullptr) return std::nullopt;
    return Around{
        .at = instant_within(context.reading, at, context.times),
        .within = duration_of(context.reading, within, kAnyDuration, geo::Milliseconds(0))};
}

void read_expectation(Context& context, const YamlNode& node) {
    Fields fields(context.reading, node, "an expectation");
    const Kind* kind = kind_of(context.reading, fields);
    if (kind == nullptr) return;
    Expectation expectation{.line = node.line,
                            .that = kind->read(context, fields, fields.find(kind->key)),
                            .when = {},
                            .before = {}};
    if (kind->has_time) {
        expectation.when = around_of(context, fields);
        if (const YamlNode* before = fields.find("before")) {
            expectation.before = instant_within(context.reading, before, context.times);
        }
    }
    fields.finish();
    context.scenario.expect.push_back(std::move(expectation));
}

}  // namespace

void read_expectations(Context& context, const YamlNode* node) {
    for (const YamlNode& one : list_of(context.reading, node, ScenarioLimits::kMaxExpectations)) {
        read_expectation(context, one);
        if (context.reading.has_failed()) return;
    }
}

}  // namespace comity::wire
