// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/instant.hpp"
#include "comity/geo/position.hpp"
#include "comity/geo/quantity.hpp"
#include "comity/report/track_report.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

/// Track frames (api/stream.md): all tracks of one second in 32 bytes each.
namespace comity::wire {

/// What a frame says of one track. Values beyond what its bytes hold become the nearest that they
/// hold, an accuracy "not known".
struct FrameTrack {
    std::uint32_t number = 0;  ///< stands for its name
    geo::Position position;
    std::optional<report::ReportedAltitude> altitude;
    std::optional<geo::Speed> ground_speed;
    std::optional<geo::Angle> track;
    std::optional<geo::Speed> vertical_rate;
    std::optional<geo::Distance> accuracy;
    geo::Milliseconds age{};  ///< of its report at the sweep, not below 0
    bool is_estimated = false;
    bool is_lost = false;
    bool is_on_ground = false;
};

/// Writes one frame, its tracks in the order of their numbers. A value.
class FrameWriter {
  public:
    static constexpr std::size_t kHeader = 16;
    static constexpr std::size_t kTrack = 32;

    explicit FrameWriter(geo::Instant sweep);

    void add(const FrameTrack& track);
    /// The frame; the writer is empty afterwards.
    std::string take();

  private:
    std::string bytes_;
    std::uint32_t count_ = 0;
};

}  // namespace comity::wire
