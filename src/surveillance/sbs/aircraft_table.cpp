// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "sbs/aircraft_table.hpp"

#include <cstdint>

namespace comity::surveillance {

AircraftState& AircraftTable::hear(std::uint32_t address) {
    const auto known = by_address_.find(address);
    if (known != by_address_.end()) {
        latest_first_.splice(latest_first_.begin(), latest_first_, known->second);
        return latest_first_.front();
    }
    if (by_address_.size() == most_) forget(latest_first_.back().address);
    latest_first_.emplace_front().address = address;
    by_address_.emplace(address, latest_first_.begin());
    return latest_first_.front();
}

void AircraftTable::forget(std::uint32_t address) {
    const auto known = by_address_.find(address);
    if (known == by_address_.end()) return;
    latest_first_.erase(known->second);
    by_address_.erase(known);
}

}  // namespace comity::surveillance
