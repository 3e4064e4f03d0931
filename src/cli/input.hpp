// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/airspace/airspace.hpp"
#include "comity/report/track_report.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace comity::cli {

/// A track file and how to read it.
struct TrackSource {
    std::string path;
    std::string dialect = "comity";  ///< comity, opensky, traffic or sbs
    bool strict = false;             ///< the first bad row is a Failure
};

/// More reports than this in one file are a Failure: they are kept in memory.
inline constexpr std::size_t kMaxReports = 50'000'000;

/// Reads a track file from beginning to end and gives each report to `sink`; says on standard error
/// what was skipped, by cause. Throws Failure.
void read_tracks(const TrackSource& source,
                 const std::function<void(const report::TrackReport&)>& sink);

/// Reads a GeoJSON file of airspaces. Throws Failure.
std::vector<airspace::Airspace> read_airspaces(const std::string& path);

/// Whether there is a file that can be opened.
bool can_open(const std::string& path);

}  // namespace comity::cli
