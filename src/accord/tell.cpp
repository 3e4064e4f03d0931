// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "step.hpp"

#include <algorithm>

namespace comity::accord {

void Step::tell(const PartyId& to, const ItemRef& item, const Grant& grant) {
    const auto [place, is_new] = state_.notices_.try_emplace({item, to}, Notice{.to = to});
    Notice& notice = place->second;
    const bool knew = !is_new && notice.level >= Level::kVolume;
    if (is_new) {
        notice.item = item;
        notice.first = {.at = time_, .version = 1};
    }
    // What it is told is told on this ground alone, whatever it saw before.
    notice.level = grant.level;
    notice.why = grant.why;
    notice.via = grant.via;
    notice.agreement = grant.agreement;
    notice.shown = version_of(item);
    changed(notice);
    Telling* standing = is_new ? nullptr : told_in_this_step(notice);
    if (standing == nullptr) {
        notice.last = {.at = time_, .version = notice.last.version + 1};
        applied_.tellings.push_back({.to = to,
                                     .item = item,
                                     .version = notice.last.version,
                                     .level = notice.level,
                                     .is_urgent = item.kind == ItemKind::kWarning});
    } else {
        standing->level = notice.level;
    }
    // News of a situation that goes on restarts no deadline: the first answer is what counts.
    const bool restarts = is_new || item.kind != ItemKind::kWarning;
    if (grant.deadlines && restarts) start_deadlines(notice, *grant.deadlines);
    if (item.kind == ItemKind::kIntent && !knew && notice.level >= Level::kVolume) {
        learned_.emplace_back(to, item.id);
    }
}

// A step may tell by a timer what its request then changes.
Telling* Step::told_in_this_step(const Notice& notice) {
    if (notice.last.at != time_) return nullptr;
    const auto found = std::ranges::find_if(applied_.tellings, [&](const Telling& telling) {
        return telling.to == notice.to && telling.item == notice.item;
    });
    return found == applied_.tellings.end() ? nullptr : &*found;
}

void Step::tell_again(const ItemRef& item, const std::function<bool(Level)>& is_news) {
    for (Notice* notice : notices_of(item)) {
        if (notice->withdrawn) continue;
        const auto grant = ground(*notice);
        if (!grant) continue;
        if (grant->level != notice->level || is_news(grant->level)) {
            tell(notice->to, item, *grant);
        } else {
            notice->shown = version_of(item);
            changed(*notice);
        }
    }
}

std::vector<Notice*> Step::notices_of(const ItemRef& item) {
    std::vector<Notice*> found;
    auto& notices = state_.notices_;
    for (auto at = notices.lower_bound({item, PartyId("")});
         at != notices.end() && at->first.first == item; ++at) {
        found.push_back(&at->second);
    }
    return found;
}

std::uint64_t Step::version_of(const ItemRef& item) const {
    const auto version = [](const auto* object) { return object == nullptr ? 0 : object->version; };
    switch (item.kind) {
        case ItemKind::kAgreement:
            return version(state_.agreement(item.id));
        case ItemKind::kIntent:
            return version(state_.intent(item.id));
        case ItemKind::kAirspace:
            return version(state_.airspace(item.id));
        case ItemKind::kWarning:
            return version(state_.alert(item.id));
    }
    return 0;
}

}  // namespace comity::accord
