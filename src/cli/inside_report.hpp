// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "input.hpp"

#include "comity/airspace/airspace.hpp"
#include "comity/airspace/inside.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace comity::cli {

/// Tracks by id, each ordered by time.
using Tracks = std::map<std::string, std::vector<airspace::TrackPoint>, std::less<>>;

Tracks load_tracks(const TrackSource& source);

/// What is said of accuracies on the command line, in place of what the files say.
struct AccuracyOptions {
    std::optional<geo::Distance> area;
    std::optional<geo::Distance> track;
};

struct AreaStays {
    std::string track_id;
    std::string area;
    std::vector<airspace::Stay> stays;  ///< at least one
};

/// All tracks against all airspaces, by track, then in the order of the airspaces. Says on standard
/// error (`file: ...`) where a polygon crosses itself.
std::vector<AreaStays> assess_all(const Tracks& tracks,
                                  const std::vector<airspace::Airspace>& airspaces,
                                  const AccuracyOptions& accuracies, const std::string& file);

/// The airspaces of that name. A Failure that lists the names of `file` where there is none.
std::vector<airspace::Airspace> named(std::vector<airspace::Airspace> airspaces,
                                      const std::string& name, const std::string& file);

/// Whether the track possibly was inside at all in this stay.
bool is_stay(const airspace::Stay& stay);

}  // namespace comity::cli
