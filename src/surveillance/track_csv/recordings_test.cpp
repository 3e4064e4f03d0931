// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Whole recordings, and files larger than a test can hold.
#include "shared_data.hpp"
#include "test_feed.hpp"

#include "comity/report/track_report.hpp"
#include "comity/surveillance/track_csv.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::surveillance {
namespace {

using Csv = Decoded<TrackCsvDecoder, TrackCsvOptions, TrackFileError>;

struct Recording {
    const char* file;
    std::uint64_t rows;
    std::uint64_t without_position;
    std::size_t tracks;
};

class Recordings : public testing::TestWithParam<Recording> {};

TEST_P(Recordings, AreReadRowByRow) {
    const Recording& recording = GetParam();
    const auto content = shared_data(recording.file);
    if (!content) GTEST_SKIP() << missing_data(recording.file);
    const Csv csv(*content);
    EXPECT_TRUE(csv.errors.empty());
    EXPECT_EQ(csv.decoder.row_count(), recording.rows);
    EXPECT_EQ(csv.reports.size(), recording.rows - recording.without_position);
    EXPECT_EQ(csv.decoder.faults().total(), recording.without_position);
    EXPECT_EQ(csv.decoder.faults().count_of(RowFault::kNoPosition), recording.without_position);
    std::set<std::string> ids;
    for (const report::TrackReport& one : csv.reports) ids.insert(one.track_id);
    EXPECT_EQ(ids.size(), recording.tracks);
}

INSTANTIATE_TEST_SUITE_P(
    TrackCsv, Recordings,
    testing::Values(Recording{"trajectories/switzerland_20180801_dev.csv", 34'580, 0, 303},
                    Recording{"trajectories/noisy_noisy_landing.csv", 848, 0, 1},
                    Recording{"trajectories/military_inflight_refuelling.csv", 10'397, 1, 1},
                    Recording{"trajectories/surveillance_border_control.csv", 1'465, 0, 1},
                    Recording{"trajectories/featured_turkish_flag.csv", 917, 0, 1},
                    Recording{"su24/reconstruction_A.csv", 1'257, 0, 3},
                    Recording{"su24/reconstruction_B.csv", 1'135, 0, 3}));

TEST(TrackCsv, GivesTheSameReportsForEveryChunkSize) {
    std::string file = "\xEF\xBB\xBF# x\r\ntime_utc,icao24,lat,lon,callsign\r\n";
    for (int i = 0; i < 20; ++i) {
        file += std::to_string(i) + ",\"4b1817\"," + std::to_string(i * 7) + ",8.5,\"A,B\"\r\n";
    }
    const Csv whole(file);
    EXPECT_EQ(whole.reports.size(), 13U);
    EXPECT_EQ(whole.decoder.faults().count_of(RowFault::kLatitudeRange), 7U);
    for (std::size_t chunk = 1; chunk < 60; ++chunk) {
        const Csv cut(file, {}, chunk);
        EXPECT_EQ(cut.reports, whole.reports) << "chunks of " << chunk;
        EXPECT_EQ(cut.decoder.faults(), whole.decoder.faults()) << "chunks of " << chunk;
    }
}

TEST(TrackCsv, CountsALineOf200MegabytesAsOneOverlongRow) {
    TrackCsvDecoder decoder({}, [](const report::TrackReport&) {});
    const auto feed = [&decoder](std::string_view text) {
        ASSERT_TRUE(decoder.feed(bytes_of(text)));
    };
    feed("time_utc,icao24,lat,lon\n1,a,1,2\n");
    const std::string chunk(1 << 20, '9');
    for (int i = 0; i < 200; ++i) feed(chunk);
    feed("\n1,a,1,2\n");
    ASSERT_TRUE(decoder.finish());
    EXPECT_EQ(decoder.report_count(), 2U);
    EXPECT_EQ(decoder.row_count(), 3U);
    EXPECT_EQ(decoder.faults().count_of(RowFault::kOverlong), 1U);
}

// A file of any size is read in the memory of one line: nothing of the decoder grows.
TEST(TrackCsv, StreamsAFileLargerThanItHolds) {
    std::uint64_t reports = 0;
    TrackCsvDecoder decoder({}, [&reports](const report::TrackReport&) { ++reports; });
    ASSERT_TRUE(decoder.feed(bytes_of("time_utc,icao24,lat,lon\n")));
    std::string chunk;
    for (int i = 0; i < 2000; ++i) chunk += "2018-08-01T05:00:00Z,4b1817,47.5,8.5\nbad row\n";
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(decoder.feed(bytes_of(chunk)));
    ASSERT_TRUE(decoder.finish());
    EXPECT_EQ(reports, 200'000U);
    EXPECT_EQ(decoder.faults().count_of(RowFault::kTooFewCells), 200'000U);
    EXPECT_EQ(decoder.faults().counts().size(), 1U);
}

}  // namespace
}  // namespace comity::surveillance
