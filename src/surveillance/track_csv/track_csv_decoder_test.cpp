// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "test_feed.hpp"

#include "comity/geo/altitude.hpp"
#include "comity/geo/instant.hpp"
#include "comity/report/track_report.hpp"
#include "comity/surveillance/fault_tally.hpp"
#include "comity/surveillance/line_splitter.hpp"
#include "comity/surveillance/track_csv.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::surveillance {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::SizeIs;

using Csv = Decoded<TrackCsvDecoder, TrackCsvOptions, TrackFileError>;

constexpr geo::Instant kFiveOClock = std::chrono::sys_days(2018y / 8 / 1) + std::chrono::hours(5);
const std::string kHeader = "time_utc,track_id,lat,lon\n";

TEST(TrackCsv, ReadsEveryKnownColumnInAnyOrder) {
    const Csv csv(
        "# a comment\n"
        "status,accuracy_m,squawk,onground,vrate_fpm,track_deg,gs_kt,alt_ft,lon,lat,party,callsign,"
        "icao24,track_id,time_utc,unknown\n"
        "ok,100,7000,0,-64,193.5,415.5,35025,6.4658,47.7052,AT,LDM150,44093b,T-1,"
        "2018-08-01T05:00:00Z,what\n");
    ASSERT_THAT(csv.errors, SizeIs(0));
    ASSERT_THAT(csv.reports, SizeIs(1));
    const report::TrackReport& one = csv.reports[0];
    EXPECT_EQ(one.time, kFiveOClock);
    EXPECT_EQ(one.track_id, "T-1");
    EXPECT_EQ(one.callsign, "LDM150");
    EXPECT_EQ(one.party, "AT");
    EXPECT_EQ(one.position.latitude().e7(), 477'052'000);
    EXPECT_EQ(one.position.longitude().e7(), 64'658'000);
    EXPECT_EQ(std::get<geo::PressureAltitude>(*one.altitude).above_datum(),
              geo::Height::whole_feet(35025));
    EXPECT_DOUBLE_EQ(one.ground_speed->in_knots(), 415.5);
    EXPECT_DOUBLE_EQ(one.track->in_degrees(), 193.5);
    EXPECT_DOUBLE_EQ(one.vertical_rate->in_feet_per_minute(), -64.0);
    EXPECT_EQ(one.on_ground, false);
    EXPECT_EQ(one.squawk, "7000");
    EXPECT_EQ(one.accuracy->in_metres(), 100.0);
    EXPECT_EQ(one.status, "ok");
}

TEST(TrackCsv, TakesAnEmptyCellAsUnknownAndNothingFromTheRowBefore) {
    const Csv csv(
        "time_utc,icao24,lat,lon,callsign,party,alt_ft,gs_kt,track_deg,vrate_fpm,onground,squawk,"
        "accuracy_m,status\n"
        "2018-08-01T05:00:00Z,a,1,2,C,P,3,4,5,6,1,7,8,s\n"
        "2018-08-01T05:00:00Z,a,1,2,,,,,,,,,,\n");
    ASSERT_THAT(csv.reports, SizeIs(2));
    const report::TrackReport& one = csv.reports[1];
    EXPECT_EQ(one.callsign + one.party + one.squawk + one.status, "");
    EXPECT_FALSE(one.altitude || one.ground_speed || one.track || one.vertical_rate ||
                 one.on_ground || one.accuracy);
}

TEST(TrackCsv, TakesTheIcaoAddressWhereARowHasNoTrackId) {
    const Csv csv(
        "time_utc,icao24,track_id,lat,lon\n"
        "1533099600,4b1817,T-1,1,2\n"
        "1533099600,4b1817,,1,2\n");
    ASSERT_THAT(csv.reports, SizeIs(2));
    EXPECT_EQ(csv.reports[0].track_id, "T-1");
    EXPECT_EQ(csv.reports[1].track_id, "4b1817");
    EXPECT_EQ(csv.reports[1].time, kFiveOClock);
}

TEST(TrackCsv, KeepsTheDatumOfAnAltitude) {
    const Csv csv(
        "time_utc,icao24,lat,lon,alt_ft,alt_datum\n"
        "1,a,1,2,1000,\n"
        "1,a,1,2,1000,pressure\n"
        "1,a,1,2,1000,wgs84\n"
        "1,a,1,2,1000,msl\n");
    ASSERT_THAT(csv.reports, SizeIs(4));
    EXPECT_TRUE(std::holds_alternative<geo::PressureAltitude>(*csv.reports[0].altitude));
    EXPECT_TRUE(std::holds_alternative<geo::PressureAltitude>(*csv.reports[1].altitude));
    EXPECT_TRUE(std::holds_alternative<geo::AltitudeWgs84>(*csv.reports[2].altitude));
    EXPECT_TRUE(std::holds_alternative<geo::AltitudeMsl>(*csv.reports[3].altitude));
}

