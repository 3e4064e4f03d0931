// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "test_feed.hpp"

#include "comity/geo/altitude.hpp"
#include "comity/geo/instant.hpp"
#include "comity/report/track_report.hpp"
#include "comity/surveillance/fault_tally.hpp"
#include "comity/surveillance/line_splitter.hpp"
#include "comity/surveillance/sbs.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::surveillance {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::SizeIs;

using Sbs = Decoded<SbsDecoder, SbsOptions, SbsError>;

constexpr geo::Instant kFiveOClock = std::chrono::sys_days(2018y / 8 / 1) + std::chrono::hours(5);

/// A message generated `seconds` after five o'clock; `fields` are 11 to 22.
std::string message(int transmission, int seconds, std::string_view fields,
                    std::string_view hex = "4B1817") {
    return fmt::format(
        "MSG,{},1,1,{},1,2018/08/01,05:{:02}:{:02}.000,2018/08/01,05:00:00.000,{}\r\n",
        transmission, hex, seconds / 60, seconds % 60, fields);
}

const std::string kAirborne = ",35025,,,47.70520,6.46580,,,0,0,0,0";

TEST(Sbs, ReportsAnAirbornePosition) {
    const Sbs sbs(message(3, 0, kAirborne));
    EXPECT_EQ(sbs.decoder.faults().total(), 0U);
    ASSERT_THAT(sbs.reports, SizeIs(1));
    const report::TrackReport& one = sbs.reports[0];
    EXPECT_EQ(one.time, kFiveOClock);
    EXPECT_EQ(one.track_id, "4b1817");
    EXPECT_EQ(one.position.latitude().e7(), 477'052'000);
    EXPECT_EQ(one.position.longitude().e7(), 64'658'000);
    EXPECT_EQ(std::get<geo::PressureAltitude>(*one.altitude).above_datum(),
              geo::Height::whole_feet(35025));
    EXPECT_EQ(one.on_ground, false);
    EXPECT_EQ(one.callsign + one.squawk, "");
    EXPECT_FALSE(one.ground_speed || one.track || one.vertical_rate);
}

TEST(Sbs, TakesASurfacePositionAsOnTheGround) {
    const Sbs sbs(message(2, 0, ",,12,258.3,54.05735,-4.38826,,,,,,") +
                  message(2, 1, ",,12,258.3,54.05735,-4.38826,,,,,,-1") +
                  message(2, 2, ",,12,258.3,54.05735,-4.38826,,,,,,0"));
    ASSERT_THAT(sbs.reports, SizeIs(3));
    EXPECT_EQ(sbs.reports[0].on_ground, true);
    EXPECT_EQ(sbs.reports[1].on_ground, true);
    EXPECT_EQ(sbs.reports[2].on_ground, false) << "what the message says goes before its kind";
    EXPECT_DOUBLE_EQ(sbs.reports[0].ground_speed->in_knots(), 12.0);
    EXPECT_FALSE(sbs.reports[0].altitude);
}

TEST(Sbs, CarriesOverWhatOtherMessagesOfTheAircraftSaid) {
    const Sbs sbs(message(1, 0, "LDM150  ,,,,,,,,,,,") + message(4, 1, ",,415.5,193.5,,,-64,,,,,") +
                  message(6, 2, ",35000,,,,,,7000,0,0,0,0") +
                  message(4, 3, ",,1,2,,,3,,,,,", "ABCDEF") + message(3, 60, kAirborne) +
                  message(3, 61, kAirborne) + message(3, 63, kAirborne));
    ASSERT_THAT(sbs.reports, SizeIs(3));
    EXPECT_EQ(sbs.reports[0].callsign, "LDM150");
    EXPECT_DOUBLE_EQ(sbs.reports[0].ground_speed->in_knots(), 415.5);
    EXPECT_DOUBLE_EQ(sbs.reports[0].track->in_degrees(), 193.5);
    EXPECT_DOUBLE_EQ(sbs.reports[0].vertical_rate->in_feet_per_minute(), -64.0);
    EXPECT_EQ(sbs.reports[0].squawk, "7000");
    EXPECT_EQ(sbs.reports[1].callsign, "") << "stated 61 s before";
    EXPECT_TRUE(sbs.reports[1].ground_speed) << "stated 60 s before";
    EXPECT_FALSE(sbs.reports[2].ground_speed || sbs.reports[2].track);
    EXPECT_EQ(sbs.reports[2].squawk, "");
}

TEST(Sbs, CarriesNothingBackInTime) {
    const Sbs sbs(message(1, 10, "LDM150,,,,,,,,,,,") + message(3, 5, kAirborne));
    ASSERT_THAT(sbs.reports, SizeIs(1));
    EXPECT_EQ(sbs.reports[0].callsign, "");
}

TEST(Sbs, ForgetsAnAircraftThatTheRecorderRemoved) {
    const std::string removed =
        "STA,,5,179,4B1817,1,2018/08/01,05:00:01.000,2018/08/01,05:00:01.000,RM\r\n";
    const Sbs sbs(message(1, 0, "LDM150,,,,,,,,,,,") + removed + message(3, 2, kAirborne));
    ASSERT_THAT(sbs.reports, SizeIs(1));
    EXPECT_EQ(sbs.reports[0].callsign, "");
}

