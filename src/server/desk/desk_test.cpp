// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What each party can read on its board is what was released to it, and nothing else changes it.
#include "comity/server/desk.hpp"

#include "comity/node/testing/node_world.hpp"
#include "comity/server/board.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace comity::server {
namespace {

using namespace std::chrono_literals;
using accord::Level;
using accord::PartyId;
using accord::Shared;
using accord::testing::area;
using accord::testing::intent;
using accord::testing::item_of;
using accord::testing::terms;
using node::testing::NodeWorld;

struct Heard final : Board::Listener {
    void told(const PartyId& to, const ToldEvent& event) override {
        lines[to.value()].push_back("told " + to_string(event.item));
    }
    void noticed(const NoticeEvent& event) override {
        lines[event.viewer.value()].push_back("notice of " + event.to.value());
    }
    void own_changed(const PartyId& owner, const accord::ItemRef& item) override {
        lines[owner.value()].push_back("own " + to_string(item));
    }
    void framed(const FrameEvent& event) override { lines[event.to.value()].push_back("frame"); }
    void beaten() override { ++beats; }

    std::map<std::string, std::vector<std::string>> lines;
    int beats = 0;
};

// A node, its desk and a board, as a server has them.
struct DeskWorld {
    explicit DeskWorld(node::testing::WorldOptions options = {})
        : desk([](const seal::Hash& commitment) {
              return commitment == accord::testing::commitment("Cpt N") ? "Cpt N" : "";
          }),
          board(heard),
          node(std::move(options)) {
        node.also = &desk;
        for (const auto* party : {"south", "lead", "north", "desk", "east"}) node.party(party);
        node.agree("strait", terms({"south", "lead", "north"})
                                 .shares("south", "lead", Shared::kIntents, Level::kVolume)
                                 .relays("lead", "north", Level::kVolume)
                                 .escalates_to({"desk"})
                                 .within(1min, 5min, 10min));
        desk.open(node.node().state());
        catch_up();
        heard.lines.clear();
    }

    void catch_up() { board.apply(desk.take()); }
    const PartyBoard& at(const char* party) { return board.party(PartyId(party)); }
    const ItemBoard& item(const char* party, const char* item) {
        return at(party).items.at(item_of(item));
    }
    nlohmann::json content(const char* party, const char* of) {
        return nlohmann::json::parse(*item(party, of).content);
    }
    nlohmann::json notice(const char* viewer, const char* of, const char* to) {
        return nlohmann::json::parse(*item(viewer, of).notices.at(PartyId(to)));
    }
    void says(const char* by, const accord::Operation& operation, const char* object) {
        node.says(by, operation, object);
        node.turn();
        catch_up();
    }

