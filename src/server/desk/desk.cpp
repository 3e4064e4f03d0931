// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/desk.hpp"

#include "comity/accord/life.hpp"
#include "comity/base/check.hpp"
#include "comity/seal/base64.hpp"
#include "comity/server/board.hpp"
#include "comity/wire/delivery.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>
#include <variant>

namespace comity::server {
namespace {

Text text_of(std::string text) {
    return std::make_shared<const std::string>(std::move(text));
}

bool changes_parties(const accord::Operation& operation) {
    return std::holds_alternative<accord::PutParty>(operation) ||
           std::holds_alternative<accord::ProposeAgreement>(operation) ||
           std::holds_alternative<accord::ChangeAgreement>(operation);
}

bool changes_item(const accord::Operation& operation) {
    return std::holds_alternative<accord::PutIntent>(operation) ||
           std::holds_alternative<accord::PutAirspace>(operation) ||
           std::holds_alternative<accord::EndAirspace>(operation) ||
           std::holds_alternative<accord::Withdraw>(operation);
}

// The item whose notices or whose own text an operation changes.
std::optional<accord::ItemRef> changed_item(const accord::Request& request) {
    if (!request.object) return std::nullopt;
    const std::string& object = *request.object;
    const auto& operation = request.operation;
    if (std::holds_alternative<accord::PutIntent>(operation)) {
        return accord::ItemRef{.kind = accord::ItemKind::kIntent, .id = object};
    }
    if (std::holds_alternative<accord::PutAirspace>(operation) ||
        std::holds_alternative<accord::EndAirspace>(operation)) {
        return accord::ItemRef{.kind = accord::ItemKind::kAirspace, .id = object};
    }
    return accord::item_from(object);
}

accord::PartyId nobody() {
    return accord::PartyId("");
}

}  // namespace

void Desk::open(const accord::State& state) {
    state_ = &state;
    for (auto& [party, told] : told_before_) {
        std::ranges::move(told, std::back_inserter(events_));
    }
    told_before_.clear();
    parties_changed_ = true;
    for (const auto& [key, notice] : state.notices()) changed_.insert(key.first);
    for (const auto& [id, intent] : state.intents()) {
        changed_.insert({.kind = accord::ItemKind::kIntent, .id = id});
    }
    for (const auto& [id, airspace] : state.airspaces()) {
        changed_.insert({.kind = accord::ItemKind::kAirspace, .id = id});
    }
}

void Desk::expect(node::Ticket ticket, SettledDone done) {
    expected_.emplace(ticket, std::move(done));
}

std::vector<Event> Desk::take() {
    if (state_ != nullptr) {
        if (std::exchange(parties_changed_, false)) add_parties();
        for (const accord::ItemRef& item : std::exchange(changed_, {})) {
            add_own(item);
            add_notices(item);
        }
    }
    return std::exchange(events_, {});
}

void Desk::deliver(const node::Delivery& delivery) {
    known_.emplace(delivery.to, delivery.item);
    ToldEvent told{.to = delivery.to,
                   .number = delivery.number,
                   .item = delivery.item,
                   .version = delivery.version,
                   .time = delivery.time,
                   .content = text_of(delivery.bytes)};
    // What is not recorded leaves by itself: nobody hears of others by it.
    if (delivery.number > 0) changed_.insert(delivery.item);
    if (state_ != nullptr) {
        events_.emplace_back(std::move(told));
        return;
    }
    std::deque<ToldEvent>& before = told_before_[delivery.to];
    before.push_back(std::move(told));
    if (before.size() > PartyBoard::kMaxDeliveries) before.pop_front();
}

void Desk::answer(const node::Answer& answer) {
    const auto found = expected_.find(answer.ticket);
    if (found == expected_.end()) return;
    Settled settled{.of = answer.of};
    if (std::holds_alternative<node::Decided>(answer.of)) settled.filed = last_filed_;
    events_.emplace_back(AnswerEvent{.done = std::move(found->second), .settled = settled});
    expected_.erase(found);
}

void Desk::escalated(const accord::Escalation& escalation, geo::Instant /*time*/) {
    changed_.insert(escalation.item);
}

void Desk::filed(const node::Filed& filed) {
    const accord::Request& request = filed.request;
    last_filed_ = ++filed_[request.party];
    if (filed.decided.outcome != accord::Outcome::kAccepted) return;
    if (changes_parties(request.operation)) parties_changed_ = true;
    const auto item = changed_item(request);
    if (!item) return;
    changed_.insert(*item);
    if (changes_item(request.operation)) filed_at_[*item] = filed.decided.time;
    const auto by = filed.is_signed ? wire::StatedBy::kKey : wire::StatedBy::kNode;
    // Repeats change nothing: who stated it first did.
    const auto state = [&](std::optional<wire::StatedBy> Stated::*step) {
        Stated& stated = stated_[{*item, request.party}];
        if (!(stated.*step)) stated.*step = by;
    };
    if (std::holds_alternative<accord::Received>(request.operation)) state(&Stated::received);
    if (std::holds_alternative<accord::Read>(request.operation)) state(&Stated::read);
    if (std::holds_alternative<accord::Object>(request.operation)) state(&Stated::objected);
}

void Desk::add_notices(const accord::ItemRef& item) {
    const auto& notices = state_->notices();
    for (auto at = notices.lower_bound({item, nobody()});
         at != notices.end() && at->first.first == item; ++at) {
        add_notice(at->second);
    }
}

void Desk::add_notice(const accord::Notice& notice) {
    wire::NoticeContext context;
    if (const auto found = stated_.find({notice.item, notice.to}); found != stated_.end()) {
        context = {.received = found->second.received,
                   .read = found->second.read,
                   .objected = found->second.objected};
    }
    const Text of_others = text_of(wire::notice_text(notice_for_others(notice), context));
    for (const accord::PartyId& viewer : viewers(*state_, notice)) {
        Text text = of_others;
        // A person's name is for their own party alone.
        if (viewer == notice.to && notice.read) {
            context.reader = name_of_(notice.reader);
            text = text_of(wire::notice_text(notice, context));
        }
        known_.emplace(viewer, notice.item);
        events_.emplace_back(
            NoticeEvent{.viewer = viewer, .item = notice.item, .to = notice.to, .notice = text});
    }
}

void Desk::add_own(const accord::ItemRef& item) {
    const accord::PartyId* owner = nullptr;
    if (item.kind == accord::ItemKind::kIntent) {
        const accord::Intent* intent = state_->intent(item.id);
        if (intent != nullptr) owner = &intent->owner;
    } else if (item.kind == accord::ItemKind::kAirspace) {
        const accord::FiledAirspace* airspace = state_->airspace(item.id);
        if (airspace != nullptr) owner = &airspace->owner;
    }
    if (owner == nullptr) return;
    const auto released = release_own(*state_, *owner, item);
    COMITY_CHECK(released.has_value());
    known_.emplace(*owner, item);
    events_.emplace_back(OwnEvent{.owner = *owner,
                                  .item = item,
                                  .version = released->version,
                                  .time = filed_at_[item],
                                  .content = text_of(wire::delivery_bytes(*released, 0))});
}

void Desk::add_parties() {
    for (const auto& [id, party] : state_->parties()) {
        PartiesEvent event{.viewer = id};
        for (const accord::PartyId& one : acquaintances(*state_, id)) {
            const accord::Party* known = state_->party(one);
            PartyLine line{.id = one, .group = known->group};
            for (const seal::Hash& key : known->keys) {
                line.keys.push_back(seal::encode_base64(key.span()));
            }
            event.parties.push_back(std::move(line));
        }
        events_.emplace_back(std::move(event));
    }
}

void Desk::forget() {
    if (state_ == nullptr) return;
    const auto stands = [this](const accord::PartyId& party, const accord::ItemRef& item) {
        return state_->notice(party, item) != nullptr || release_own(*state_, party, item) ||
               !lives(*state_, party, item).empty();
    };
    for (auto at = known_.begin(); at != known_.end();) {
        if (stands(at->first, at->second)) {
            ++at;
            continue;
        }
        events_.emplace_back(ForgottenEvent{.party = at->first, .item = at->second});
        at = known_.erase(at);
    }
    std::erase_if(filed_at_, [this](const auto& one) {
        const accord::ItemRef& item = one.first;
        return item.kind == accord::ItemKind::kIntent ? state_->intent(item.id) == nullptr
                                                      : state_->airspace(item.id) == nullptr;
    });
    std::erase_if(stated_, [this](const auto& one) {
        return state_->notice(one.first.second, one.first.first) == nullptr;
    });
}

}  // namespace comity::server