TEST(Sbs, AcceptsTheOtherMessageTypes) {
    const std::string head =
        ",,496,2286,4B1817,27215,2018/08/01,05:00:00.000,2018/08/01,05:00:00.000";
    const Sbs sbs("SEL" + head + ",RYR1427\n" + "ID" + head + ",EZY691A\n" + "AIR" + head + "\n" +
                  "STA" + head + ",PL\n" +
                  "CLK,,496,-1,,-1,2018/08/01,05:00:00.000,2018/08/01,"
                  "05:00:00.000\n" +
                  message(5, 0, ",10000,,,,,,,0,,0,0") + message(7, 0, ",3775,,,,,,,,,,0") +
                  message(8, 0, ",,,,,,,,,,,0") + message(3, 1, kAirborne));
    EXPECT_EQ(sbs.decoder.faults().total(), 0U);
    EXPECT_EQ(sbs.decoder.message_count(), 9U);
    ASSERT_THAT(sbs.reports, SizeIs(1));
    EXPECT_EQ(sbs.reports[0].callsign, "EZY691A");
}

TEST(Sbs, TellsATrackWithoutAnIcaoAddressFromTheAddress) {
    const Sbs sbs(message(3, 0, kAirborne, "~2A3B4C") + message(3, 0, kAirborne, "2A3B4C"));
    ASSERT_THAT(sbs.reports, SizeIs(2));
    EXPECT_EQ(sbs.reports[0].track_id, "~2a3b4c");
    EXPECT_EQ(sbs.reports[1].track_id, "2a3b4c");
    EXPECT_EQ(sbs.decoder.aircraft_count(), 2U);
}

TEST(Sbs, TakesTheRecordersOffsetFromUtcAway) {
    const Sbs sbs(message(3, 0, kAirborne), {.utc_offset = std::chrono::hours(2)});
    ASSERT_THAT(sbs.reports, SizeIs(1));
    EXPECT_EQ(sbs.reports[0].time, kFiveOClock - std::chrono::hours(2));
}

struct BadMessage {
    SbsFault fault;
    std::string line;
    std::string text;
};

std::vector<BadMessage> bad_messages() {
    const auto fields = [](int transmission, std::string_view rest) {
        return message(transmission, 0, rest);
    };
    return {
        {SbsFault::kOverlong, std::string(LineSplitter::kMaxBytes + 1, 'M'), "65,536"},
        {SbsFault::kInvalidUtf8, "MSG,\xFF\n", "UTF-8"},
        {SbsFault::kControlCharacter, std::string("MSG\0\n", 5), "control character"},
        {SbsFault::kUnknownType, "FOO,3\n", "field 1 is 'FOO'"},
        {SbsFault::kTooFewFields, "MSG,3,1,1,4B1817,1,2018/08/01,05:0\n", "too few fields"},
        {SbsFault::kTooFewFields, "AIR,,1\n", "too few fields"},
        {SbsFault::kTooManyFields, fields(3, kAirborne + ",9"), "too many fields"},
        {SbsFault::kBadTransmissionType, fields(9, kAirborne), "field 2 is '9', expected 1 to 8"},
        {SbsFault::kBadHexIdent, message(3, 0, kAirborne, "4B18"), "field 5 is '4B18'"},
        {SbsFault::kBadHexIdent, message(3, 0, kAirborne, "4B18XY"), "field 5 is '4B18XY'"},
        {SbsFault::kBadHexIdent, message(3, 0, kAirborne, ""), "field 5 is ''"},
        {SbsFault::kNoTime, "MSG,3,1,1,4B1817,1,,05:00:00.000,,," + kAirborne, "field 7 is ''"},
        {SbsFault::kNoTime, "MSG,3,1,1,4B1817,1,2018/08/01,,,," + kAirborne, "field 8 is ''"},
        {SbsFault::kBadTime, "MSG,3,1,1,4B1817,1,2018-08-01,05:00:00,,," + kAirborne, "field 7"},
        {SbsFault::kBadTime, "MSG,3,1,1,4B1817,1,2018/13/01,05:00:00,,," + kAirborne, "2018/08/01"},
        {SbsFault::kBadTime, "MSG,3,1,1,4B1817,1,2018/08/01,25:00:00,,," + kAirborne, "field 8"},
        {SbsFault::kBadTime, "MSG,3,1,1,4B1817,1,2018/08/01,05:00:00Z,,," + kAirborne, "field 8"},
        {SbsFault::kTextTooLong, fields(1, std::string(65, 'A') + ",,,,,,,,,,,"), "field 11"},
        {SbsFault::kBadNumber, fields(3, ",ground,,,1,2,,,0,0,0,0"), "field 12 is 'ground'"},
        {SbsFault::kNotFinite, fields(4, ",,nan,1,,,1,,,,,"), "field 13 is 'nan'"},
        {SbsFault::kOutOfRange, fields(4, ",,1,1,,,1e30,,,,,"), "field 17 is '1e30'"},
        {SbsFault::kLatitudeRange, fields(3, ",1,,,91,2,,,0,0,0,0"), "field 15 is '91'"},
        {SbsFault::kLongitudeRange, fields(3, ",1,,,1,181,,,0,0,0,0"), "field 16 is '181'"},
        {SbsFault::kBadSquawk, fields(6, ",1,,,,,,7800,0,0,0,0"), "field 18 is '7800'"},
        {SbsFault::kBadFlag, fields(3, ",1,,,1,2,,,0,0,0,x"), "field 22 is 'x'"},
        {SbsFault::kNoPosition, fields(3, ",35025,,,,,,,0,0,0,0"), "no position"},
        {SbsFault::kNoPosition, fields(3, ",35025,,,1,,,,0,0,0,0"), "no position"},
    };
}