TEST(TrackCsv, ReadsMarkedQuotedAndCrLfFilesAlike) {
    const std::string plain = kHeader + "1,a,1,2\n\n# more\n  \n2,b b,3,4\n";
    const std::string odd =
        "\xEF\xBB\xBF"
        "\"time_utc\", track_id ,lat,\"lon\"\r\n1,\"a\", 1 ,2\r\n2,\"b b\",+3,4.0";
    const Csv one(plain);
    const Csv other(odd);
    EXPECT_THAT(one.reports, SizeIs(2));
    EXPECT_EQ(one.reports, other.reports);
    EXPECT_EQ(one.decoder.row_count(), 2U);
}

TEST(TrackCsv, GivesRowsInTheFilesOrderThoughTimesGoBack) {
    const Csv csv(kHeader + "9,a,1,2\n3,a,1,2\n");
    ASSERT_THAT(csv.reports, SizeIs(2));
    EXPECT_GT(csv.reports[0].time, csv.reports[1].time);
}

struct BadRow {
    RowFault fault;
    std::string row;
    std::string text;  ///< a part of the message
};

constexpr std::string_view kWideHeader =
    "time_utc,track_id,icao24,lat,lon,alt_ft,alt_datum,gs_kt,track_deg,vrate_fpm,onground,squawk,"
    "accuracy_m\n";

const BadRow kBadRows[] = {
    {RowFault::kOverlong, std::string(LineSplitter::kMaxBytes + 1, '1'), "65,536"},
    {RowFault::kInvalidUtf8, "1,\xFF,,1,2,,,,,,,,", "UTF-8"},
    {RowFault::kControlCharacter, std::string("1,a\0,,1,2,,,,,,,,", 17), "control character"},
    {RowFault::kControlCharacter, "1,a\rb,,1,2,,,,,,,,", "control character"},
    {RowFault::kUnbalancedQuote, "1,\"a,,1,2,,,,,,,,", "quote"},
    {RowFault::kTooFewCells, "1,a,,1,2", "too few cells"},
    {RowFault::kTooManyCells, "1,a,,1,2,,,,,,,,,", "too many cells"},
    {RowFault::kNoId, "1,,,1,2,,,,,,,,", "no track id"},
    {RowFault::kTextTooLong, "1," + std::string(65, 'a') + ",,1,2,,,,,,,,", "track_id"},
    {RowFault::kNoTime, ",a,,1,2,,,,,,,,", "time_utc is empty"},
    {RowFault::kBadTime, "noon,a,,1,2,,,,,,,,", "time_utc is 'noon'"},
    {RowFault::kBadTime, "2018-02-30T00:00:00Z,a,,1,2,,,,,,,,", "time_utc"},
    {RowFault::kNoPosition, "1,a,,,,,,,,,,,", "lat is empty"},
    {RowFault::kNoPosition, "1,a,,,2,,,,,,,,", "lat is empty"},
    {RowFault::kNoPosition, "1,a,,1,,,,,,,,,", "lon is empty"},
    {RowFault::kBadNumber, "1,a,,1N,2,,,,,,,,", "lat is '1N', expected a decimal number"},
    {RowFault::kBadNumber, "1,a,,1,2,ground,,,,,,,", "alt_ft is 'ground'"},
    {RowFault::kNotFinite, "1,a,,NaN,2,,,,,,,,", "lat is 'NaN'"},
    {RowFault::kNotFinite, "1,a,,1,2,,,nan,,,,,", "gs_kt is 'nan'"},
    {RowFault::kLatitudeRange, "1,a,,91,2,,,,,,,,", "lat is '91', expected -90 to 90 degrees"},
    {RowFault::kLongitudeRange, "1,a,,1,-180.1,,,,,,,,", "lon is '-180.1', expected -180 to 180"},
    {RowFault::kOutOfRange, "1,a,,1,2,1e30,,,,,,,", "alt_ft is '1e30'"},
    {RowFault::kOutOfRange, "1,a,,1,2,-1e300,wgs84,,,,,,", "alt_ft is '-1e300'"},
    {RowFault::kOutOfRange, "1,a,,1,2,,,-1,,,,,", "gs_kt is '-1', expected 0 to 10,000 kt"},
    {RowFault::kOutOfRange, "1,a,,1,2,,,,361,,,,", "track_deg is '361'"},
    {RowFault::kOutOfRange, "1,a,,1,2,,,,,1e7,,,", "vrate_fpm is '1e7'"},
    {RowFault::kAccuracyRange, "1,a,,1,2,,,,,,,,-5", "accuracy_m is '-5'"},
    {RowFault::kBadAltitudeDatum, "1,a,,1,2,1000,agl,,,,,,", "expected pressure, wgs84 or msl"},
    {RowFault::kBadFlag, "1,a,,1,2,,,,,,maybe,,", "onground is 'maybe'"},
    {RowFault::kBadSquawk, "1,a,,1,2,,,,,,,7790,", "squawk is '7790'"},
};

