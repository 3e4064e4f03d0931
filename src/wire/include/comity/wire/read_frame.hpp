// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/instant.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace comity::wire {

/// A track as a frame says it (api/stream.md), in the units in which people read it.
struct ReadTrack {
    std::uint32_t number = 0;
    double latitude = 0;   ///< degrees
    double longitude = 0;  ///< degrees
    std::optional<double> altitude_feet;
    std::uint8_t datum = 0;
    std::optional<double> speed_knots;
    std::optional<double> direction_degrees;
    std::optional<double> rate_feet_per_minute;
    std::optional<double> accuracy_metres;
    geo::Milliseconds age{};
    bool is_estimated = false;
    bool is_lost = false;
    bool is_on_ground = false;
};

/// Each track of a frame that a FrameWriter wrote (a check), in its order.
void each_track(std::string_view frame, const std::function<void(const ReadTrack&)>& take);
/// The track of this number in such a frame; absent where it has none.
std::optional<ReadTrack> find_track(std::string_view frame, std::uint32_t number);

}  // namespace comity::wire
