// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/instant.hpp"
#include "comity/geo/quantity.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string>

namespace comity::surveillance {

/// A value and when it was stated.
template <typename T>
struct Stated {
    T value;
    geo::Instant time;
};

/// What was last stated of an aircraft in messages that have no position.
struct AircraftState {
    std::uint32_t address = 0;
    std::optional<Stated<std::string>> callsign;
    std::optional<Stated<geo::Speed>> ground_speed;
    std::optional<Stated<geo::Angle>> track;
    std::optional<Stated<geo::Speed>> vertical_rate;
    std::optional<Stated<std::string>> squawk;
};

/// The states of at most `most` aircraft; one more makes it forget the one heard longest ago, by
/// the order of the messages. A resource.
class AircraftTable {
  public:
    explicit AircraftTable(std::size_t most) : most_(most) {}
    AircraftTable(const AircraftTable&) = delete;
    AircraftTable& operator=(const AircraftTable&) = delete;

    /// The aircraft's state, empty where it is new; valid until the next call.
    AircraftState& hear(std::uint32_t address);
    void forget(std::uint32_t address);
    std::size_t size() const { return by_address_.size(); }

  private:
    std::size_t most_;
    std::list<AircraftState> latest_first_;
    std::map<std::uint32_t, std::list<AircraftState>::iterator> by_address_;
};

}  // namespace comity::surveillance