    Heard heard;
    Desk desk;
    Board board;
    NodeWorld node;
};

accord::testing::IntentOf flight() {
    return intent("S1").circle(36, 36, 5).from("07:20").to("07:40");
}

TEST(Desk, AFlightIsOnTheBoardsOfItsOwnerAndOfWhoWasTold) {
    DeskWorld w;
    w.node.files("south", flight());
    w.catch_up();
    EXPECT_EQ(w.heard.lines["south"],
              (std::vector<std::string>{"own intent/S1", "notice of lead"}));
    EXPECT_EQ(w.heard.lines["lead"],
              (std::vector<std::string>{"told intent/S1", "notice of lead"}));
    EXPECT_EQ(w.heard.lines.size(), 2U);
    EXPECT_EQ(w.content("south", "intent/S1").at("why"), "owner");
    EXPECT_EQ(w.content("south", "intent/S1").at("number"), 0);
    EXPECT_EQ(w.content("lead", "intent/S1").at("level"), "volume");
    EXPECT_EQ(w.item("lead", "intent/S1").number, w.at("lead").last_number());
    EXPECT_TRUE(w.at("north").items.count(item_of("intent/S1")) == 0);
    EXPECT_TRUE(w.at("east").items.empty());
    EXPECT_EQ(w.at("east").last_number(), 0U);
}

TEST(Desk, WhatCameOfItIsSeenByItsOwnerAndANameByItsOwnPartyAlone) {
    DeskWorld w;
    w.node.files("south", flight());
    w.says("lead", accord::Received{.version = 1}, "intent/S1");
    EXPECT_EQ(w.notice("south", "intent/S1", "lead").at("received").at("stated_by"), "key");
    w.says("lead", accord::PassOn{.version = 1, .to = {PartyId("north")}}, "intent/S1");
    EXPECT_EQ(w.notice("south", "intent/S1", "north").at("why"), "relayed");
    w.node.vouches("north",
                   accord::Read{.version = 1, .reader = accord::testing::commitment("Cpt N")},
                   "intent/S1");
    w.node.turn();
    w.catch_up();
    const auto to_others = w.notice("south", "intent/S1", "north").at("read");
    EXPECT_EQ(to_others.at("stated_by"), "node");
    EXPECT_FALSE(to_others.contains("by"));
    EXPECT_EQ(w.notice("north", "intent/S1", "north").at("read").at("by"), "Cpt N");
    EXPECT_EQ(w.notice("lead", "intent/S1", "north").count("by"), 0U);
}

TEST(Desk, WhatAPartyMayNotSeeIsNoNewsToIt) {
    DeskWorld w;
    w.node.files("south", flight());
    w.says("lead", accord::PassOn{.version = 1, .to = {PartyId("north")}}, "intent/S1");
    w.heard.lines.clear();
    // North is late: the desk is told, and neither it nor North's notice is South's ...
    w.node.at("07:02");
    w.catch_up();
    EXPECT_EQ(w.heard.lines.count("east"), 0U);
    EXPECT_EQ(w.heard.lines["desk"].front(), "told intent/S1");
    // ... and what changes for others only is no word to South about its own flight.
    for (const std::string& line : w.heard.lines["south"]) EXPECT_NE(line, "own intent/S1");
    EXPECT_EQ(w.item("south", "intent/S1").time, accord::testing::clock("07:00"));
}

TEST(Desk, AnAnswerCountsWhatItsPartyFiled) {
    DeskWorld w;
    std::vector<Settled> answers;
    const auto file = [&](const char* by, const accord::testing::IntentOf& what) {
        w.desk.expect(*w.node.says(by, what), [&](const Settled& one) { answers.push_back(one); });
        w.node.turn();
        w.catch_up();
    };
    file("east", intent("E1").circle(36, 36, 5).from("07:20").to("07:40"));
    file("east", intent("E1").circle(36, 36, 5).from("07:40").to("07:20"));
    file("south", flight());
    ASSERT_EQ(answers.size(), 3U);
    EXPECT_EQ(answers[0].filed, 1U);
    EXPECT_EQ(answers[1].filed, 2U);  // refused, and it stands
    EXPECT_EQ(std::get<node::Decided>(answers[1].of).outcome, accord::Outcome::kBadTimes);
    EXPECT_EQ(answers[2].filed, 2U);  // behind the agreement
}

TEST(Desk, AfterARestartTheBoardsAreTheSame) {
    DeskWorld w;
    w.node.files("south", flight());
    w.says("lead", accord::Received{.version = 1}, "intent/S1");
    w.says("lead", accord::PassOn{.version = 1, .to = {PartyId("north")}}, "intent/S1");
    w.node.at("07:03");
    w.catch_up();

    Heard heard;
    Desk again([](const seal::Hash&) { return std::string(); });
    Board board(heard);
    w.node.also = &again;
    w.node.options.node.retells = true;
    w.node.crash();
    w.node.restart();
    again.open(w.node.node().state());
    board.apply(again.take());
    for (const auto* party : {"south", "lead", "north", "desk", "east"}) {
        const PartyBoard& before = w.at(party);
        const PartyBoard& after = board.party(PartyId(party));
        EXPECT_EQ(after.last_number(), before.last_number()) << party;
        for (std::uint64_t n = 1; n <= before.last_number(); ++n) {
            EXPECT_EQ(*after.delivery(n)->content, *before.delivery(n)->content);
            EXPECT_EQ(after.delivery(n)->time, before.delivery(n)->time);
        }
        ASSERT_EQ(after.items.size(), before.items.size()) << party;
        for (const auto& [ref, item] : before.items) {
            const ItemBoard& same = after.items.at(ref);
            EXPECT_EQ(*same.content, *item.content);
            EXPECT_EQ(same.version, item.version);
            EXPECT_EQ(same.number, item.number);
            ASSERT_EQ(same.notices.size(), item.notices.size());
            for (const auto& [to, text] : item.notices) EXPECT_EQ(*same.notices.at(to), *text);
        }
    }
    std::vector<Settled> answers;
    again.expect(*w.node.says("south", intent("S2").circle(36, 36, 5).from("07:20").to("07:40")),
                 [&](const Settled& one) { answers.push_back(one); });
    w.node.turn();
    board.apply(again.take());
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].filed, 3U);
}

TEST(Desk, SaysWhatIsForgotten) {
    DeskWorld w;
    w.node.files("south", flight());
    w.catch_up();
    ASSERT_EQ(w.at("lead").items.count(item_of("intent/S1")), 1U);
    w.node.clock().advance(27h);
    w.node.turn();
    w.catch_up();
    w.desk.forget();
    w.catch_up();
    EXPECT_EQ(w.at("lead").items.count(item_of("intent/S1")), 0U);
    EXPECT_EQ(w.at("south").items.count(item_of("intent/S1")), 0U);
    EXPECT_EQ(w.at("lead").items.count(item_of("agreement/strait")), 1U);
    EXPECT_GT(w.at("lead").last_number(), 1U);
}

TEST(Desk, NamesThoseWithWhomAPartyHasToDo) {
    DeskWorld w;
    const auto known = [&](const char* party) {
        std::set<std::string> names;
        for (const PartyLine& line : w.at(party).parties) names.insert(line.id.value());
        return names;
    };
    EXPECT_EQ(known("north"), (std::set<std::string>{"desk", "lead", "north", "south"}));
    EXPECT_EQ(known("east"), std::set<std::string>{"east"});
}

}  // namespace
}  // namespace comity::server
