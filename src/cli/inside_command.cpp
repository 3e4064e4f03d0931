// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"
#include "inside_report.hpp"

#include "comity/geo/instant.hpp"

#include <algorithm>
#include <memory>
#include <set>

#include <fmt/core.h>

namespace comity::cli {
namespace {

struct Options {
    TrackSource tracks;
    std::string airspace;
    std::optional<std::string> name;
    std::optional<double> airspace_accuracy_m;
    std::optional<double> track_accuracy_m;
    Format format = Format::kText;
};

std::optional<geo::Distance> metres(std::optional<double> value) {
    if (!value) return std::nullopt;
    return geo::Distance::metres(*value);
}

Cell time(const std::optional<geo::Instant>& instant) {
    return words(instant ? geo::to_string_ms(*instant) : "");
}

Cell metres(const std::optional<geo::Distance>& distance, int decimals) {
    return distance ? number(distance->in_metres(), decimals) : words("");
}

void add_row(const AreaStays& of_area, const airspace::Stay& stay, int decimals, Table& table) {
    table.add({words(of_area.track_id), words(of_area.area), time(stay.entry), time(stay.exit),
               number(stay.inside.count(), decimals), number(stay.surely_inside.count(), decimals),
               number(stay.possibly_inside.count(), decimals), metres(stay.max_depth, decimals),
               metres(stay.min_distance_outside, decimals)});
}

Table empty_table() {
    return Table({{"track_id", "track"},
                  {"area", "area"},
                  {"entry_utc", "entered (UTC)"},
                  {"exit_utc", "left (UTC)"},
                  {"seconds_inside", "inside s"},
                  {"seconds_surely_inside", "surely s"},
                  {"seconds_possibly_inside", "possibly s"},
                  {"max_depth_m", "deepest m"},
                  {"min_distance_outside_m", "nearest m"}});
}

void print_all(const std::vector<AreaStays>& rows, Format format) {
    Table table = empty_table();
    for (const AreaStays& row : rows) {
        for (const airspace::Stay& stay : row.stays) add_row(row, stay, 3, table);
    }
    print(table.to_string(format));
}

void print_for_people(const std::vector<AreaStays>& rows) {
    Table table = empty_table();
    std::set<std::string> inside;
    std::set<std::string> all;
    for (const AreaStays& row : rows) {
        all.insert(row.track_id);
        for (const airspace::Stay& stay : row.stays) {
            if (!is_stay(stay)) continue;
            inside.insert(row.track_id);
            add_row(row, stay, 1, table);
        }
    }
    if (table.row_count() > 0) print(table.to_string(Format::kText) + "\n");
    print(
        fmt::format("{} of {} {} inside, nominally or possibly: {} {}. An assessment with its "
                    "uncertainty, not a finding.\n",
                    inside.size(), all.size(), all.size() == 1 ? "track" : "tracks",
                    table.row_count(), table.row_count() == 1 ? "stay" : "stays"));
}

ExitCode run(const Options& options) {
    std::vector<airspace::Airspace> airspaces = read_airspaces(options.airspace);
    if (options.name) airspaces = named(std::move(airspaces), *options.name, options.airspace);
    const Tracks tracks = load_tracks(options.tracks);
    const std::vector<AreaStays> rows = assess_all(
        tracks, airspaces,
        {.area = metres(options.airspace_accuracy_m), .track = metres(options.track_accuracy_m)},
        options.airspace);
    if (options.format == Format::kText) {
        print_for_people(rows);
    } else {
        print_all(rows, options.format);
    }
    return kDone;
}

}  // namespace

void add_inside(CLI::App& app, Action& action) {
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "inside", "how long each track was inside each area, how deep, and how sure that is");
    add_tracks(*command, options->tracks);
    command->add_option("--airspace", options->airspace, "areas (GeoJSON)")
        ->required()
        ->option_text("FILE");
    command->add_option("--name", options->name, "only the area of this name")->option_text("NAME");
    const auto accuracy = number_from(0.0, 20'000'000.0);
    command
        ->add_option(
            "--airspace-accuracy-m", options->airspace_accuracy_m,
            "95 % radius of the areas' boundaries in metres, in place of what the file says")
        ->check(accuracy)
        ->option_text("METRES");
    command
        ->add_option("--track-accuracy-m", options->track_accuracy_m,
                     "95 % radius of the tracks in metres, in place of what the file says")
        ->check(accuracy)
        ->option_text("METRES");
    add_format(*command, options->format);
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace comity::cli
