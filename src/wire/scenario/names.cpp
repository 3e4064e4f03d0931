// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "sections.hpp"

namespace comity::wire {
namespace {

constexpr std::string_view kWarning = "warning ";
constexpr std::string_view kIn = " in ";
constexpr std::string_view kItems =
    "agreement/ID, airspace/ID, intent/ID or warning TRACK in AIRSPACE";

ScenarioItem warning_of(Context& context, const YamlNode& node) {
    const std::string_view text = std::string_view(node.text).substr(kWarning.size());
    const std::size_t in = text.rfind(kIn);
    if (in == std::string_view::npos || in == 0) {
        context.reading.fail(ScenarioFault::kValue, node.line, instead_of(node.text, kItems));
        return WarningName{};
    }
    WarningName name{.track = std::string(text.substr(0, in)),
                     .airspace = std::string(text.substr(in + kIn.size()))};
    context.airspaces.check(context.reading, node.line, name.airspace);
    return name;
}

const Names& names_of(const Context& context, accord::ItemKind kind) {
    if (kind == accord::ItemKind::kAgreement) return context.agreements;
    return kind == accord::ItemKind::kAirspace ? context.airspaces : context.intents;
}

std::string known_of(Context& context, const YamlNode* node, const Names& names) {
    const std::string_view text = word_of(context.reading, node);
    if (!text.empty()) names.check(context.reading, node->line, text);
    return std::string(text);
}

}  // namespace

void Names::add(const std::string& name) {
    if (all_.insert(name).second) in_order_.push_back(name);
}

void Names::check(Reading& reading, std::size_t line, std::string_view name) const {
    if (all_.contains(name)) return;
    reading.fail(ScenarioFault::kUnknownName, line,
                 "no " + thing_ + " has the id " + instead_of(name, one_of(in_order_)));
}

void check_id(Context& context, const YamlKey& key) {
    if (accord::is_id(key.text)) return;
    context.reading.fail(ScenarioFault::kValue, key.line,
                         instead_of(key.text, "an id of 1 to 96 of A-Z a-z 0-9 . _ : -"));
}

accord::PartyId party_of(Context& context, const YamlNode* node) {
    return accord::PartyId(known_of(context, node, context.parties));
}

std::string agreement_of(Context& context, const YamlNode* node) {
    return known_of(context, node, context.agreements);
}

std::string airspace_of(Context& context, const YamlNode* node) {
    return known_of(context, node, context.airspaces);
}

std::vector<accord::PartyId> parties_of(Context& context, const YamlNode* node, std::size_t least,
                                        std::size_t most) {
    std::vector<accord::PartyId> parties;
    std::set<accord::PartyId> seen;
    for (const YamlNode& one : list_of(context.reading, node, most)) {
        parties.push_back(party_of(context, &one));
        if (!seen.insert(parties.back()).second) {
            context.reading.fail(ScenarioFault::kConflict, one.line,
                                 "'" + one.text + "' twice, expected different parties");
        }
    }
    if (node != nullptr && parties.size() < least) {
        context.reading.fail(ScenarioFault::kRange, node->line,
                             std::to_string(parties.size()) + " parties, expected at least " +
                                 std::to_string(least));
    }
    return parties;
}

std::vector<std::string> tracks_of(Context& context, const YamlNode* node, std::size_t most) {
    std::vector<std::string> tracks;
    std::set<std::string> seen;
    for (const YamlNode& one : list_of(context.reading, node, most)) {
        tracks.push_back(name_of(context.reading, &one));
        if (!seen.insert(tracks.back()).second) {
            context.reading.fail(ScenarioFault::kConflict, one.line,
                                 "'" + one.text + "' twice, expected different tracks");
        }
    }
    if (node != nullptr && tracks.empty()) {
        context.reading.fail(ScenarioFault::kRange, node->line,
                             "no track, expected at least one track id");
    }
    return tracks;
}

std::map<std::string, accord::PartyId> party_by_text(Context& context, const YamlNode* node) {
    std::map<std::string, accord::PartyId> parties;
    for (const auto& [key, value] : mapping_of(context.reading, node, ScenarioLimits::kMaxTracks)) {
        if (key->text.empty() || key->text.size() > ScenarioLimits::kMaxNameBytes) {
            context.reading.fail(
                ScenarioFault::kValue, key->line,
                instead_of(
                    key->text,
                    "a text of 1 to " + std::to_string(ScenarioLimits::kMaxNameBytes) + " bytes"));
        }
        parties.emplace(key->text, party_of(context, value));
    }
    return parties;
}

ScenarioItem item_of(Context& context, const YamlNode* node) {
    const std::string text = name_of(context.reading, node);
    if (text.empty()) return WarningName{};
    if (text.starts_with(kWarning)) return warning_of(context, *node);
    const auto item = accord::item_from(text);
    if (!item || item->kind == accord::ItemKind::kWarning) {
        context.reading.fail(ScenarioFault::kValue, node->line, instead_of(text, kItems));
        return WarningName{};
    }
    names_of(context, item->kind).check(context.reading, node->line, item->id);
    return *item;
}

accord::Level level_of(Reading& reading, const YamlNode* node) {
    using enum accord::Level;
    constexpr std::pair<std::string_view, accord::Level> kLevels[] = {
        {"none", kNone}, {"cells", kCells}, {"volume", kVolume}, {"full", kFull}};
    return value_of<accord::Level>(reading, node, kLevels);
}

accord::AlertPhase phase_of(Reading& reading, const YamlNode* node) {
    using enum accord::AlertPhase;
    constexpr std::pair<std::string_view, accord::AlertPhase> kPhases[] = {
        {"predicted", kPredicted},
        {"inside", kInside},
        {"resolved", kResolved},
        {"unresolved", kUnresolved}};
    return value_of<accord::AlertPhase>(reading, node, kPhases);
}

}  // namespace comity::wire
