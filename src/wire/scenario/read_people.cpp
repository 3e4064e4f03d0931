// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What people do, and when.
#include "sections.hpp"

#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

namespace comity::wire {
namespace {

enum class Deed : std::uint8_t {
    kReceive,
    kRead,
    kPassOn,
    kObject,
    kWithdraw,
    kSuspend,
    kResume,
    kEnd,
    kCall,
};

Deed deed_of(Reading& reading, const YamlNode* node) {
    constexpr std::pair<std::string_view, Deed> kDeeds[] = {
        {"receive", Deed::kReceive}, {"read", Deed::kRead},         {"pass_on", Deed::kPassOn},
        {"object", Deed::kObject},   {"withdraw", Deed::kWithdraw}, {"suspend", Deed::kSuspend},
        {"resume", Deed::kResume},   {"end", Deed::kEnd},           {"call", Deed::kCall}};
    return value_of<Deed>(reading, node, kDeeds);
}

accord::Channel channel_of(Reading& reading, const YamlNode* node) {
    using enum accord::Channel;
    constexpr std::pair<std::string_view, accord::Channel> kChannels[] = {
        {"guard", kGuard}, {"radio", kRadio}, {"telephone", kTelephone}, {"in_person", kInPerson}};
    return value_of<accord::Channel>(reading, node, kChannels);
}

AfterStep::Of step_of(Reading& reading, const YamlNode* node) {
    using enum AfterStep::Of;
    constexpr std::pair<std::string_view, AfterStep::Of> kSteps[] = {
        {"told", kTold}, {"received", kReceived}, {"read", kRead}};
    return value_of<AfterStep::Of>(reading, node, kSteps);
}

std::variant<geo::Instant, AfterStep> when_of(Context& context, Fields& fields, bool has_item) {
    Reading& reading = context.reading;
    const YamlNode* at = fields.find("at");
    const YamlNode* after = fields.find("after");
    if ((at == nullptr) == (after == nullptr)) {
        reading.fail(at == nullptr ? ScenarioFault::kMissingKey : ScenarioFault::kConflict,
                     fields.line(),
                     at == nullptr ? "an act without a time, expected 'at' or 'after'"
                                   : "'at' and 'after', expected one of them");
        return geo::Instant{};
    }
    if (at != nullptr) return instant_within(reading, at, context.times);
    if (!has_item) {
        reading.fail(ScenarioFault::kConflict, after->line,
                     "'after' of an act about nothing that can be told, expected 'at'");
    }
    return AfterStep{.delay = duration_of(reading, after, kAnyDuration, geo::Milliseconds(0)),
                     .of = step_of(reading, fields.find("of"))};
}

CallAct call_of(Context& context, Fields& fields) {
    CallAct call{.channel = channel_of(context.reading, fields.need("channel")),
                 .to = {},
                 .answered = {},
                 .about = paragraph_of(context.reading, fields.find("about"))};
    if (const YamlNode* to = fields.find("to")) call.to = party_of(context, to);
    if (const YamlNode* answered = fields.find("answered")) {
        call.answered = flag_of(context.reading, answered);
    }
    return call;
}

PassOnAct pass_on_of(Context& context, Fields& fields) {
    const auto to = parties_of(context, fields.need("to"), 1, ScenarioLimits::kMaxParties);
    return {.to = {to.begin(), to.end()}};
}

AgreementStep step_of(Context& context, Fields& fields, accord::AgreementAct act) {
    return {.act = act, .agreement = agreement_of(context, fields.need("agreement"))};
}

decltype(ScenarioAct::does) act_of(Context& context, Fields& fields, Deed deed) {
    switch (deed) {
        case Deed::kReceive:
            return ReceiveAct{};
        case Deed::kRead:
            return ReadAct{.person = name_of(context.reading, fields.need("person"))};
        case Deed::kPassOn:
            return pass_on_of(context, fields);
        case Deed::kObject:
            return ObjectAct{};
        case Deed::kWithdraw:
            return WithdrawAct{};
        case Deed::kSuspend:
            return step_of(context, fields, accord::AgreementAct::kSuspend);
        case Deed::kResume:
            return step_of(context, fields, accord::AgreementAct::kResume);
        case Deed::kEnd:
            return step_of(context, fields, accord::AgreementAct::kEnd);
        case Deed::kCall:
            return call_of(context, fields);
    }
    return ReceiveAct{};
}

bool is_about_item(const Fields& fields, Deed deed) {
    if (deed == Deed::kCall) return fields.has("what");
    return deed != Deed::kSuspend && deed != Deed::kResume && deed != Deed::kEnd;
}

std::optional<ScenarioItem> what_of(Context& context, Fields& fields, Deed deed) {
    if (deed == Deed::kSuspend || deed == Deed::kResume || deed == Deed::kEnd) return std::nullopt;
    const YamlNode* what = deed == Deed::kCall ? fields.find("what") : fields.need("what");
    if (what == nullptr) return std::nullopt;
    return item_of(context, what);
}

bool states_version(Deed deed) {
    return deed == Deed::kReceive || deed == Deed::kRead || deed == Deed::kPassOn ||
           deed == Deed::kObject;
}

void read_act(Context& context, const YamlNode& node) {
    Fields fields(context.reading, node, "an act");
    const accord::PartyId who = party_of(context, fields.need("who"));
    const YamlNode* does = fields.need("does");
    if (does == nullptr) {
        // Without it no other key can be judged.
        context.reading.fail(ScenarioFault::kMissingKey, node.line,
                             "an act without 'does', expected this key");
        return;
    }
    const Deed deed = deed_of(context.reading, does);
    ScenarioAct act{.line = node.line,
                    .who = who,
                    .when = when_of(context, fields, is_about_item(fields, deed)),
                    .what = what_of(context, fields, deed),
                    .version = {},
                    .does = act_of(context, fields, deed)};
    const YamlNode* version = states_version(deed) ? fields.find("version") : nullptr;
    if (version != nullptr) act.version = count_of(context.reading, version);
    fields.finish();
    context.scenario.people.push_back(std::move(act));
}

}  // namespace

void read_people(Context& context, const YamlNode* node) {
    for (const YamlNode& act : list_of(context.reading, node, ScenarioLimits::kMaxActs)) {
        read_act(context, act);
        if (context.reading.has_failed()) return;
    }
}

}  // namespace comity::wire
