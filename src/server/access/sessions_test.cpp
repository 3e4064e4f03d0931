// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/sessions.hpp"

#include "secret_text.hpp"
#include "test_access.hpp"

#include "comity/base/testing/memory_disk.hpp"
#include "comity/base/testing/seeded_entropy.hpp"

#include <chrono>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

using std::chrono::minutes;

constexpr SessionTimes kTimes{.most = minutes(100), .idle = minutes(10)};
constexpr const char* kAnna = "anna@coast.example";

class SessionsTest : public ::testing::Test {
  protected:
    SessionsTest() {
        enrolled(disk_, kCoast);
        directory_.reload_if_changed();
    }

    std::string open(SteadyTime now, std::string_view role = "controller") {
        return sessions_.open(*directory_.person(kAnna), role, now).value().token;
    }

    // As kCoast says it, with something else in it.
    void enrol_again(std::string_view text) {
        enrolled(disk_, text, 9);
        EXPECT_TRUE(directory_.reload_if_changed().is_changed);
    }

    base::testing::MemoryDisk disk_{1};
    base::testing::SeededEntropy entropy_{5};
    Directory directory_{disk_};
    Sessions sessions_{directory_, entropy_, kTimes};
};

TEST_F(SessionsTest, HoldWhatWasSignedInWith) {
    const auto opened = sessions_.open(*directory_.person(kAnna), "observer", minutes(1));
    ASSERT_TRUE(opened.has_value());
    EXPECT_TRUE(is_token(opened->token) && is_token(opened->session.csrf));
    EXPECT_NE(opened->token, opened->session.csrf);
    const Session* session = sessions_.find(opened->token, minutes(2));
    ASSERT_NE(session, nullptr);
    EXPECT_EQ(session->party, accord::PartyId("coast-guard"));
    EXPECT_EQ(session->person, "Anna B.");
    EXPECT_EQ(session->sign_in, kAnna);
    EXPECT_EQ(session->role, "observer");
    EXPECT_EQ(session->opened, minutes(1));
    EXPECT_EQ(session->used, minutes(2));
    EXPECT_TRUE(check_csrf(*session, opened->session.csrf));
    EXPECT_FALSE(check_csrf(*session, opened->token));
    EXPECT_FALSE(check_csrf(*session, ""));
}

TEST_F(SessionsTest, OnlyWithARoleThatThePersonHas) {
    const auto refused = sessions_.open(*directory_.person(kAnna), "supervisor", minutes(0));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error(), SessionError::kRole);
    EXPECT_EQ(sessions_.size(), 0U);
}

TEST_F(SessionsTest, NoOtherTokenHasOne) {
    const std::string token = open(minutes(0));
    EXPECT_EQ(sessions_.find("", minutes(0)), nullptr);
    EXPECT_EQ(sessions_.find(token.substr(1), minutes(0)), nullptr);
    EXPECT_EQ(sessions_.find("A" + token.substr(1), minutes(0)), nullptr);
    EXPECT_FALSE(sessions_.end("A" + token.substr(1)));
    EXPECT_NE(sessions_.find(token, minutes(0)), nullptr);
    EXPECT_TRUE(sessions_.end(token));
    EXPECT_FALSE(sessions_.end(token));
    EXPECT_EQ(sessions_.find(token, minutes(0)), nullptr);
}

TEST_F(SessionsTest, EndWhenIdle) {
    const std::string token = open(minutes(0));
    constexpr std::chrono::milliseconds kOne(1);
    EXPECT_NE(sessions_.find(token, minutes(10) - kOne), nullptr);
    EXPECT_NE(sessions_.find(token, minutes(20) - 2 * kOne), nullptr);
    EXPECT_EQ(sessions_.find(token, minutes(30) - 2 * kOne), nullptr);
    EXPECT_EQ(sessions_.size(), 0U);
}

TEST_F(SessionsTest, EndInAnyCase) {
    const std::string token = open(minutes(0));
    for (int i = 1; i < 20; ++i) EXPECT_NE(sessions_.find(token, minutes(5 * i)), nullptr) << i;
    EXPECT_EQ(sessions_.find(token, minutes(100)), nullptr);
}

