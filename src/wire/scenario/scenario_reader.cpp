// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/wire/scenario_reader.hpp"

#include "sections.hpp"

#include "comity/seal/verifier_key.hpp"

#include <utility>

namespace comity::wire {
namespace {

std::string origin_of(Reading& reading, const YamlNode* node) {
    std::string origin = name_of(reading, node);
    if (!origin.empty() && !seal::is_key_name(origin)) {
        reading.fail(ScenarioFault::kValue, node->line,
                     instead_of(origin, "the name of a log, without blanks and plus signs"));
    }
    return origin;
}

Times times_of(Reading& reading, const YamlNode* start, const YamlNode* end) {
    Times times;
    times.start = full_instant_of(reading, start);
    times.end = instant_of(reading, end, times);
    if (reading.has_failed()) return times;
    if (times.end <= times.start || times.end - times.start > ScenarioLimits::kMaxLength) {
        reading.fail(ScenarioFault::kRange, end->line,
                     instead_of(end->text, "a time after the start and at most 31 days later"));
    }
    return times;
}

struct Section {
    const char* key;
    void (*read)(Context&, const YamlNode*);
};

// In the order of sections.hpp.
constexpr Section kSections[] = {{"parties", read_parties},     {"agreements", read_agreements},
                                 {"airspaces", read_airspaces}, {"intents", read_intents},
                                 {"feeds", read_feeds},         {"systems", read_systems},
                                 {"people", read_people},       {"moments", read_moments},
                                 {"assess", read_assessments},  {"expect", read_expectations}};

// All keys are asked for first: where one is misspelt, that is the fault, and not a name that is
// not known without its section.
Scenario read_keys(Reading& reading, const YamlNode& root) {
    Scenario scenario;
    Fields fields(reading, root, "a scenario");
    const YamlNode* title = fields.need("title");
    const YamlNode* about = fields.find("about");
    const YamlNode* origin = fields.need("origin");
    const YamlNode* start = fields.need("start");
    const YamlNode* end = fields.need("end");
    const YamlNode* seed = fields.find("seed");
    fields.need("parties");
    for (const Section& section : kSections) fields.find(section.key);
    fields.finish();
    if (reading.has_failed()) return scenario;
    scenario.title = name_of(reading, title);
    scenario.about = paragraph_of(reading, about);
    scenario.origin = origin_of(reading, origin);
    scenario.seed = count_of(reading, seed);
    const Times times = times_of(reading, start, end);
    scenario.start = times.start;
    scenario.end = times.end;
    Context context{.reading = reading, .scenario = scenario, .times = times};
    for (const Section& section : kSections) {
        if (!reading.has_failed()) section.read(context, fields.find(section.key));
    }
    return scenario;
}

}  // namespace

base::Expected<Scenario, ScenarioError> read_scenario(std::string_view text) {
    const auto root =
        read_yaml(text, {.what = "a scenario", .most_bytes = ScenarioLimits::kMaxBytes});
    if (!root) return base::Unexpected(root.error());
    Reading reading;
    Scenario scenario = read_keys(reading, *root);
    if (reading.has_failed()) return base::Unexpected(reading.faults().front());
    return scenario;
}

}  // namespace comity::wire
