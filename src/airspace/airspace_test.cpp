// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/airspace/airspace.hpp"

#include <string>

#include <gtest/gtest.h>

namespace comity::airspace {
namespace {

constexpr AirspaceType kTypes[] = {AirspaceType::kUnstated,
                                   AirspaceType::kNational,
                                   AirspaceType::kProhibited,
                                   AirspaceType::kRestricted,
                                   AirspaceType::kDanger,
                                   AirspaceType::kHazard,
                                   AirspaceType::kTemporarySegregated,
                                   AirspaceType::kTemporaryReserved,
                                   AirspaceType::kBuffer};

TEST(AirspaceType, EachNameReadsBackAsItsType) {
    for (const AirspaceType type : kTypes) {
        EXPECT_EQ(airspace_type_from(to_string(type)), type) << to_string(type);
    }
}

TEST(AirspaceType, NamesAreThoseOfFiles) {
    std::string names;
    for (const AirspaceType type : kTypes) names += std::string(to_string(type)) + ' ';
    EXPECT_EQ(names, "unstated national prohibited restricted danger hazard tsa tra buffer ");
}

TEST(AirspaceType, OtherNamesAreNone) {
    for (const char* name : {"", "National", "national ", "TSA", "unknown", "buffe"}) {
        EXPECT_EQ(airspace_type_from(name), std::nullopt) << name;
    }
}

TEST(Airspace, IsUnlimitedAndUnstatedUnlessSaid) {
    const Airspace airspace;
    EXPECT_EQ(airspace.type, AirspaceType::kUnstated);
    EXPECT_FALSE(airspace.accuracy.has_value());
    EXPECT_FALSE(airspace.validity.has_value());
    EXPECT_EQ(airspace.band, AltitudeBand(Band<geo::AltitudeMsl>{}));
}

}  // namespace
}  // namespace comity::airspace
