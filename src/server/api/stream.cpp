// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "stream.hpp"

#include "texts.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

namespace comity::server {
namespace {

// The members of an object, behind its type.
std::string typed(std::string_view type, std::string_view object) {
    return fmt::format(R"({{"type":"{}",{})", type, object.substr(1));
}

}  // namespace

PartyStream::PartyStream(Options options, const Board& board, std::shared_ptr<StreamSender> sender)
    : options_(std::move(options)), board_(board), sender_(std::move(sender)) {
    if (options_.has_tracks) names_ = board_.party(caller().party).names;
}

void PartyStream::begin(const std::string& origin) {
    const PartyBoard& board = board_.party(caller().party);
    std::string hello = R"({"type":"hello","party":)";
    append_text(hello, caller().party.value());
    hello += R"(,"origin":)";
    append_text(hello, origin);
    hello += fmt::format(R"(,"last":{},"time":)", board.last_number());
    append_time(hello, board_.beat().time);
    hello += R"(,"beat_ms":1000})";
    send(std::move(hello));
    for (const ToldEvent& unrecorded : board.unrecorded) {
        const auto item = board.items.find(unrecorded.item);
        // It came again with a number, or is forgotten.
        if (item == board.items.end() || item->second.content != unrecorded.content) continue;
        send(typed("delivery", delivery_text(unrecorded)));
    }
    pump();
}

void PartyStream::send(std::string text) {
    sender_->send_text(std::make_shared<const std::string>(std::move(text)));
}

// A warning that is not recorded has no number by which it could be caught up: it goes at once.
void PartyStream::told(const ToldEvent& event) {
    if (event.number == 0) send(typed("delivery", delivery_text(event)));
    pump();
}

void PartyStream::noticed(const NoticeEvent& event) {
    notices_.emplace(event.item, event.to);
    pump();
}

void PartyStream::own_changed(const accord::ItemRef& item) {
    own_.insert(item);
    pump();
}

void PartyStream::framed(const FrameEvent& event) {
    if (!options_.has_tracks) return;
    for (const TrackName& name : event.names) names_.insert_or_assign(name.number, name);
    if (!has_room()) {
        ++missed_frames_;
        return;
    }
    if (missed_frames_ > 0) {
        send(fmt::format(R"({{"type":"missed","what":"tracks","count":{}}})",
                         std::exchange(missed_frames_, 0)));
    }
    if (!names_.empty()) send(names_text(std::exchange(names_, {})));
    sender_->send_binary(event.frame);
}

void PartyStream::beaten() {
    if (!has_room()) return;
    const BeatEvent& beat = board_.beat();
    std::string out = R"({"type":"beat","time":)";
    append_time(out, beat.time);
    out += fmt::format(R"(,"mode":"{}","last":{},"feeds":)", mode_word(beat.mode),
                       board_.party(caller().party).last_number());
    out += feeds_text(beat, caller().party);
    out += '}';
    send(std::move(out));
}

// Deliveries first, each once and in order; then what came of them.
void PartyStream::pump() {
    const PartyBoard& board = board_.party(caller().party);
    while (has_room() && options_.after < board.last_number()) {
        const ToldEvent* next = board.delivery(options_.after + 1);
        if (next == nullptr) {
            // It fell behind what the node keeps.
            return sender_->close(1013, "deliveries that are no longer kept: read the ledger");
        }
        send(typed("delivery", delivery_text(*next)));
        ++options_.after;
    }
    while (has_room() && !own_.empty()) {
        const accord::ItemRef item = *own_.begin();
        own_.erase(own_.begin());
        const auto found = board.items.find(item);
        if (found == board.items.end()) continue;
        send(fmt::format(R"({{"type":"own","item":{}}})",
                         item_text(item, found->second, caller().party)));
    }
    while (has_room() && !notices_.empty()) {
        const auto [item, to] = *notices_.begin();
        notices_.erase(notices_.begin());
        const auto found = board.items.find(item);
        if (found == board.items.end()) continue;
        const auto notice = found->second.notices.find(to);
        if (notice == found->second.notices.end()) continue;
        send(fmt::format(R"({{"type":"notice","notice":{}}})", *notice->second));
    }
}

}  // namespace comity::server
