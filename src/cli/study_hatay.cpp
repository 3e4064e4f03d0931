// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "inside_report.hpp"
#include "study.hpp"
#include "table.hpp"

#include "comity/geo/instant.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/core.h>

namespace comity::cli {
namespace {

using geo::Distance;

struct Account {
    const char* letter;
    const char* published_by;
    const char* says;
    const char* file;
};

constexpr std::array<Account, 2> kAccounts = {{
    {"A", "Turkey", "two aircraft inside for 17 s from 07:24:05 at 19,000 ft",
     "hatay-2015/account_a.csv"},
    {"B", "Russia", "never inside, nearest about 1 km; an F-16 on the other side for 40 s",
     "hatay-2015/account_b.csv"},
}};

// Who is looked for where: each side's aircraft in the other's airspace.
struct Question {
    const char* track;
    const char* where;  // "Turkey" or "Syria"
};

constexpr std::array<Question, 3> kQuestions = {
    {{"SU24-1", "Turkey"}, {"SU24-2", "Turkey"}, {"F16-1", "Syria"}}};

struct Border {
    const char* title;
    const char* file;
    const char* turkey;  // names in the file
    const char* syria;
    double accuracy_m;
    const char* source;
    const char* package;
    const char* accuracy_is;
};

constexpr std::array<Border, 3> kBorders = {{
    {"OpenStreetMap", "osm.geojson", "TUR", "SYR", 10.0,
     "land and territorial sea; (c) OpenStreetMap contributors, ODbL 1.0",
     "@geo-maps/countries-maritime-10m 0.6.0", "the tolerance to which the package simplifies"},
    {"Natural Earth 1:10m", "ne_10m.geojson", "Turkey", "Syria", 2000.0, "public domain",
     "world-atlas 2.0.2", "0.2 mm on a map of this scale; the source states none"},
    {"Natural Earth 1:50m", "ne_50m.geojson", "Turkey", "Syria", 10000.0, "public domain",
     "world-atlas 2.0.2", "0.2 mm on a map of this scale; the source states none"},
}};

// All stays of one aircraft in one airspace, added up.
struct Sum {
    geo::Seconds surely{};
    geo::Seconds nominally{};
    geo::Seconds possibly{};
    std::optional<geo::Instant> entry;
    std::optional<Distance> depth;  // the greatest; negative: outside, and the least so
};

Sum sum_of(const std::vector<airspace::Stay>& stays) {
    Sum sum;
    for (const airspace::Stay& stay : stays) {
        sum.surely += stay.surely_inside;
        sum.nominally += stay.inside;
        sum.possibly += stay.possibly_inside;
        if (!sum.entry) sum.entry = stay.entry;
        const std::optional<Distance> depth =
            stay.min_distance_outside ? -*stay.min_distance_outside : stay.max_depth;
        if (depth && (!sum.depth || *sum.depth < *depth)) sum.depth = depth;
    }
    return sum;
}

Cell metres(const std::optional<Distance>& distance) {
    return distance ? number(distance->in_metres(), 0) : words("");
}

// 07:24:05.000: the day is in the title.
Cell time_of_day(const std::optional<geo::Instant>& instant) {
    if (!instant) return words("");
    return words(geo::to_string_ms(*instant).substr(11, 12));
}

class Study {
  public:
    explicit Study(const StudyFolders& folders) : folders_(folders) {
        for (const Border& border : kBorders) {
            const std::string path = folders.borders + "/" + border.file;
            require_file(
                path, fmt::format(
                          "the border of {} ({}), npm package {}; ./dev run hatay-2015 fetches it",
                          border.title, border.source, border.package));
            const std::vector<airspace::Airspace> all = read_airspaces(path);
            for (const char* name : {border.turkey, border.syria}) {
                areas_.emplace_back(named(all, name, path).front().footprint);
            }
        }
    }

    void print_account(const Account& account) const {
        const std::string path = folders_.scenarios + "/" + account.file;
        require_file(path, "part of the project; run in its root or give --scenarios");
        const Tracks tracks = load_tracks({.path = path});
        Table table({{"aircraft", "aircraft"},
                     {"border", "by the border of"},
                     {"accuracy_m", "+- m"},
                     {"seconds_surely_inside", "surely s"},
                     {"seconds_inside", "nominally s"},
                     {"seconds_possibly_inside", "possibly s"},
                     {"entry_utc", "entered (UTC)"},
                     {"depth_m", "depth m"}});
        for (const Question& question : kQuestions) {
            const auto track = tracks.find(question.track);
            if (track == tracks.end()) continue;
            for (std::size_t i = 0; i < kBorders.size(); ++i) {
                add(table, question, i, track->second, kBorders[i].title,
                    {.area = Distance::metres(kBorders[i].accuracy_m)});
            }
            add(table, question, 0, track->second, "OpenStreetMap *",
                {.area = Distance::metres(100), .every_point = Distance::metres(100)});
        }
        print(fmt::format("Account {}, as published by {}: {}\n\n{}\n", account.letter,
                          account.published_by, account.says, table.to_string(Format::kText)));
    }

  private:
    void add(Table& table, const Question& question, std::size_t border,
             const std::vector<airspace::TrackPoint>& track, const char* title,
             const airspace::Accuracies& accuracies) const {
        const bool in_turkey = question.where == std::string_view("Turkey");
        const airspace::Area& area = areas_[2 * border + (in_turkey ? 0 : 1)];
        const Sum sum = sum_of(airspace::assess_stays(area, track, accuracies));
        const Distance u = accuracies.area + accuracies.every_point.value_or(Distance{});
        const bool is_first = border == 0 && !accuracies.every_point;
        const std::string who = fmt::format("{} in {}", question.track, question.where);
        table.add({words(is_first ? who : " "), words(title), number(u.in_metres(), 0),
                   number(sum.surely.count(), 2), number(sum.nominally.count(), 2),
                   number(sum.possibly.count(), 2), time_of_day(sum.entry), metres(sum.depth)});
    }

    StudyFolders folders_;
    std::vector<airspace::Area> areas_;  // of each border, Turkey and Syria
};

}  // namespace

ExitCode study_hatay(const StudyFolders& folders) {
    const Study study(folders);
    print(
        "24 November 2015 near Yayladagi: who was inside, how long, and how sure is that\n"
        "Published statements of the parties, not findings.\n\n");
    for (const Account& account : kAccounts) study.print_account(account);
    print(
        "surely, nominally, possibly: seconds inside by at least the accuracy, inside the border "
        "as\n"
        "drawn, and inside or nearer to it than the accuracy. +- is the sum of the accuracies of "
        "border\n"
        "and track; the accounts state none for their tracks, so theirs is taken as 0, but in "
        "lines\n"
        "marked *: 100 m for the border and 100 m for the track. depth: the greatest distance from "
        "the\n"
        "border along the path; negative where the aircraft stayed outside, by that much.\n\n"
        "The border file decides the assessment. The borders:\n");
    for (const Border& border : kBorders) {
        print(fmt::format("  {}: {},\n    via {}, accuracy {} m: {}\n", border.title, border.source,
                          border.package, border.accuracy_m, border.accuracy_is));
    }
    print(
        "The tracks are reconstructions of ours from the published figures, not recordings; the "
        "source\nof each figure: scenarios/hatay-2015/README.md\n\n");
    return kDone;
}

}  // namespace comity::cli
