// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/ids.hpp"
#include "comity/geo/instant.hpp"
#include "comity/node/history.hpp"
#include "comity/wire/scenario.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

/// How a replay names what it tells of.
namespace comity::cli {

class Names {
  public:
    explicit Names(const wire::Scenario& scenario);

    /// As the scenario names it to people; "Comity" where the node speaks for itself.
    std::string party(const accord::PartyId& id) const;
    std::string parties(const std::set<accord::PartyId>& ids) const;
    /// "flight S1", "warning S1 in north-airspace"
    std::string item(const accord::ItemRef& item, const node::History& history) const;
    /// "07:24:05", of whatever day; with milliseconds where there are any.
    static std::string clock(geo::Instant time);
    /// The clock, and the day too where the scenario has more than one.
    std::string time(geo::Instant time) const;
    /// Whether the scenario has more than one day.
    bool has_days() const { return has_days_; }

  private:
    std::map<accord::PartyId, std::string> parties_;
    bool has_days_;
};

/// "a, b, c"
std::string joined(const std::vector<std::string>& words);
/// "4 min 52 s", "37 s", "1 h 2 min 3 s"; to the second, towards zero.
std::string duration_words(geo::Milliseconds duration);
/// "850 m", "12.4 km"
std::string distance_words(std::int64_t metres);
/// "1 warning", "2 warnings", "1,234 warnings"
std::string counted(std::uint64_t count, const std::string& what, const std::string& plural = {});
/// "1,234"
std::string with_commas(std::uint64_t count);

}  // namespace comity::cli
