// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/board.hpp"

#include "incidents.hpp"

#include "comity/base/check.hpp"
#include "comity/base/json_text.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace comity::server {
namespace {

bool is_same(const Text& a, const Text& b) {
    return a != nullptr && b != nullptr && *a == *b;
}

// A page of items is read more often than any of them changes.
Text json_of(std::string_view content) {
    std::string json;
    base::append_json_text(json, content);
    return std::make_shared<const std::string>(std::move(json));
}

}  // namespace

const ToldEvent* PartyBoard::delivery(std::uint64_t number) const {
    if (deliveries.empty() || number < first_number() || number > last_number()) return nullptr;
    return &deliveries[number - first_number()];
}

void Board::apply(std::vector<Event> events) {
    for (Event& event : events) {
        std::visit([this](auto& one) { take(std::move(one)); }, event);
    }
}

const PartyBoard& Board::party(const accord::PartyId& id) const {
    static const PartyBoard kEmpty;
    const auto found = parties_.find(id);
    return found == parties_.end() ? kEmpty : found->second;
}

void Board::take(ToldEvent event) {
    PartyBoard& board = parties_[event.to];
    ItemBoard& item = board.items[event.item];
    if (!item.is_own) {
        item.version = event.version;
        item.time = event.time;
        item.content = event.content;
        item.json = json_of(*event.content);
        if (event.number > 0) item.number = event.number;
    }
    auto& kept = event.number > 0 ? board.deliveries : board.unrecorded;
    COMITY_CHECK(event.number == 0 || kept.empty() || event.number == kept.back().number + 1);
    const accord::PartyId to = event.to;
    kept.push_back(std::move(event));
    if (board.deliveries.size() > PartyBoard::kMaxDeliveries) board.deliveries.pop_front();
    if (board.unrecorded.size() > PartyBoard::kMaxUnrecorded) board.unrecorded.pop_front();
    // Whoever is warned hears of it before anything is looked up for later.
    listener_.told(to, kept.back());
    if (kept.back().item.kind == accord::ItemKind::kWarning) follow_warning(board, kept.back());
}

void Board::take(NoticeEvent event) {
    Text& standing = parties_[event.viewer].items[event.item].notices[event.to];
    // What was not changed for this viewer is no news to it.
    if (is_same(standing, event.notice)) return;
    standing = event.notice;
    listener_.noticed(event);
}

void Board::take(OwnEvent event) {
    ItemBoard& item = parties_[event.owner].items[event.item];
    if (item.is_own && is_same(item.content, event.content)) return;
    item.is_own = true;
    item.version = event.version;
    item.time = event.time;
    item.number.reset();
    item.json = json_of(*event.content);
    item.content = std::move(event.content);
    listener_.own_changed(event.owner, event.item);
}

void Board::take(const ForgottenEvent& event) {
    const auto found = parties_.find(event.party);
    if (found == parties_.end()) return;
    found->second.items.erase(event.item);
    std::erase_if(found->second.unrecorded,
                  [&](const ToldEvent& told) { return told.item == event.item; });
}

void Board::take(PartiesEvent event) {
    parties_[event.viewer].parties = std::move(event.parties);
}

void Board::take(const AnswerEvent& event) {
    event.done(event.settled);
}

void Board::take(FrameEvent event) {
    follow_frame(parties_[event.to], event);
    listener_.framed(event);
}

void Board::take(BeatEvent event) {
    beat_ = std::move(event);
    listener_.beaten();
}

}  // namespace comity::server
