// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "pair.hpp"

#include <algorithm>
#include <utility>

namespace comity::watch {

using geo::Instant;

namespace {

bool is_moved(std::optional<Instant> a, std::optional<Instant> b, geo::Milliseconds shift) {
    if (a.has_value() != b.has_value()) return true;
    return a && std::chrono::abs(*a - *b) > shift;
}

void add_earliest(std::optional<Instant>& earliest, Instant other) {
    earliest = earliest ? std::min(*earliest, other) : other;
}

}  // namespace

std::optional<Instant> Outlook::first() const {
    std::optional<Instant> first = by_track;
    if (by_intent) add_earliest(first, by_intent->entry);
    return first;
}

void Pair::measure(const std::vector<MeasuredStay>& stays, bool is_inside) {
    for (const MeasuredStay& stay : stays) {
        if (!stay.is_new && !stays_.empty()) {
            stays_.back().left = stay.left;
        } else {
            stays_.push_back(stay);
        }
    }
    is_inside_ = is_inside;
}

void Pair::predict(Outlook outlook, bool is_reported) {
    outlook_ = std::move(outlook);
    is_reported_ = is_reported;
}

void Pair::tell(Phase phase, Instant t, std::vector<Told>& told) {
    open_->last.phase = phase;
    open_->last.outlook = outlook_;
    open_->told_at = t;
    told.push_back(open_->last);
}

bool Pair::has_news(const WatchOptions& options) const {
    const Outlook& before = open_->last.outlook;
    const auto entry = [](const Outlook& o) {
        return o.by_intent ? std::optional(o.by_intent->entry) : std::nullopt;
    };
    const bool is_other_intent = before.by_intent && outlook_.by_intent &&
                                 before.by_intent->intent != outlook_.by_intent->intent;
    return is_other_intent || is_moved(before.by_track, outlook_.by_track, options.update_shift) ||
           is_moved(entry(before), entry(outlook_), options.update_shift);
}

void Pair::step(Instant t, const WatchOptions& options, std::uint64_t& situations,
                std::vector<Told>& told) {
    const std::size_t told_before = told.size();
    const bool is_clear = !is_inside_ && !outlook_.first();
    const bool is_due = outlook_.first() && *outlook_.first() - t <= options.look_ahead;
    if (!open_ && (is_due || !stays_.empty())) {
        open_ = Open{.last = {.situation = ++situations}, .told_at = t, .clear_since = t};
        if (stays_.empty()) tell(Phase::kPredicted, t, told);
    }
    for (const MeasuredStay& stay : std::exchange(stays_, {})) {
        if (stay.is_new) open_->last.entered = stay.entered;
        open_->last.left = stay.left;
        tell(Phase::kInside, t, told);
    }
    if (!open_) return;
    if (!is_clear) open_->clear_sweeps = 0;
    if (is_clear && std::exchange(is_reported_, false) && ++open_->clear_sweeps == 1) {
        open_->clear_since = t;
    }
    const bool is_clear_for_long =
        open_->clear_sweeps > 0 && t - open_->clear_since >= options.resolve_after;
    if (open_->clear_sweeps >= 2 || is_clear_for_long) {
        tell(Phase::kResolved, t, told);
        open_.reset();
    } else if (told.size() == told_before && t - open_->told_at >= options.update_every &&
               has_news(options)) {
        tell(open_->last.phase, t, told);
    }
}

std::optional<Told> Pair::end() {
    if (!open_) return std::nullopt;
    Told last = open_->last;
    last.phase = Phase::kUnresolved;
    last.outlook = outlook_;
    open_.reset();
    return last;
}

std::optional<Instant> Pair::due(const WatchOptions& options) const {
    std::optional<Instant> due;
    if (!open_) {
        if (outlook_.first()) due = *outlook_.first() - options.look_ahead;
        return due;
    }
    if (open_->clear_sweeps > 0) due = open_->clear_since + options.resolve_after;
    if (has_news(options)) add_earliest(due, open_->told_at + options.update_every);
    return due;
}

}  // namespace comity::watch
