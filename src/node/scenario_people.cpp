// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario_player.hpp"

#include "comity/base/check.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace comity::node {

void ScenarioPlayer::plan() {
    plan_parties();
    plan_agreements();
    plan_airspaces_and_intents();
    plan_people();
}

// Groups after the parties that are in them.
void ScenarioPlayer::plan_parties() {
    for (const bool is_group : {false, true}) {
        for (const wire::ScenarioParty& party : scenario_.parties) {
            if (party.group.has_value() != is_group) continue;
            at(scenario_.start, [this, &party] {
                say_as_node({.operation = accord::PutParty{.keys = {cast_.key_of(party.id)},
                                                           .group = party.group},
                             .object = party.id.value()});
            });
        }
    }
}

void ScenarioPlayer::plan_agreements() {
    for (const wire::ScenarioAgreement& agreement : scenario_.agreements) {
        at(agreement.at, [this, &agreement] {
            const auto& signatories = agreement.terms.signatories;
            say(signatories.front(),
                {.operation = accord::ProposeAgreement{.terms = agreement.terms},
                 .object = agreement.id});
            for (std::size_t i = 1; i < signatories.size(); ++i) {
                say(signatories[i],
                    {.operation = accord::ChangeAgreement{.act = accord::AgreementAct::kAccept},
                     .object = agreement.id});
            }
        });
    }
}

void ScenarioPlayer::plan_airspaces_and_intents() {
    for (const wire::ScenarioAirspace& filed : scenario_.airspaces) {
        at(filed.at, [this, &filed] {
            say(filed.owner, {.operation = accord::PutAirspace{.area = parts_.areas.at(filed.id)},
                              .object = filed.id});
        });
    }
    for (const wire::ScenarioIntent& filed : scenario_.intents) {
        at(filed.at, [this, &filed] {
            say(filed.owner,
                {.operation = accord::PutIntent{.state = accord::IntentState::kAccepted,
                                                .aircraft = filed.aircraft,
                                                .volumes = filed.volumes,
                                                .route = filed.route},
                 .object = filed.id});
        });
    }
}

void ScenarioPlayer::plan_people() {
    for (const wire::ScenarioAct& one : scenario_.people) {
        if (const auto* time = std::get_if<geo::Instant>(&one.when)) {
            at(*time, [this, &one] { act(one); });
        } else {
            waiting_.emplace_back(&one, false);
        }
    }
}

bool ScenarioPlayer::names(const wire::ScenarioItem& what, const accord::ItemRef& item) const {
    if (const auto* reference = std::get_if<accord::ItemRef>(&what)) return *reference == item;
    const auto warning = history_.warnings.find(item.id);
    return item.kind == accord::ItemKind::kWarning && warning != history_.warnings.end() &&
           warning->second == std::get<wire::WarningName>(what);
}

void ScenarioPlayer::react(const accord::PartyId& who, const accord::ItemRef& item,
                           wire::AfterStep::Of step, geo::Instant time) {
    for (auto& [waiting, has_begun] : waiting_) {
        const auto& after = std::get<wire::AfterStep>(waiting->when);
        const bool is_it = !has_begun && waiting->who == who && after.of == step && waiting->what &&
                           names(*waiting->what, item);
        if (!is_it) continue;
        has_begun = true;
        at(time + after.delay, [this, act = waiting, item] { act_on(*act, item); });
    }
}

std::optional<accord::ItemRef> ScenarioPlayer::item_for(const accord::PartyId& who,
                                                        const wire::ScenarioItem& what) const {
    if (const auto* item = std::get_if<accord::ItemRef>(&what)) return *item;
    const accord::Notice* latest = nullptr;
    for (const auto& [key, notice] : node_->state().notices()) {
        const bool is_it = key.second == who && names(what, key.first) &&
                           (latest == nullptr || latest->first.at < notice.first.at);
        if (is_it) latest = &notice;
    }
    if (latest == nullptr) return std::nullopt;
    return latest->item;
}

void ScenarioPlayer::act(const wire::ScenarioAct& act) {
    if (const auto* step = std::get_if<wire::AgreementStep>(&act.does)) {
        return say(act.who, {.operation = accord::ChangeAgreement{.act = step->act},
                             .object = step->agreement});
    }
    if (const auto* call = std::get_if<wire::CallAct>(&act.does)) {
        return say(act.who,
                   {.operation = accord::LogCall{.channel = call->channel,
                                                 .to = call->to,
                                                 .at = clock_.now().time,
                                                 .answered = call->answered}},
                   call->about);
    }
    // A warning that was never told cannot be acted on: the expectations show it.
    if (const auto item = item_for(act.who, *act.what)) act_on(act, *item);
}

void ScenarioPlayer::act_on(const wire::ScenarioAct& act, const accord::ItemRef& item) {
    const accord::Notice* notice = node_->state().notice(act.who, item);
    const std::uint64_t version =
        act.version.value_or(notice == nullptr ? 1 : notice->last.version);
    Line line{.operation = accord::Withdraw{}, .object = to_string(item)};
    struct Fill {
        Line& line;
        std::uint64_t version;
        void operator()(const wire::ReceiveAct&) const {
            line.operation = accord::Received{.version = version};
        }
        void operator()(const wire::ReadAct& read) const {
            line.operation = accord::Read{.version = version};
            line.person = read.person;
        }
        void operator()(const wire::PassOnAct& pass_on) const {
            line.operation = accord::PassOn{.version = version, .to = pass_on.to};
        }
        void operator()(const wire::ObjectAct&) const {
            line.operation = accord::Object{.version = version};
        }
        void operator()(const wire::WithdrawAct&) const {}
        void operator()(const wire::AgreementStep&) const {}
        void operator()(const wire::CallAct&) const {}
    };
    std::visit(Fill{line, version}, act.does);
    say(act.who, std::move(line));
}

void ScenarioPlayer::say(const accord::PartyId& who, Line line, std::string about) {
    Cast::Spoken spoken = cast_.signed_request(who, line, clock_.now().time);
    if (parts_.live != nullptr && spoken.reader) parts_.live->named(*spoken.reader, line.person);
    const auto ticket = node_->submit_signed(std::move(spoken.dsse));
    COMITY_CHECK(ticket.has_value());
    said_.emplace(*ticket, Said{.who = who, .line = std::move(line), .about = std::move(about)});
}

void ScenarioPlayer::say_as_node(Line line) {
    const auto ticket = node_->submit_vouched(cast_.own_request(line, clock_.now().time));
    COMITY_CHECK(ticket.has_value());
    const accord::PartyId who{std::string(accord::kNodeParty)};
    said_.emplace(*ticket, Said{.who = who, .line = std::move(line), .about = {}});
}

}  // namespace comity::node
