// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Parties, what they agreed, and what their machines do by themselves.
#include "sections.hpp"

#include <algorithm>

namespace comity::wire {
namespace {

constexpr DurationRange kDeadline{.least = geo::Milliseconds(1),
                                  .most = ScenarioLimits::kMaxLength};

accord::Group group_of(Context& context, const YamlNode& node, const std::string& id) {
    Fields fields(context.reading, node, "a group");
    const accord::PartyId lead = party_of(context, fields.need("lead"));
    const YamlNode* members = fields.need("members");
    fields.finish();
    accord::Group group{.lead = lead, .members = {}};
    for (const auto& member : parties_of(context, members, 1, accord::Party::kMaxMembers)) {
        group.members.insert(member);
        if (member.value() == id) {
            context.reading.fail(ScenarioFault::kConflict, members->line,
                                 "the group among its own members, expected other parties");
        }
    }
    if (!group.members.contains(lead)) {
        context.reading.fail(ScenarioFault::kConflict, node.line,
                             "a lead that is no member, expected one of the members");
    }
    return group;
}

void read_party(Context& context, const YamlKey& key, const YamlNode& node) {
    Fields fields(context.reading, node, "a party");
    ScenarioParty party{.line = key.line,
                        .id = accord::PartyId(key.text),
                        .name = name_of(context.reading, fields.need("name")),
                        .group = {}};
    if (const YamlNode* group = fields.find("group")) {
        party.group = group_of(context, *group, key.text);
    }
    fields.finish();
    context.scenario.parties.push_back(std::move(party));
}

// A group speaks for its members, and no member for others.
void check_groups(Context& context) {
    std::set<accord::PartyId> groups;
    for (const ScenarioParty& party : context.scenario.parties) {
        if (party.group) groups.insert(party.id);
    }
    for (const ScenarioParty& party : context.scenario.parties) {
        if (!party.group) continue;
        for (const accord::PartyId& member : party.group->members) {
            if (!groups.contains(member)) continue;
            context.reading.fail(ScenarioFault::kConflict, party.line,
                                 "the group '" + member.value() +
                                     "' among the members, expected parties that are no groups");
        }
    }
}

accord::Shared shared_of(Reading& reading, const YamlNode* node) {
    using enum accord::Shared;
    constexpr std::pair<std::string_view, accord::Shared> kWhat[] = {
        {"intents", kIntents}, {"airspaces", kAirspaces}, {"alerts", kAlerts}};
    return value_of<accord::Shared>(reading, node, kWhat);
}

void check_different(Context& context, const YamlNode& rule, const accord::PartyId& a,
                     const accord::PartyId& b) {
    if (a != b) return;
    context.reading.fail(ScenarioFault::kConflict, rule.line,
                         "a rule of '" + a.value() + "' with itself, expected two parties");
}

accord::ShareRule share_rule_of(Context& context, const YamlNode& node) {
    Fields fields(context.reading, node, "a rule of sharing");
    accord::ShareRule rule{.what = shared_of(context.reading, fields.need("what")),
                           .from = party_of(context, fields.need("from")),
                           .to = party_of(context, fields.need("to")),
                           .level = level_of(context.reading, fields.need("level")),
                           .is_residual = flag_of(context.reading, fields.find("residual"))};
    fields.finish();
    check_different(context, node, rule.from, rule.to);
    return rule;
}

accord::RelayRule relay_rule_of(Context& context, const YamlNode& node) {
    Fields fields(context.reading, node, "a rule of relaying");
    accord::RelayRule rule{.by = party_of(context, fields.need("by")),
                           .to = party_of(context, fields.need("to")),
                           .level = level_of(context.reading, fields.need("level"))};
    fields.finish();
    check_different(context, node, rule.by, rule.to);
    return rule;
}

accord::Deadlines deadlines_of(Context& context, const YamlNode* node) {
    accord::Deadlines deadlines;
    if (node == nullptr) return deadlines;
    Fields fields(context.reading, *node, "deadlines");
    for (const auto& [key, deadline] :
         {std::pair("received", &deadlines.received), std::pair("read", &deadlines.read),
          std::pair("passed_on", &deadlines.passed_on)}) {
        *deadline = duration_of(context.reading, fields.find(key), kDeadline, *deadline);
    }
    fields.finish();
    return deadlines;
}

accord::Terms terms_of(Context& context, Fields& fields) {
    using accord::Terms;
    Terms terms;
    terms.signatories = parties_of(context, fields.need("signatories"), 2, Terms::kMaxSignatories);
    for (const YamlNode& rule : list_of(context.reading, fields.find("share"), Terms::kMaxRules)) {
        terms.share.push_back(share_rule_of(context, rule));
    }
    for (const YamlNode& rule : list_of(context.reading, fields.find("relay"), Terms::kMaxRules)) {
        terms.relay.push_back(relay_rule_of(context, rule));
    }
    if (const YamlNode* node = fields.find("deadlines")) {
        Fields deadlines(context.reading, *node, "the deadlines of an agreement");
        terms.intents = deadlines_of(context, deadlines.find("intents"));
        terms.alerts = deadlines_of(context, deadlines.find("alerts"));
        deadlines.finish();
    }
    terms.escalation = parties_of(context, fields.find("escalation"), 0, Terms::kMaxEscalation);
    return terms;
}

}  // namespace

void read_parties(Context& context, const YamlNode* node) {
    const NamedNodes parties = mapping_of(context.reading, node, ScenarioLimits::kMaxParties);
    if (node != nullptr && parties.empty()) {
        context.reading.fail(ScenarioFault::kRange, node->line, "no party, expected at least one");
    }
    for (const auto& [key, value] : parties) {
        check_id(context, *key);
        if (key->text == accord::kNodeParty) {
            context.reading.fail(ScenarioFault::kConflict, key->line,
                                 "'node' is the node itself, expected another id");
        }
        context.parties.add(key->text);
    }
    for (const auto& [key, value] : parties) read_party(context, *key, *value);
    check_groups(context);
}

void read_agreements(Context& context, const YamlNode* node) {
    for (const auto& [key, value] :
         mapping_of(context.reading, node, ScenarioLimits::kMaxAgreements)) {
        check_id(context, *key);
        Fields fields(context.reading, *value, "an agreement");
        const geo::Instant at = instant_within(context.reading, fields.find("at"), context.times);
        context.scenario.agreements.push_back(
            {.line = key->line, .id = key->text, .at = at, .terms = terms_of(context, fields)});
        fields.finish();
        context.agreements.add(key->text);
    }
}

void read_systems(Context& context, const YamlNode* node) {
    for (const auto& [key, value] :
         mapping_of(context.reading, node, ScenarioLimits::kMaxParties)) {
        context.parties.check(context.reading, key->line, key->text);
        Fields fields(context.reading, *value, "a system");
        context.scenario.systems.push_back(
            {.line = key->line,
             .party = accord::PartyId(key->text),
             .receives_after = duration_of(context.reading, fields.need("receives_after"),
                                           kAnyDuration, geo::Milliseconds(0))});
        fields.finish();
    }
}

}  // namespace comity::wire
