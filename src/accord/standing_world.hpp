// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/testing/told.hpp"
#include "comity/accord/testing/world.hpp"

#include <gtest/gtest.h>

namespace comity::accord::testing {

using namespace std::chrono_literals;

inline constexpr Outcome kAccepted = Outcome::kAccepted;

/// What the tests start from: the south tells the lead of a group of its flights, and the lead
/// passes them on to its member, the north, whose airspace they may come close to.
inline TermsOf strait_terms() {
    return terms({"south", "lead", "north"})
        .shares("south", "lead", Shared::kIntents, Level::kFull)
        .relays("lead", "north", Level::kVolume)
        .shares("north", "south", Shared::kAirspaces, Level::kFull)
        .shares("north", "south", Shared::kAlerts, Level::kFull)
        .always_shares("north", "lead", Shared::kAlerts, Level::kVolume)
        .escalates_to({"desk", "line"})
        .within(1min, 5min, 10min);
}

inline void add_parties(World& w) {
    for (const auto* id : {"south", "lead", "north", "desk", "line", "east"}) {
        EXPECT_EQ(w.party(id, {key(id)}), kAccepted);
    }
    EXPECT_EQ(w.group("league", "lead", {"lead", "north"}), kAccepted);
}

struct StandingWorld : World {
    StandingWorld() {
        add_parties(*this);
        agree("strait", strait_terms());
        EXPECT_EQ(files("north", area("north-airspace").type(airspace::AirspaceType::kNational)),
                  kAccepted);
        EXPECT_EQ(received("south", "airspace/north-airspace"), kAccepted);
        EXPECT_EQ(reads("south", "Cpt S", "airspace/north-airspace"), kAccepted);
    }
};

}  // namespace comity::accord::testing