constexpr std::string_view kGoodRow = "1,a,,-90,180,1000000,msl,0,360,-1000000,TRUE,7777,0\n";

TEST(TrackCsv, SkipsABadRowAndCountsItsCause) {
    for (const BadRow& bad : kBadRows) {
        const std::string file = std::string(kWideHeader).append(kGoodRow).append(bad.row) + "\n" +
                                 std::string(kGoodRow);
        const Csv csv(file);
        EXPECT_THAT(csv.errors, SizeIs(0));
        EXPECT_THAT(csv.reports, SizeIs(2)) << bad.text;
        EXPECT_EQ(csv.decoder.row_count(), 3U);
        ASSERT_EQ(csv.decoder.faults().total(), 1U) << bad.text;
        const FaultCount<RowFault>& counted = csv.decoder.faults().counts()[0];
        EXPECT_EQ(counted.fault, bad.fault) << counted.first_text;
        EXPECT_EQ(counted.count, 1U);
        EXPECT_EQ(counted.first_line, 3U);
        EXPECT_THAT(counted.first_text, HasSubstr(bad.text));
        EXPECT_STRNE(to_string(counted.fault), "unknown fault");
    }
}

TEST(TrackCsv, StopsAtTheFirstBadRowWhereStrict) {
    for (const BadRow& bad : kBadRows) {
        const std::string file = std::string(kWideHeader).append(kGoodRow).append(bad.row) + "\n" +
                                 std::string(kGoodRow);
        const Csv csv(file, {.strict = true});
        EXPECT_THAT(csv.reports, SizeIs(1)) << bad.text;
        ASSERT_THAT(csv.errors, SizeIs(2)) << "feed and finish give the same error";
        EXPECT_EQ(csv.errors[0].fault, TrackFileFault::kBadRow);
        EXPECT_EQ(csv.errors[0].line, 3U);
        EXPECT_THAT(csv.errors[0].text, HasSubstr(bad.text));
        EXPECT_EQ(csv.errors[0], csv.errors[1]);
    }
}

TEST(TrackCsv, CountsEachCauseAndKeepsItsFirstLine) {
    const Csv csv(kHeader + "1,a,1,2\n1,a,,\n1,a,99,2\n1,a,,2\n");
    EXPECT_THAT(csv.reports, SizeIs(1));
    EXPECT_EQ(csv.decoder.faults().count_of(RowFault::kNoPosition), 2U);
    EXPECT_EQ(csv.decoder.faults().count_of(RowFault::kLatitudeRange), 1U);
    EXPECT_EQ(csv.decoder.faults().count_of(RowFault::kNoTime), 0U);
    EXPECT_EQ(csv.decoder.faults().counts()[0].first_line, 3U);
    EXPECT_EQ(csv.decoder.faults().counts()[1].first_line, 4U);
}

struct BadFile {
    TrackFileFault fault;
    std::string file;
    std::size_t line;
    std::string text;
};

TEST(TrackCsv, RefusesAFileWithoutTheHeaderItNeeds) {
    const BadFile kBadFiles[] = {
        {TrackFileFault::kNoHeader, "", 1, "no header row"},
        {TrackFileFault::kNoHeader, "# only\n# comments\n\n", 3, "no header row"},
        {TrackFileFault::kBadHeader, "time_utc,\"lat\n", 1, "header row"},
        {TrackFileFault::kBadHeader, "# x\n\xFFtime_utc\n", 2, "header row"},
        {TrackFileFault::kBadHeader, std::string(LineSplitter::kMaxBytes + 1, 'x'), 1, "too long"},
        {TrackFileFault::kMissingColumn, "lat,lon,icao24\n", 1, "does not name time_utc"},
        {TrackFileFault::kMissingColumn, "time_utc,lon,icao24\n", 1, "does not name lat"},
        {TrackFileFault::kMissingColumn, "time_utc,lat,icao24\n", 1, "does not name lon"},
        {TrackFileFault::kMissingColumn, "time_utc,lat,lon\n", 1, "track_id or icao24"},
        {TrackFileFault::kDuplicateColumn, "time_utc,lat,lon,lat,icao24\n", 1,
         "lat is named twice"},
    };
    for (const BadFile& bad : kBadFiles) {
        const Csv csv(bad.file);
        ASSERT_FALSE(csv.errors.empty()) << bad.text;
        EXPECT_EQ(csv.errors[0].fault, bad.fault) << csv.errors[0].text;
        EXPECT_EQ(csv.errors[0].line, bad.line) << csv.errors[0].text;
        EXPECT_THAT(csv.errors[0].text, HasSubstr(bad.text));
        EXPECT_THAT(csv.errors[0].text, HasSubstr("expected"));
    }
    EXPECT_THAT(Csv(kHeader).errors, SizeIs(0)) << "a header alone is a file without rows";
    EXPECT_THAT(Csv("x,x,time_utc,lat,lon,icao24\n").errors, SizeIs(0)) << "unknown twice";
}

