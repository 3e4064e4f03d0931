// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "replay/names.hpp"

#include <chrono>

#include <fmt/core.h>

namespace comity::cli {

using std::chrono::days;
using std::chrono::floor;

Names::Names(const wire::Scenario& scenario)
    : has_days_(floor<days>(scenario.start) != floor<days>(scenario.end)) {
    for (const wire::ScenarioParty& party : scenario.parties) {
        parties_.emplace(party.id, party.name);
    }
    parties_.emplace(std::string(accord::kNodeParty), "Comity");
}

std::string Names::party(const accord::PartyId& id) const {
    const auto found = parties_.find(id);
    return found == parties_.end() ? id.value() : found->second;
}

std::string Names::parties(const std::set<accord::PartyId>& ids) const {
    std::vector<std::string> names;
    for (const accord::PartyId& id : ids) names.push_back(party(id));
    return joined(names);
}

std::string Names::item(const accord::ItemRef& item, const node::History& history) const {
    switch (item.kind) {
        case accord::ItemKind::kAgreement:
            return "agreement " + item.id;
        case accord::ItemKind::kIntent:
            return "flight " + item.id;
        case accord::ItemKind::kAirspace:
            return "airspace " + item.id;
        case accord::ItemKind::kWarning:
            break;
    }
    const auto warning = history.warnings.find(item.id);
    if (warning == history.warnings.end()) return "warning " + item.id;
    return wire::to_string(wire::ScenarioItem(warning->second));
}

std::string Names::clock(geo::Instant time) {
    std::string text = geo::to_string(time);
    text.pop_back();
    return text.substr(text.find('T') + 1);
}

std::string Names::time(geo::Instant time) const {
    if (!has_days_) return clock(time);
    const std::string text = geo::to_string(time);
    return text.substr(0, text.find('T')) + " " + clock(time);
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string duration_words(geo::Milliseconds duration) {
    const auto seconds = duration.count() / 1000;
    if (seconds < 60) return fmt::format("{} s", seconds);
    if (seconds < 3600) return fmt::format("{} min {} s", seconds / 60, seconds % 60);
    return fmt::format("{} h {} min {} s", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string distance_words(std::int64_t metres) {
    if (metres < 1000) return fmt::format("{} m", metres);
    return fmt::format("{:.1f} km", static_cast<double>(metres) / 1000.0);
}

std::string with_commas(std::uint64_t count) {
    if (count < 1000) return fmt::format("{}", count);
    return fmt::format("{},{:03}", with_commas(count / 1000), count % 1000);
}

std::string counted(std::uint64_t count, const std::string& what, const std::string& plural) {
    if (count == 1) return "1 " + what;
    return with_commas(count) + " " + (plural.empty() ? what + "s" : plural);
}

}  // namespace comity::cli
