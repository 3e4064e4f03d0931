// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// A day of recorded flights against a real border: what the watch measures is what the assessment
// after the fact says.
#include "test_world.hpp"

#include "comity/airspace/inside.hpp"
#include "comity/chart/geojson.hpp"
#include "comity/surveillance/track_csv.hpp"
#include "comity/watch/watch.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace comity::watch {
namespace {

using geo::Instant;

constexpr const char* kFlights = "trajectories/switzerland_20180801_dev.csv";
constexpr const char* kSwitzerland = "borders/osm10m_maritime_CHE.geojson";

// A file of the data that tests use where it is present (it is not part of the project).
std::optional<std::string> shared_data(const std::string& name) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): tests have one thread
    const char* const stated = std::getenv("COMITY_DATA");
    const std::filesystem::path beside =
        std::filesystem::path(COMITY_SOURCE_DIR) / "../shared/data";
    std::ifstream file((stated != nullptr ? std::filesystem::path(stated) : beside) / name,
                       std::ios::binary);
    if (!file) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), {});
}

std::vector<report::TrackReport> reports_of(const std::string& csv) {
    std::vector<report::TrackReport> reports;
    surveillance::TrackCsvDecoder decoder(
        {}, [&](const report::TrackReport& report) { reports.push_back(report); });
    COMITY_CHECK(decoder.feed(std::as_bytes(std::span(csv))).has_value());
    COMITY_CHECK(decoder.finish().has_value());
    std::stable_sort(reports.begin(), reports.end(),
                     [](const auto& a, const auto& b) { return a.time < b.time; });
    return reports;
}

using Times = std::map<std::string, std::set<Instant>>;

struct Measured {
    Times entered;
    Times left;
};

using Tracks = std::map<std::string, std::vector<airspace::TrackPoint>>;

// Of each track the first report of each part without a gap.
Times first_reports(const Tracks& tracks) {
    Times first;
    for (const auto& [id, track] : tracks) {
        std::optional<Instant> before;
        for (const airspace::TrackPoint& point : track) {
            if (!before || point.time - *before > airspace::kLongestGap) {
                first[id].insert(point.time);
            }
            before = point.time;
        }
    }
    return first;
}

class WatchRecordings : public testing::Test {
  protected:
    void SetUp() override {
        const auto csv = shared_data(kFlights);
        const auto geojson = shared_data(kSwitzerland);
        if (!csv || !geojson) {
            GTEST_SKIP() << kFlights << " or " << kSwitzerland
                         << " is not there: set COMITY_DATA to the folder of shared data";
        }
        reports_ = reports_of(*csv);
        const auto airspaces = chart::read_geojson(chart::FileBuffer::copy_of(*geojson));
        ASSERT_TRUE(airspaces.has_value());
        area_ = std::make_shared<const airspace::Area>(airspaces->front().footprint);
        for (const report::TrackReport& report : reports_) {
            tracks_[report.track_id].push_back(
                {.time = report.time, .position = report.position, .accuracy = std::nullopt});
        }
        first_ = first_reports(tracks_);
    }

    std::vector<Change> watch_all() const {
        Watch watch{WatchOptions{}};
        COMITY_CHECK(watch
                         .put_area({.airspace = "CHE",
                                    .owner = {},
                                    .area = area_,
                                    .band = {},
                                    .validity = std::nullopt,
                                    .accuracy = geo::Distance::metres(100.0)})
                         .has_value());
        std::vector<Change> changes;
        auto next = reports_.begin();
        const auto begin = std::chrono::floor<std::chrono::seconds>(reports_.front().time);
        const Instant end = reports_.back().time + std::chrono::minutes(2);
        for (Instant t = begin; t <= end; t += std::chrono::seconds(1)) {
            for (; next != reports_.end() && next->time <= t; ++next) watch.take("feed", *next);
            for (Change& change : watch.sweep(t)) changes.push_back(std::move(change));
        }
        EXPECT_EQ(watch.track_count(), 0U);
        return changes;
    }

    Measured assessed() const {
        Measured measured;
        for (const auto& [id, track] : tracks_) {
            for (const airspace::Stay& stay : assess_stays(*area_, track, {})) {
                if (stay.entry) measured.entered[id].insert(*stay.entry);
                if (stay.exit) measured.left[id].insert(*stay.exit);
            }
        }
        return measured;
    }

    std::vector<report::TrackReport> reports_;
    std::shared_ptr<const airspace::Area> area_;
    Tracks tracks_;
    Times first_;
};

TEST_F(WatchRecordings, EntriesAndExitsAreThoseOfTheAssessment) {
    const Measured expected = assessed();
    Measured found;
    for (const Change& change : watch_all()) {
        // What a track begins with is no entry to the assessment.
        if (change.entered && !first_[change.track].contains(*change.entered)) {
            found.entered[change.track].insert(*change.entered);
        }
        if (change.left) found.left[change.track].insert(*change.left);
    }
    std::size_t count = 0;
    for (const auto& [id, times] : expected.entered) count += times.size();
    for (const auto& [id, times] : expected.left) count += times.size();
    EXPECT_EQ(count, 1377U);
    EXPECT_EQ(found.entered, expected.entered);
    EXPECT_EQ(found.left, expected.left);
}

TEST_F(WatchRecordings, MostEntriesOfFlightsAreToldBeforeAndEverySituationEnds) {
    std::map<std::uint64_t, Phase> first;
    std::map<std::uint64_t, Phase> last;
    std::set<std::uint64_t> entered;
    for (const Change& change : watch_all()) {
        first.emplace(change.situation, change.phase);
        last[change.situation] = change.phase;
        if (change.entered && !first_[change.track].contains(*change.entered)) {
            entered.insert(change.situation);
        }
    }
    std::size_t before = 0;
    for (const std::uint64_t situation : entered) {
        if (first[situation] == Phase::kPredicted) ++before;
    }
    RecordProperty("situations", static_cast<int>(first.size()));
    RecordProperty("entered", static_cast<int>(entered.size()));
    RecordProperty("told_before", static_cast<int>(before));
    EXPECT_GT(entered.size(), 200U);
    EXPECT_GT(before * 100, entered.size() * 95);
    for (const auto& [situation, phase] : last) {
        EXPECT_TRUE(phase == Phase::kResolved || phase == Phase::kUnresolved) << situation;
    }
}

}  // namespace
}  // namespace comity::watch