TEST(TrackCsv, ReadsOpenSkyStateVectorsInMetres) {
    const Csv csv(
        "time,icao24,lat,lon,velocity,heading,vertrate,callsign,onground,alert,spi,squawk,"
        "baroaltitude,geoaltitude,lastposupdate,lastcontact\n"
        "1533099600,4b1817,47.5,8.5,100,90,-5.08,SWR1  ,false,False,False,1000,3048,3100,"
        "1.5330996E9,1.5330996E9\n"
        "1533099601,4b1817,47.5,8.5,NULL,,,,True,,,NULL,,304.8,,\n",
        {.dialect = Dialect::kOpenSky});
    EXPECT_EQ(csv.decoder.faults().total(), 0U);
    ASSERT_THAT(csv.reports, SizeIs(2));
    EXPECT_EQ(csv.reports[0].time, kFiveOClock);
    EXPECT_EQ(csv.reports[0].callsign, "SWR1");
    EXPECT_EQ(csv.reports[0].on_ground, false);
    EXPECT_EQ(std::get<geo::PressureAltitude>(*csv.reports[0].altitude).above_datum(),
              geo::Height::whole_feet(10'000));
    EXPECT_NEAR(csv.reports[0].ground_speed->in_metres_per_second(), 100.0, 1e-9);
    EXPECT_NEAR(csv.reports[0].vertical_rate->in_feet_per_minute(), -1000.0, 1e-9);
    EXPECT_EQ(std::get<geo::AltitudeWgs84>(*csv.reports[1].altitude).above_datum(),
              geo::Height::whole_feet(1000));
    EXPECT_EQ(csv.reports[1].on_ground, true);
    EXPECT_FALSE(csv.reports[1].ground_speed);
    EXPECT_EQ(csv.reports[1].squawk, "");
}

TEST(TrackCsv, ReadsWhatTheLibraryTrafficWrites) {
    const Csv csv(
        ",timestamp,icao24,callsign,flight_id,latitude,longitude,altitude,groundspeed,track,"
        "vertical_rate,onground,squawk,geoaltitude\n"
        "0,2018-08-01 05:00:00+00:00,4b1817,SWR1,SWR1_001,47.5,8.5,35000.0,450.0,90.0,-64.0,False,"
        "1000,36000\n"
        "1,2018-08-01 05:00:00.500+00:00,4b1817,SWR1,,47.5,8.5,,,,,True,51.0,36000\n",
        {.dialect = Dialect::kTraffic});
    EXPECT_EQ(csv.decoder.faults().total(), 0U);
    ASSERT_THAT(csv.reports, SizeIs(2));
    EXPECT_EQ(csv.reports[0].time, kFiveOClock);
    EXPECT_EQ(csv.reports[0].track_id, "SWR1_001");
    EXPECT_EQ(std::get<geo::PressureAltitude>(*csv.reports[0].altitude).above_datum(),
              geo::Height::whole_feet(35'000));
    EXPECT_DOUBLE_EQ(csv.reports[0].ground_speed->in_knots(), 450.0);
    EXPECT_EQ(csv.reports[1].time, kFiveOClock + geo::Milliseconds(500));
    EXPECT_EQ(csv.reports[1].track_id, "4b1817");
    EXPECT_FALSE(csv.reports[1].altitude);
    EXPECT_EQ(csv.reports[1].squawk, "0051");
}

TEST(TrackCsv, SaysWhichColumnsADialectNeeds) {
    const Csv opensky(kHeader, {.dialect = Dialect::kOpenSky});
    ASSERT_FALSE(opensky.errors.empty());
    EXPECT_EQ(opensky.errors[0].text,
              "the header row does not name time, expected the columns time, lat, lon and icao24 "
              "(dialect opensky)");
    const Csv traffic(kHeader, {.dialect = Dialect::kTraffic});
    ASSERT_FALSE(traffic.errors.empty());
    EXPECT_THAT(traffic.errors[0].text, HasSubstr("flight_id or icao24 (dialect traffic)"));
}

TEST(Dialect, HasANameThatReadsBack) {
    for (const Dialect dialect : {Dialect::kComity, Dialect::kOpenSky, Dialect::kTraffic}) {
        EXPECT_EQ(dialect_from(to_string(dialect)), dialect);
    }
    EXPECT_EQ(dialect_from("excel"), std::nullopt);
}

}  // namespace
}  // namespace comity::surveillance
