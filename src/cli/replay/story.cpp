// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "replay/story.hpp"

#include "replay/story_words.hpp"

#include <algorithm>
#include <ranges>
#include <utility>
#include <variant>

#include <fmt/core.h>

namespace comity::cli {
namespace {

bool is_same_prediction(const accord::Alert& a, const accord::Alert& b) {
    return a.phase == b.phase && a.entry_by_intent.has_value() == b.entry_by_intent.has_value() &&
           a.entry_by_track.has_value() == b.entry_by_track.has_value() && a.entered == b.entered &&
           a.left == b.left;
}

RowKind kind_of(accord::AlertPhase phase) {
    switch (phase) {
        case accord::AlertPhase::kPredicted:
            return RowKind::kWarning;
        case accord::AlertPhase::kInside:
            return RowKind::kInside;
        case accord::AlertPhase::kResolved:
        case accord::AlertPhase::kUnresolved:
            break;
    }
    return RowKind::kClosed;
}

accord::PartyId comity() {
    return accord::PartyId(std::string(accord::kNodeParty));
}

}  // namespace

std::vector<Row> Story::take(const node::History& history, bool is_end) {
    const auto& all = history.happenings;
    std::vector<Row> rows;
    while (next_ < all.size()) {
        std::size_t end = next_;
        while (end < all.size() && all[end].time == all[next_].time) ++end;
        if (end == all.size() && !is_end) break;
        take_moment(history, next_, end);
        next_ = end;
        for (Draft& draft : drafts_) {
            draft.row.who = joined(draft.who);
            draft.row.told = joined(draft.told);
            rows.push_back(std::move(draft.row));
        }
        drafts_.clear();
    }
    return rows;
}

// What is told comes after what it is told of, whatever left first.
void Story::take_moment(const node::History& history, std::size_t begin, std::size_t end) {
    for (const bool of_tellings : {false, true}) {
        for (std::size_t i = begin; i < end; ++i) {
            const node::Happening& one = history.happenings[i];
            if (std::holds_alternative<node::Telling>(one.what) != of_tellings) continue;
            std::visit([&](const auto& what) { take_one(history, one.time, what); }, one.what);
        }
    }
}

Story::Draft& Story::add(geo::Instant time, RowKind kind, const accord::PartyId& who,
                         std::string what) {
    drafts_.push_back({.row = {.time = time, .kind = kind, .who = {}, .what = std::move(what)},
                       .item = {},
                       .who = {names_.party(who)}});
    return drafts_.back();
}

void Story::take_one(const node::History& history, geo::Instant time, const node::Filing& filing) {
    const bool is_accepted = filing.decided.outcome == accord::Outcome::kAccepted;
    if (is_accepted && std::holds_alternative<accord::Received>(filing.operation)) {
        return take_received(history, time, filing);
    }
    const bool is_first =
        is_accepted && filing.object &&
        filed_.insert(fmt::format("{} {}", filing.operation.index(), *filing.object)).second;
    if (is_accepted && join_previous(filing)) return;
    auto [kind, what] = words_of(filing, is_first, names_, history);
    Draft& draft = add(time, kind, filing.who, std::move(what));
    if (!filing.object || !is_accepted) return;
    draft.item = accord::item_from(*filing.object);
    if (std::holds_alternative<accord::PutIntent>(filing.operation)) {
        draft.item = accord::ItemRef{.kind = accord::ItemKind::kIntent, .id = *filing.object};
    } else if (std::holds_alternative<accord::PutAirspace>(filing.operation) ||
               std::holds_alternative<accord::EndAirspace>(filing.operation)) {
        draft.item = accord::ItemRef{.kind = accord::ItemKind::kAirspace, .id = *filing.object};
    } else if (kind == RowKind::kAgreement) {
        draft.item = accord::ItemRef{.kind = accord::ItemKind::kAgreement, .id = *filing.object};
    }
}

// Parties that begin at one moment are one row; so is who accepts an agreement.
bool Story::join_previous(const node::Filing& filing) {
    if (drafts_.empty()) return false;
    Draft& previous = drafts_.back();
    if (std::holds_alternative<accord::PutParty>(filing.operation) &&
        previous.row.kind == RowKind::kParty) {
        previous.row.what += ", " + names_.party(accord::PartyId(*filing.object));
        return true;
    }
    const auto* change = std::get_if<accord::ChangeAgreement>(&filing.operation);
    const bool is_accepted = change != nullptr && change->act == accord::AgreementAct::kAccept &&
                             previous.item && previous.item->id == *filing.object &&
                             previous.row.kind == RowKind::kAgreement;
    if (!is_accepted) return false;
    const std::string accepted = "; accepted by ";
    const bool is_next = previous.row.what.find(accepted) != std::string::npos;
    previous.row.what += (is_next ? ", " : accepted) + names_.party(filing.who);
    return true;
}

// A machine's word, short: of each item once, of several parties and items in one row.
void Story::take_received(const node::History& history, geo::Instant time,
                          const node::Filing& filing) {
    const auto item = accord::item_from(filing.object.value_or(""));
    if (!item || item->kind == accord::ItemKind::kAgreement) return;
    if (!received_.insert({filing.who, *item}).second) return;
    const std::string who = names_.party(filing.who);
    const std::string what = names_.item(*item, history);
    for (Draft& draft : drafts_) {
        if (draft.row.kind != RowKind::kReceived) continue;
        if (draft.item == item) return draft.who.push_back(who);
        if (draft.who == std::vector{who}) {
            draft.row.what += ", " + what;
            return;
        }
    }
    add(time, RowKind::kReceived, filing.who, "received " + what).item = item;
}

void Story::take_one(const node::History&, geo::Instant time, const node::AlertStep& step) {
    if (step.before && is_same_prediction(*step.before, step.alert)) {
        ++updates_;
        return;
    }
    add(time, kind_of(step.alert.phase), comity(), words_of(step.alert, names_)).item =
        accord::ItemRef{.kind = accord::ItemKind::kWarning, .id = step.alert.id};
}

void Story::take_one(const node::History& history, geo::Instant time, const node::Missed& missed) {
    add(time, RowKind::kLate, comity(), words_of(missed.escalation, names_, history)).item =
        missed.escalation.item;
}

void Story::take_one(const node::History& history, geo::Instant time,
                     const node::Telling& telling) {
    const accord::ItemRef& item = telling.delivery.item;
    const bool is_first = told_.insert({telling.delivery.to, item}).second;
    const bool is_own_word =
        item.kind == accord::ItemKind::kAgreement && telling.why == accord::Why::kSignatory;
    if (is_own_word) return;
    const bool is_escalated = telling.why == accord::Why::kEscalated;
    Draft* of = nullptr;
    for (Draft& draft : drafts_) {
        if (draft.item != item || draft.row.kind == RowKind::kReceived) continue;
        if (of == nullptr || !is_escalated || draft.row.kind == RowKind::kLate) of = &draft;
    }
    if (of == nullptr && !is_first) return;
    if (of == nullptr) {
        of = &add(time, RowKind::kTold, comity(),
                  "passes on what stands: " + names_.item(item, history));
        of->item = item;
    }
    // Several steps of one moment are one line, and so is what they told the same party.
    std::string told = words_of(telling, names_);
    if (std::ranges::find(of->told, told) == of->told.end()) of->told.push_back(std::move(told));
}

}  // namespace comity::cli
