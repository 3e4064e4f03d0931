// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "inside_report.hpp"
#include "pairs_report.hpp"
#include "study.hpp"
#include "table.hpp"

#include "comity/airspace/pairs.hpp"
#include "comity/geo/instant.hpp"

#include <map>
#include <optional>

#include <fmt/core.h>

namespace comity::cli {
namespace {

constexpr std::size_t kShownStays = 15;
constexpr double kBorderAccuracyM = 10.0;

// 05:04:08: the day is in the title.
Cell second_of_day(const std::optional<geo::Instant>& instant, const char* unknown) {
    return words(instant ? geo::to_string_ms(*instant).substr(11, 8) : unknown);
}

std::map<std::string, std::string> callsigns(const TrackSource& source) {
    std::map<std::string, std::string> callsigns;
    read_tracks(source, [&](const report::TrackReport& report) {
        if (!report.callsign.empty()) callsigns.try_emplace(report.track_id, report.callsign);
    });
    return callsigns;
}

void print_stays(const Tracks& tracks, const std::map<std::string, std::string>& callsigns,
                 const std::string& borders, bool all_flights) {
    const std::vector<AreaStays> rows =
        assess_all(tracks, named(read_airspaces(borders), "CHE", borders),
                   {.area = geo::Distance::metres(kBorderAccuracyM)}, borders);
    Table table({{"icao24", "aircraft"},
                 {"callsign", "callsign"},
                 {"entry_utc", "entered (UTC)"},
                 {"exit_utc", "left (UTC)"},
                 {"minutes_inside", "minutes"},
                 {"seconds_surely_inside", "surely s"},
                 {"seconds_possibly_inside", "possibly s"},
                 {"max_depth_km", "deepest km"}});
    std::size_t stays = 0;
    std::size_t entries = 0;
    std::size_t exits = 0;
    std::size_t never = 0;
    for (const AreaStays& row : rows) {
        if (!is_stay(row.stays.front())) ++never;
        for (const airspace::Stay& stay : row.stays) {
            if (!is_stay(stay)) continue;
            ++stays;
            if (stay.entry) ++entries;
            if (stay.exit) ++exits;
            if (!all_flights && stays > kShownStays) continue;
            const auto callsign = callsigns.find(row.track_id);
            table.add(
                {words(row.track_id), words(callsign == callsigns.end() ? "" : callsign->second),
                 second_of_day(stay.entry, "at first report"),
                 second_of_day(stay.exit, "at last report"), number(stay.inside.count() / 60.0, 1),
                 number(stay.surely_inside.count(), 1), number(stay.possibly_inside.count(), 1),
                 number(stay.max_depth->in_metres() / 1000.0, 1)});
        }
    }
    print(
        fmt::format("Who entered and left (border: (c) OpenStreetMap contributors, ODbL 1.0, "
                    "accuracy {} m)\n\n{}",
                    kBorderAccuracyM, table.to_string(Format::kText)));
    if (stays > table.row_count()) {
        print(fmt::format("... and {} more stays (comity study switzerland-2018 --all)\n",
                          stays - table.row_count()));
    }
    print(
        fmt::format("\n{} aircraft, {} stays, {} with an entry and {} with an exit on record; {} "
                    "aircraft never inside.\n\n",
                    rows.size(), stays, entries, exits, never));
}

void print_pairs(const TrackSource& source, const std::map<std::string, std::string>& callsigns) {
    const std::vector<airspace::Flight> flights = load_flights(source);
    Table table({{"a", "aircraft"},
                 {"b", "aircraft"},
                 {"start_utc", "from (UTC)"},
                 {"end_utc", "until (UTC)"},
                 {"min_horizontal_nm", "nearest NM"},
                 {"vertical_ft_there", "apart ft"}});
    const auto title = [&](std::size_t flight) {
        const std::string& id = flights[flight].id;
        const auto callsign = callsigns.find(id);
        return words(callsign == callsigns.end() ? id : id + " " + callsign->second);
    };
    const std::vector<airspace::SeparationLoss> losses = airspace::find_losses(
        flights,
        {.horizontal = geo::Distance::nautical_miles(5), .vertical = geo::Height::feet(1000)});
    for (const airspace::SeparationLoss& loss : losses) {
        table.add({title(loss.first), title(loss.second), second_of_day(loss.start, ""),
                   second_of_day(loss.end, ""), number(loss.min_horizontal.in_nautical_miles(), 3),
                   number(loss.vertical_there.in_feet(), 0)});
    }
    print(fmt::format(
        "Which pairs came closer than 5 NM and 1,000 ft\n\n{}\nEach {} ft or more apart: altitude "
        "comes in steps of 25 ft around the usual 1,000 ft.\n\n",
        table.to_string(Format::kText), 950));
}

}  // namespace

ExitCode study_switzerland(const StudyFolders& folders, bool all_flights) {
    const TrackSource source{.path = folders.data + "/trajectories/switzerland_20180801_dev.csv"};
    const std::string borders = folders.borders + "/osm.geojson";
    require_file(
        source.path,
        "311 flights over Switzerland on 1 August 2018, observed by the OpenSky Network "
        "(https://opensky-network.org), from the sample data of the Python library traffic; "
        "not part of the project. Give its folder with --data or COMITY_DATA");
    require_file(borders,
                 "the border of OpenStreetMap contributors (ODbL 1.0), npm package "
                 "@geo-maps/countries-maritime-10m 0.6.0; ./dev run hatay-2015 fetches it");
    const Tracks tracks = load_tracks(source);
    const std::map<std::string, std::string> names = callsigns(source);
    print(
        "1 August 2018, a day over Switzerland: 311 flights, observed by the OpenSky Network\n"
        "(https://opensky-network.org)\n\n");
    print_stays(tracks, names, borders, all_flights);
    print_pairs(source, names);
    return kDone;
}

}  // namespace comity::cli
