// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "plan_book.hpp"

#include <algorithm>
#include <utility>

namespace comity::watch {

const Plan* PlanBook::find(std::string_view intent) const {
    const auto found = plans_.find(intent);
    return found == plans_.end() ? nullptr : &found->second.plan;
}

void PlanBook::put(Plan plan) {
    remove(plan.intent);
    for (const std::string& aircraft : plan.aircraft) of_aircraft_[aircraft].insert(plan.intent);
    std::string intent = plan.intent;
    plans_.emplace(std::move(intent), Kept{.plan = std::move(plan), .times = {}});
}

void PlanBook::remove(std::string_view intent) {
    const auto found = plans_.find(intent);
    if (found == plans_.end()) return;
    for (const std::string& aircraft : found->second.plan.aircraft) {
        const auto intents = of_aircraft_.find(aircraft);
        if (intents == of_aircraft_.end()) continue;
        intents->second.erase(found->first);
        if (intents->second.empty()) of_aircraft_.erase(intents);
    }
    plans_.erase(found);
}

void PlanBook::forget_area(std::string_view airspace) {
    for (auto& [intent, kept] : plans_) {
        const auto times = kept.times.find(airspace);
        if (times != kept.times.end()) kept.times.erase(times);
    }
}

const std::vector<geo::Interval>& PlanBook::times_in(Kept& kept, const GuardedArea& area) {
    const auto found = kept.times.find(area.airspace);
    if (found != kept.times.end()) return found->second;
    return kept.times.emplace(area.airspace, times_inside(area.area->region(), kept.plan.route))
        .first->second;
}

std::optional<ByIntent> PlanBook::first_entry(const std::string& track, const Sample& sample,
                                              const std::optional<Course>& course,
                                              const GuardedArea& area, geo::Milliseconds from,
                                              geo::Milliseconds until) {
    std::optional<ByIntent> first;
    const auto intents = of_aircraft_.find(track);
    if (intents == of_aircraft_.end()) return first;
    for (const std::string& intent : intents->second) {
        Kept& kept = plans_.find(intent)->second;
        const geo::Interval& validity = kept.plan.validity;
        if (sample.time < validity.begin || sample.time > validity.end) continue;
        const auto late = lateness(kept.plan.route, sample, course, conformance_);
        if (!late) continue;
        for (const geo::Interval& stay : times_in(kept, area)) {
            if (stay.end + *late < sample.time + from) continue;
            const geo::Instant entry = std::max(stay.begin + *late, sample.time + from);
            if (entry <= sample.time + until && (!first || entry < first->entry)) {
                first = ByIntent{.intent = intent, .entry = entry};
            }
            break;
        }
    }
    return first;
}

}  // namespace comity::watch