TEST_F(SessionsTest, TheOldestOfAPersonMakesRoom) {
    std::vector<std::string> tokens;
    for (std::size_t i = 0; i <= Sessions::kMaxOfPerson; ++i) {
        tokens.push_back(open(std::chrono::milliseconds(i)));
    }
    EXPECT_EQ(sessions_.size(), Sessions::kMaxOfPerson);
    EXPECT_EQ(sessions_.find(tokens.front(), minutes(1)), nullptr);
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        EXPECT_NE(sessions_.find(tokens[i], minutes(1)), nullptr) << i;
    }
}

TEST_F(SessionsTest, EndWhereThePersonIsNoMoreWhoSignedIn) {
    const std::string kept = where(kCoast, "    issue_password: true\n", "");
    const std::string token = open(minutes(0));
    enrol_again(where(kept, "radar", "sonar"));
    EXPECT_NE(sessions_.find(token, minutes(1)), nullptr) << "what is not of the person";
    enrol_again(where(kept, "[controller, observer]", "[supervisor, controller]"));
    EXPECT_NE(sessions_.find(token, minutes(2)), nullptr) << "still has the role";
    enrol_again(where(kept, "[controller, observer]", "[supervisor]"));
    EXPECT_EQ(sessions_.find(token, minutes(3)), nullptr) << "the role was taken";
    enrol_again(kept);
    const std::string second = open(minutes(0));
    enrol_again(kCoast);
    EXPECT_EQ(sessions_.find(second, minutes(1)), nullptr) << "another password";
    const std::string third = open(minutes(0));
    enrol_again(where(kept, "Anna B.", "Anna Berg"));
    EXPECT_EQ(sessions_.find(third, minutes(1)), nullptr) << "another name";
    const std::string fourth = open(minutes(0));
    enrol_again(party_text("coast-guard"));
    EXPECT_EQ(sessions_.find(fourth, minutes(1)), nullptr) << "removed";
}

TEST_F(SessionsTest, EndWhereThePersonIsAnotherPartys) {
    const std::string token = open(minutes(0));
    PartyAccess other{.party = accord::PartyId("other"), .name = "Other"};
    other.people = {directory_.person(kAnna)->person};
    enrolled(disk_, "party: coast-guard\nname: C\n");
    write(disk_, stored_name(other.party), to_stored(other));
    ASSERT_TRUE(directory_.reload_if_changed().faults.empty());
    ASSERT_EQ(directory_.person(kAnna)->party, other.party);
    EXPECT_EQ(sessions_.find(token, minutes(1)), nullptr);
}

TEST_F(SessionsTest, SoManyInAll) {
    // As many people as it takes.
    std::vector<KnownPerson> people;
    for (std::size_t party = 0; people.size() * Sessions::kMaxOfPerson < Sessions::kMaxInAll;
         ++party) {
        PartyAccess access{.party = accord::PartyId("p" + std::to_string(party)), .name = "P"};
        for (std::size_t i = 0; i < AccessLimits::kMaxPeople; ++i) {
            const std::string name = std::to_string(party) + "." + std::to_string(i);
            access.people.push_back(
                {.name = name,
                 .sign_in = name,
                 .roles = {"controller"},
                 .password_hash = directory_.person(kAnna)->person.password_hash});
            people.push_back({.party = access.party, .person = access.people.back()});
        }
        write(disk_, stored_name(access.party), to_stored(access));
    }
    ASSERT_TRUE(directory_.reload_if_changed().faults.empty());
    SteadyTime now(0);
    std::string first;
    for (std::size_t i = 0; i < Sessions::kMaxInAll; ++i) {
        const auto opened = sessions_.open(people[i / Sessions::kMaxOfPerson], "controller", now);
        ASSERT_TRUE(opened.has_value()) << i;
        if (i == 0) first = opened->token;
    }
    const auto refused = sessions_.open(*directory_.person(kAnna), "controller", now);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error(), SessionError::kFull);
    EXPECT_NE(sessions_.find(first, now), nullptr) << "nobody on duty loses theirs";
    // One's own oldest makes room, and so does whoever has left.
    EXPECT_TRUE(sessions_.open(people.front(), "controller", now).has_value());
    EXPECT_TRUE(sessions_.open(*directory_.person(kAnna), "controller", kTimes.idle).has_value());
    EXPECT_EQ(sessions_.size(), 1U) << "all others were idle";
}

}  // namespace
}  // namespace comity::server
