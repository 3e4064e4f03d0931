// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Scenarios. Beside "no crash": what is read has times, names and lines as promised; reading twice
// gives the same; a byte order mark changes nothing and a comment before the text only moves lines.
#include "comity/base/check.hpp"
#include "comity/base/expected.hpp"
#include "comity/wire/scenario.hpp"
#include "comity/wire/scenario_reader.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace {

using namespace comity;

using Result = base::Expected<wire::Scenario, wire::ScenarioError>;

void check_item(const wire::Scenario& scenario, const wire::ScenarioItem& item) {
    const std::string text = to_string(item);
    COMITY_CHECK(!text.empty());
    if (const auto* warning = std::get_if<wire::WarningName>(&item)) {
        COMITY_CHECK(!warning->track.empty());
        COMITY_CHECK(std::ranges::count(scenario.airspaces, warning->airspace,
                                        &wire::ScenarioAirspace::id) == 1);
    } else {
        COMITY_CHECK(accord::item_from(text) == std::get<accord::ItemRef>(item));
    }
}

void check_read(const wire::Scenario& scenario, std::size_t lines) {
    COMITY_CHECK(!scenario.title.empty() && !scenario.origin.empty());
    COMITY_CHECK(scenario.start < scenario.end);
    COMITY_CHECK(scenario.end - scenario.start <= wire::ScenarioLimits::kMaxLength);
    std::set<accord::PartyId> parties;
    for (const wire::ScenarioParty& party : scenario.parties) {
        COMITY_CHECK(parties.insert(party.id).second);
        COMITY_CHECK(accord::is_id(party.id.value()) && !party.name.empty());
    }
    for (const wire::ScenarioIntent& intent : scenario.intents) {
        COMITY_CHECK(parties.contains(intent.owner));
        COMITY_CHECK(intent.volumes.size() + 1 == intent.route.size());
        COMITY_CHECK(intent.volumes.size() <= accord::Intent::kMaxVolumes);
    }
    for (const wire::ScenarioAct& act : scenario.people) {
        COMITY_CHECK(1 <= act.line && act.line <= lines);
        COMITY_CHECK(parties.contains(act.who));
        if (act.what) check_item(scenario, *act.what);
        COMITY_CHECK(act.what || !std::holds_alternative<wire::AfterStep>(act.when));
    }
    for (const wire::Expectation& expectation : scenario.expect) {
        COMITY_CHECK(1 <= expectation.line && expectation.line <= lines);
        COMITY_CHECK(!expectation.when || scenario.start <= expectation.when->at);
    }
}

bool same(const Result& a, const Result& b, std::size_t lines_before) {
    if (a.has_value() != b.has_value()) return false;
    if (!a) {
        return a.error().fault == b.error().fault && a.error().text == b.error().text &&
               a.error().line + lines_before == b.error().line;
    }
    return a->title == b->title && a->parties.size() == b->parties.size() &&
           a->parties.front().line + lines_before == b->parties.front().line &&
           a->people.size() == b->people.size() && a->expect.size() == b->expect.size();
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    const std::string text(reinterpret_cast<const char*>(data), size);
    // One more than newlines, and the end of the document that the reader adds.
    const auto lines = 2 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    const Result result = wire::read_scenario(text);
    if (result) {
        check_read(*result, lines);
    } else {
        COMITY_CHECK(1 <= result.error().line && result.error().line <= lines);
        COMITY_CHECK(result.error().text.find("expected") != std::string::npos);
    }
    COMITY_CHECK(same(result, wire::read_scenario(text), 0));
    if (!text.starts_with(kMark)) {
        COMITY_CHECK(same(result, wire::read_scenario(std::string(kMark) + text), 0));
        // What is said of the whole text is said of its first line.
        if (result) COMITY_CHECK(same(result, wire::read_scenario("# c\n" + text), 1));
    }
    return 0;
}
