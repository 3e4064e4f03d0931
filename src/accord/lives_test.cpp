// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What a party sees beside what it is told: its own, what came of what it told, whom it knows.
#include "standing_world.hpp"

#include "comity/accord/life.hpp"

#include <set>
#include <string>
#include <vector>

namespace comity::accord::testing {
namespace {

std::vector<std::string> seen_by(const World& w, const char* viewer, const char* item) {
    std::vector<std::string> seen;
    for (const Notice* notice : lives(w.state(), party_of(viewer), item_of(item))) {
        seen.push_back(notice->to.value());
        EXPECT_TRUE(viewers(w.state(), *notice).contains(party_of(viewer)));
    }
    return seen;
}
using Names = std::vector<std::string>;

TEST(Lives, TheOwnerSeesWhatBecameOfItsFlightAndOthersSeeTheirOwn) {
    StandingWorld w;
    ASSERT_EQ(w.files("south", intent("S1").circle(36, 36, 5).from("07:20").to("07:40")),
              kAccepted);
    EXPECT_EQ(seen_by(w, "south", "intent/S1"), Names{"lead"});
    EXPECT_EQ(seen_by(w, "lead", "intent/S1"), Names{"lead"});
    EXPECT_EQ(seen_by(w, "north", "intent/S1"), Names{});
    EXPECT_EQ(seen_by(w, "east", "intent/S1"), Names{});
    ASSERT_EQ(w.passes_on("lead", "intent/S1", {"north"}), kAccepted);
    EXPECT_EQ(seen_by(w, "south", "intent/S1"), (Names{"lead", "north"}));
    EXPECT_EQ(seen_by(w, "lead", "intent/S1"), (Names{"lead", "north"}));
    EXPECT_EQ(seen_by(w, "north", "intent/S1"), Names{"north"});
}

TEST(Lives, WhoIsToldInsteadSeesTheLifeOfWhoWasLate) {
    StandingWorld w;
    ASSERT_EQ(w.files("south", intent("S1").circle(36, 36, 5).from("07:20").to("07:40")),
              kAccepted);
    w.at("07:01:30");
    EXPECT_EQ(seen_by(w, "desk", "intent/S1"), (Names{"desk", "lead"}));
    EXPECT_EQ(seen_by(w, "line", "intent/S1"), Names{});
    w.at("07:02");
    EXPECT_EQ(seen_by(w, "line", "intent/S1"), (Names{"line", "desk"}));
}

TEST(Lives, OfWhatIsItsOwnUnderAnAgreementOfOthersNobodySeesAnything) {
    StandingWorld w;
    w.agree("other", terms({"lead", "desk"}));
    // North's alert reaches the lead by the strait's agreement, which North has signed.
    ASSERT_EQ(
        w.raises(
            alert("w1").in("north-airspace").seen_by("north").flown_by("south").ahead("07:04")),
        kAccepted);
    EXPECT_EQ(seen_by(w, "north", "warning/w1"), (Names{"north", "lead", "south"}));
    EXPECT_EQ(seen_by(w, "south", "warning/w1"), Names{"south"});
    EXPECT_EQ(seen_by(w, "lead", "warning/w1"), Names{"lead"});
}

TEST(Lives, WhatItsOwnFeedFoundAndItMayNotKnowStaysHidden) {
    StandingWorld w;
    // South's area was not shown to North, whose feed sees somebody come near it.
    ASSERT_EQ(w.files("south", area("D").type(airspace::AirspaceType::kDanger)), kAccepted);
    ASSERT_EQ(w.raises(alert("w2").in("D").seen_by("north").ahead("07:04")), kAccepted);
    ASSERT_NE(w.state().notice(party_of("south"), item_of("warning/w2")), nullptr);
    ASSERT_EQ(w.state().notice(party_of("north"), item_of("warning/w2")), nullptr);
    EXPECT_EQ(seen_by(w, "north", "warning/w2"), Names{});
    EXPECT_EQ(seen_by(w, "south", "warning/w2"), Names{"south"});
}

TEST(Lives, OthersSeeOfAWarningWhenItWasFirstToldAndNothingOfHowOften) {
    StandingWorld w;
    ASSERT_EQ(w.raises(alert("w1").in("north-airspace").seen_by("north").ahead("07:04")),
              kAccepted);
    ASSERT_EQ(w.received("south", "warning/w1"), kAccepted);
    ASSERT_EQ(
        w.at("07:01").raises(alert("w1").in("north-airspace").seen_by("north").entered("07:00:30")),
        kAccepted);
    ASSERT_EQ(w.received("south", "warning/w1"), kAccepted);
    const Notice& notice = w.notice("south", "warning/w1");
    ASSERT_EQ(notice.last.version, 2U);
    ASSERT_EQ(notice.received->version, 2U);
    const Notice shown = notice_for_others(notice);
    EXPECT_EQ(shown.last, notice.first);
    EXPECT_EQ(shown.received->at, *notice.first_received);
    EXPECT_EQ(shown.received->version, 1U);
}

TEST(Lives, AProposalNamesThoseWhoAcceptedItAlone) {
    StandingWorld w;
    ASSERT_EQ(w.proposes("east", "wish", terms({"east", "north", "south"}).escalates_to({"line"})),
              kAccepted);
    EXPECT_EQ(acquaintances(w.state(), party_of("east")), std::set<PartyId>{party_of("east")});
    ASSERT_EQ(w.changes("north", "wish", AgreementAct::kAccept), kAccepted);
    EXPECT_EQ(acquaintances(w.state(), party_of("east")),
              (std::set<PartyId>{party_of("east"), party_of("north")}));
}

TEST(Lives, ReleasesItsOwnToItsOwnerAlone) {
    StandingWorld w;
    ASSERT_EQ(
        w.files("south", intent("S1").aircraft("T1").circle(36, 36, 5).from("07:20").to("07:40")),
        kAccepted);
    const auto own = release_own(w.state(), party_of("south"), item_of("intent/S1"));
    ASSERT_TRUE(own);
    EXPECT_EQ(own->level, Level::kFull);
    EXPECT_EQ(own->why, Why::kOwner);
    EXPECT_EQ(own->version, 1U);
    EXPECT_EQ(std::get<IntentView>(own->view).aircraft, std::vector<std::string>{"T1"});
    EXPECT_FALSE(release_own(w.state(), party_of("lead"), item_of("intent/S1")));
    EXPECT_FALSE(release_own(w.state(), party_of("south"), item_of("airspace/north-airspace")));
    EXPECT_TRUE(release_own(w.state(), party_of("north"), item_of("airspace/north-airspace")));
    EXPECT_FALSE(release_own(w.state(), party_of("south"), item_of("agreement/strait")));
    EXPECT_FALSE(release_own(w.state(), party_of("south"), item_of("intent/S2")));
}

TEST(Lives, KnowsThoseOfItsAgreementsAndNobodyElse) {
    StandingWorld w;
    const auto known = [&](const char* party) {
        std::set<std::string> names;
        for (const PartyId& one : acquaintances(w.state(), party_of(party))) {
            names.insert(one.value());
        }
        return names;
    };
    const std::set<std::string> strait{"desk", "lead", "line", "north", "south"};
    EXPECT_EQ(known("south"), strait);
    EXPECT_EQ(known("east"), std::set<std::string>{"east"});
    EXPECT_EQ(known("desk"), std::set<std::string>{"desk"});
    w.agree("league-terms", terms({"east", "league"}));
    EXPECT_EQ(known("east"), (std::set<std::string>{"east", "lead", "league", "north"}));
}

}  // namespace
}  // namespace comity::accord::testing