TEST(Sbs, SkipsABadMessageAndCountsItsCause) {
    for (const BadMessage& bad : bad_messages()) {
        const Sbs sbs(message(3, 0, kAirborne) + bad.line + "\n" + message(3, 0, kAirborne));
        EXPECT_THAT(sbs.errors, SizeIs(0));
        EXPECT_THAT(sbs.reports, SizeIs(2)) << bad.text;
        ASSERT_EQ(sbs.decoder.faults().total(), 1U) << bad.text;
        const FaultCount<SbsFault>& counted = sbs.decoder.faults().counts()[0];
        EXPECT_EQ(counted.fault, bad.fault) << counted.first_text;
        EXPECT_EQ(counted.first_line, 2U);
        EXPECT_THAT(counted.first_text, HasSubstr(bad.text));
        EXPECT_STRNE(to_string(counted.fault), "unknown fault");
    }
}

TEST(Sbs, StopsAtTheFirstBadMessageWhereStrict) {
    for (const BadMessage& bad : bad_messages()) {
        const Sbs sbs(message(3, 0, kAirborne) + bad.line + "\n" + message(3, 0, kAirborne),
                      {.strict = true});
        EXPECT_THAT(sbs.reports, SizeIs(1)) << bad.text;
        ASSERT_THAT(sbs.errors, SizeIs(2)) << "feed and finish give the same error";
        EXPECT_EQ(sbs.errors[0].fault, bad.fault);
        EXPECT_EQ(sbs.errors[0].line, 2U);
        EXPECT_THAT(sbs.errors[0].text, HasSubstr(bad.text));
    }
}

TEST(Sbs, KeepsTheRestOfAPositionMessageWithoutAPosition) {
    const Sbs sbs(message(3, 0, "LDM150,35025,400,,,,,,0,0,0,0") + message(3, 1, kAirborne));
    ASSERT_THAT(sbs.reports, SizeIs(1));
    EXPECT_EQ(sbs.reports[0].callsign, "LDM150");
    EXPECT_DOUBLE_EQ(sbs.reports[0].ground_speed->in_knots(), 400.0);
}

TEST(Sbs, GivesTheSameReportsForEveryChunkSize) {
    std::string text = "\xEF\xBB\xBF";
    for (int i = 0; i < 5; ++i) {
        text += message(1, i, "LDM150,,,,,,,,,,,") + message(3, i, kAirborne) + "\nMSG,3\n";
    }
    const Sbs whole(text);
    EXPECT_THAT(whole.reports, SizeIs(5));
    for (std::size_t chunk = 1; chunk < 120; ++chunk) {
        const Sbs cut(text, {}, chunk);
        EXPECT_EQ(cut.reports, whole.reports) << "chunks of " << chunk;
        EXPECT_EQ(cut.decoder.faults(), whole.decoder.faults()) << "chunks of " << chunk;
    }
}

TEST(Sbs, ForgetsTheAircraftSilentForLongestBeyondItsLimit) {
    constexpr int kFlood = static_cast<int>(SbsDecoder::kMaxAircraft);
    SbsDecoder decoder({}, [](const report::TrackReport&) {});
    const auto feed = [&decoder](const std::string& text) {
        ASSERT_TRUE(decoder.feed(bytes_of(text)));
    };
    feed(message(1, 0, "FIRST,,,,,,,,,,,", "FFFFFE"));
    std::string flood;
    for (int i = 0; i < kFlood; ++i)
        flood += message(8, 0, ",,,,,,,,,,,0", fmt::format("{:06X}", i));
    feed(flood);
    EXPECT_EQ(decoder.aircraft_count(), SbsDecoder::kMaxAircraft);
    std::string callsign = "unset";
    SbsDecoder fresh({}, [&callsign](const report::TrackReport& one) { callsign = one.callsign; });
    ASSERT_TRUE(fresh.feed(bytes_of(message(1, 0, "FIRST,,,,,,,,,,,", "FFFFFE"))));
    ASSERT_TRUE(fresh.feed(bytes_of(flood)));
    ASSERT_TRUE(fresh.feed(bytes_of(message(3, 1, kAirborne, "FFFFFE"))));
    EXPECT_EQ(callsign, "");
}

}  // namespace
}  // namespace comity::surveillance
