// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/wire/track_frame.hpp"

#include "comity/base/bytes.hpp"
#include "comity/geo/altitude.hpp"
#include "comity/wire/read_frame.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace comity::wire {
namespace {

geo::Position place(double latitude, double longitude) {
    return *geo::Position::from_degrees({.latitude = latitude, .longitude = longitude});
}

std::string hex_of(const FrameTrack& track) {
    FrameWriter writer(geo::Instant(geo::Milliseconds(0x0102030405)));
    writer.add(track);
    return base::to_hex(base::bytes_of(writer.take()));
}

TEST(TrackFrame, WritesTheBytesThatItsPageSays) {
    const FrameTrack track{.number = 7,
                           .position = place(-30.5, 120.25),
                           .altitude = geo::PressureAltitude::at(geo::Height::whole_feet(19'000)),
                           .ground_speed = geo::Speed::knots(420.04),
                           .track = geo::Angle::degrees(90.0),
                           .vertical_rate = geo::Speed::feet_per_minute(-640.0),
                           .accuracy = geo::Distance::metres(50.2),
                           .age = geo::Milliseconds(1'250)};
    EXPECT_EQ(hex_of(track),
              "43544631"
              "01000000"
              "0504030201000000"
              "07000000"
              "c011d2ed"
              "a0b1ac47"
              "30e60200"
              "6810"
              "0040"
              "80fd"
              "0c00"
              "3300"
              "08"
              "00"
              "00000000");
}

TEST(TrackFrame, WhatIsNotKnownIsSaid) {
    const std::string hex = hex_of({.number = 1, .position = place(0, 0)});
    EXPECT_EQ(hex.substr(32),
              "01000000"
              "00000000"
              "00000000"
              "00000080"
              "ffff"
              "0000"
              "0080"
              "0000"
              "ffff"
              "00"
              "00"
              "00000000");
}

TEST(TrackFrame, FlagsAndDatumsStandApart) {
    FrameTrack track{.position = place(0, 0),
                     .altitude = geo::AltitudeWgs84::at(geo::Height::whole_feet(1)),
                     .track = geo::Angle::degrees(359.9999),
                     .is_estimated = true,
                     .is_lost = true,
                     .is_on_ground = true};
    EXPECT_EQ(hex_of(track).substr(32 + 52, 4), "0f02");
    EXPECT_EQ(hex_of(track).substr(32 + 36, 4), "0000");
    track.altitude = geo::AltitudeMsl::at(geo::Height::whole_feet(1));
    EXPECT_EQ(hex_of(track).substr(32 + 52, 4), "0f01");
}

TEST(TrackFrame, WhatIsTooLargeIsTheNearestThatFits) {
    const std::string hex = hex_of({.position = place(0, 0),
                                    .ground_speed = geo::Speed::knots(10'000),
                                    .vertical_rate = geo::Speed::feet_per_minute(-1e6),
                                    .accuracy = geo::Distance::metres(1e9),
                                    .age = geo::Milliseconds(100'000'000)});
    EXPECT_EQ(hex.substr(32 + 32, 4), "feff");
    EXPECT_EQ(hex.substr(32 + 40, 4), "0180");
    EXPECT_EQ(hex.substr(32 + 44, 4), "ffff");
    EXPECT_EQ(hex.substr(32 + 48, 4), "ffff");
}

TEST(TrackFrame, CountsItsTracks) {
    FrameWriter writer(geo::Instant{});
    for (int i = 0; i < 300; ++i) writer.add({.position = place(0, 0)});
    const std::string frame = writer.take();
    EXPECT_EQ(frame.size(), FrameWriter::kHeader + 300 * FrameWriter::kTrack);
    EXPECT_EQ(base::to_hex(base::bytes_of(frame)).substr(8, 8), "2c010000");
}

TEST(TrackFrame, HasItsTracksByNumberSoThatEachIsFound) {
    FrameWriter writer(geo::Instant{});
    for (const std::uint32_t number : {70'000U, 3U, 256U, 4U}) {
        writer.add({.number = number, .position = place(number / 1'000.0, 0)});
    }
    const std::string frame = writer.take();
    std::vector<std::uint32_t> numbers;
    each_track(frame, [&](const ReadTrack& track) { numbers.push_back(track.number); });
    EXPECT_EQ(numbers, (std::vector<std::uint32_t>{3, 4, 256, 70'000}));
    for (const std::uint32_t number : numbers) {
        const auto found = find_track(frame, number);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->number, number);
        EXPECT_NEAR(found->latitude, number / 1'000.0, 1e-6);
    }
    for (const std::uint32_t number : {0U, 5U, 70'001U}) EXPECT_FALSE(find_track(frame, number));
    EXPECT_FALSE(find_track(FrameWriter(geo::Instant{}).take(), 0));
}

TEST(TrackFrame, ReadsBackWhatItWrote) {
    FrameWriter writer(geo::Instant{});
    writer.add({.number = 3, .position = place(-0.0000001, 179.9999999)});
    writer.add({.number = 4'000'000'000,
                .position = place(47.5, -8.25),
                .altitude = geo::AltitudeMsl::at(geo::Height::whole_feet(-100)),
                .ground_speed = geo::Speed::knots(120.5),
                .track = geo::Angle::degrees(270.0),
                .vertical_rate = geo::Speed::feet_per_minute(1200.0),
                .accuracy = geo::Distance::metres(30.0),
                .age = geo::Milliseconds(4'000),
                .is_estimated = true,
                .is_on_ground = true});
    std::vector<ReadTrack> read;
    each_track(writer.take(), [&](const ReadTrack& track) { read.push_back(track); });
    ASSERT_EQ(read.size(), 2U);
    EXPECT_NEAR(read[0].latitude, -1e-7, 1e-12);
    EXPECT_NEAR(read[0].longitude, 179.9999999, 1e-12);
    EXPECT_FALSE(read[0].altitude_feet || read[0].speed_knots || read[0].direction_degrees ||
                 read[0].rate_feet_per_minute || read[0].accuracy_metres);
    EXPECT_EQ(read[1].number, 4'000'000'000U);
    EXPECT_DOUBLE_EQ(*read[1].altitude_feet, -100.0);
    EXPECT_EQ(read[1].datum, 1);
    EXPECT_DOUBLE_EQ(*read[1].speed_knots, 120.5);
    EXPECT_DOUBLE_EQ(*read[1].direction_degrees, 270.0);
    EXPECT_DOUBLE_EQ(*read[1].rate_feet_per_minute, 1200.0);
    EXPECT_EQ(*read[1].accuracy_metres, 30.0);
    EXPECT_EQ(read[1].age, geo::Milliseconds(4'000));
    EXPECT_TRUE(read[1].is_estimated && read[1].is_on_ground && !read[1].is_lost);
}

}  // namespace
}  // namespace comity::wire
