// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"
#include "pairs_report.hpp"

#include "comity/geo/instant.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include <fmt/core.h>

namespace comity::cli {
namespace {

struct Options {
    TrackSource tracks;
    double horizontal_nm = 5.0;
    double vertical_ft = 1000.0;
    Format format = Format::kText;
};

ExitCode run(const Options& options) {
    const std::vector<airspace::Flight> flights = load_flights(options.tracks);
    const std::vector<airspace::SeparationLoss> losses = airspace::find_losses(
        flights, {.horizontal = geo::Distance::nautical_miles(options.horizontal_nm),
                  .vertical = geo::Height::feet(options.vertical_ft)});
    Table table({{"id1", "aircraft"},
                 {"id2", "aircraft"},
                 {"start_utc", "from (UTC)"},
                 {"end_utc", "until (UTC)"},
                 {"min_horizontal_nm", "nearest NM"},
                 {"at_utc", "at (UTC)"},
                 {"vertical_ft_there", "apart ft"}});
    for (const airspace::SeparationLoss& loss : losses) {
        table.add({words(flights[loss.first].id), words(flights[loss.second].id),
                   words(geo::to_string(loss.start)), words(geo::to_string(loss.end)),
                   number(loss.min_horizontal.in_nautical_miles(), 3),
                   words(geo::to_string(loss.at)), number(loss.vertical_there.in_feet(), 1)});
    }
    if (options.format != Format::kText) {
        print(table.to_string(options.format));
        return kDone;
    }
    if (table.row_count() > 0) print(table.to_string(Format::kText) + "\n");
    print(fmt::format("{} aircraft, {} {} closer than {} NM and {} ft.\n", flights.size(),
                      losses.size(), losses.size() == 1 ? "time" : "times", options.horizontal_nm,
                      options.vertical_ft));
    return kDone;
}

}  // namespace

std::vector<airspace::Flight> load_flights(const TrackSource& source) {
    std::map<std::string, std::vector<airspace::FlightPoint>, std::less<>> by_id;
    std::vector<airspace::FlightPoint>* last = nullptr;
    std::string last_id;
    read_tracks(source, [&](const report::TrackReport& report) {
        if (last == nullptr || report.track_id != last_id) {
            last = &by_id[report.track_id];
            last_id = report.track_id;
        }
        last->push_back({.time = report.time,
                         .position = report.position,
                         .altitude = report.altitude,
                         .on_ground = report.on_ground.value_or(false)});
    });
    std::vector<airspace::Flight> flights;
    flights.reserve(by_id.size());
    for (auto& [id, points] : by_id) {
        std::stable_sort(points.begin(), points.end(),
                         [](const auto& a, const auto& b) { return a.time < b.time; });
        flights.push_back({.id = id, .points = std::move(points)});
    }
    if (flights.empty()) say(fmt::format("{}: no positions in it", source.path));
    return flights;
}

void add_pairs(CLI::App& app, Action& action) {
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "pairs", "which aircraft came closer than the separation minima, when and how close");
    add_tracks(*command, options->tracks);
    command
        ->add_option("--horizontal-nm", options->horizontal_nm,
                     "horizontal minimum in nautical miles (default 5)")
        ->check(number_from(0.0, 10'800.0))
        ->option_text("NM");
    command
        ->add_option("--vertical-ft", options->vertical_ft,
                     "vertical minimum in feet (default 1000)")
        ->check(number_from(0.0, 1'000'000.0))
        ->option_text("FEET");
    add_format(*command, options->format);
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace comity::cli
