// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "course.hpp"
#include "sample.hpp"
#include "timetable.hpp"

#include "comity/watch/change.hpp"
#include "comity/watch/guarded_area.hpp"
#include "comity/watch/plan.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace comity::watch {

/// The plans, by intent and by aircraft, and when their routes are in each area: computed once,
/// when first asked for.
class PlanBook {
  public:
    explicit PlanBook(const Conformance& conformance) : conformance_(conformance) {}

    std::size_t size() const { return plans_.size(); }
    const Plan* find(std::string_view intent) const;
    void put(Plan plan);
    void remove(std::string_view intent);
    void forget_area(std::string_view airspace);

    /// The first moment, within [from, until] after the sample, at which by a plan that it follows
    /// the aircraft is in the area: of several plans the earliest, of equal ones the first by id.
    std::optional<ByIntent> first_entry(const std::string& track, const Sample& sample,
                                        const std::optional<Course>& course,
                                        const GuardedArea& area, geo::Milliseconds from,
                                        geo::Milliseconds until);

  private:
    struct Kept {
        Plan plan;
        std::map<std::string, std::vector<geo::Interval>, std::less<>> times;  // by airspace
    };
    const std::vector<geo::Interval>& times_in(Kept& kept, const GuardedArea& area);

    Conformance conformance_;
    std::map<std::string, Kept, std::less<>> plans_;
    std::map<std::string, std::set<std::string, std::less<>>, std::less<>> of_aircraft_;
};

}  // namespace comity::watch
