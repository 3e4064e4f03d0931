// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The node's thread: what waits is filed, what comes of it is said, and a scenario can be joined.
#include "comity/server/engine.hpp"

#include "comity/base/memory_disk.hpp"
#include "comity/node/testing/node_world.hpp"

#include <chrono>
#include <mutex>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

using namespace std::chrono_literals;
using accord::testing::intent;
using node::testing::NodeWorld;

// A node on a clock that stands, turned by an engine on a thread of its own.
class EngineWorld {
  public:
    EngineWorld() {
        for (const auto* party : {"south", "north"}) world.party(party);
        world.feed("radar", "north");
        engine.add_feed("radar", accord::PartyId("north"));
        world.also = &engine.outbox();
        thread_ = std::thread([this] {
            engine.run({.node = world.node(), .secret = world.secret(), .store = *store()},
                       world.clock(), geo::Milliseconds(1'000));
        });
    }
    ~EngineWorld() { stop(); }

    void stop() {
        if (!thread_.joinable()) return;
        engine.inbox().stop();
        thread_.join();
    }
    ledger::Store* store() { return &world.store(); }

    template <typename T>
    std::vector<T> events() {
        const std::lock_guard lock(mutex_);
        std::vector<T> found;
        for (const Event& event : events_) {
            if (const auto* one = std::get_if<T>(&event)) found.push_back(*one);
        }
        return found;
    }
    // Until there are as many; a test that waits in vain ends.
    template <typename T>
    std::vector<T> wait_for(std::size_t count) {
        for (int i = 0; i < 2'000 && events<T>().size() < count; ++i) {
            std::this_thread::sleep_for(5ms);
        }
        return events<T>();
    }

    NodeWorld world;
    base::MemoryDisk attachments;
    AttachmentShelf shelf{attachments};
    Engine engine{shelf, InboxLimits{}, [this](std::vector<Event> events) {
                      const std::lock_guard lock(mutex_);
                      for (Event& event : events) events_.push_back(std::move(event));
                  }};

  private:
    std::mutex mutex_;
    std::vector<Event> events_;
    std::thread thread_;
};

std::vector<std::byte> signed_by(NodeWorld& world, const char* party, const char* id) {
    return world.signed_bytes(party, intent(id).circle(36, 36, 5).from("07:20").to("07:40"));
}

TEST(Engine, FilesWhatWaitsAndSaysWhatCameOfIt) {
    EngineWorld w;
    for (const auto* id : {"S1", "S2", "S3"}) {
        ASSERT_TRUE(w.engine.inbox().file(
            {.content = ledger::SignedRequest{.dsse = signed_by(w.world, "south", id)},
             .done = [](const Settled&) {}}));
    }
    const auto answers = w.wait_for<AnswerEvent>(3);
    ASSERT_EQ(answers.size(), 3U);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        EXPECT_EQ(answers[i].settled.filed, i + 1);
        EXPECT_TRUE(std::holds_alternative<node::Decided>(answers[i].settled.of));
    }
    EXPECT_EQ(w.wait_for<OwnEvent>(3).size(), 3U);
}

TEST(Engine, AReadingHasTheIndexOfAllThatIsDurable) {
    EngineWorld w;
    std::uint64_t records = 0;
    std::uint64_t in_node = 1;
    ASSERT_TRUE(w.engine.inbox().ask({.read =
                                          [&](const Reading& reading) {
                                              EXPECT_NE(reading.index, nullptr);
                                              if (reading.index == nullptr) return true;
                                              records = reading.index->record_count();
                                              in_node = reading.node.records();
                                              return true;
                                          },
                                      .needs_index = true}));
    ASSERT_TRUE(w.engine.inbox().file(
        {.content = ledger::SignedRequest{.dsse = signed_by(w.world, "south", "S1")},
         .done = [](const Settled&) {}}));
    (void)w.wait_for<AnswerEvent>(1);
    w.stop();
    EXPECT_GT(records, 0U);
    EXPECT_EQ(records, in_node);
}

TEST(Engine, WhatCannotBeAttributedIsSaidSo) {
    EngineWorld w;
    ASSERT_TRUE(w.engine.inbox().file(
        {.content = ledger::SignedRequest{.dsse = {}}, .done = [](const Settled&) {}}));
    const auto answers = w.wait_for<AnswerEvent>(1);
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_TRUE(std::holds_alternative<node::Unattributed>(answers[0].settled.of));
    EXPECT_EQ(answers[0].settled.filed, 0U);
}

TEST(Engine, CountsReportsAndBeats) {
    EngineWorld w;
    report::TrackReport report;
    report.time = w.world.now();
    report.track_id = "T1";
    report.position = *geo::Position::from_degrees({.latitude = 36, .longitude = 36});
    ASSERT_TRUE(w.engine.inbox().report({.feed = "radar", .reports = {report}}));
    EXPECT_GE(w.wait_for<BeatEvent>(1).size(), 1U);
    for (int i = 0; i < 1'000 && w.engine.counts().reports == 0; ++i) {
        std::this_thread::sleep_for(5ms);
    }
    EXPECT_EQ(w.engine.counts().reports, 1U);
}

}  // namespace
}  // namespace comity::server
