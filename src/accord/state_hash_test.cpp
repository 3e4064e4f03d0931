// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/accord/state_hash.hpp"

#include "object_bytes.hpp"
#include "standing_world.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <random>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace comity::accord::testing {
namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text));
}

// The page, done slowly, from all objects at once.
seal::Hash root_of(const std::map<std::string, std::string>& objects) {
    std::vector<std::vector<std::byte>> buckets(65'536);
    for (const auto& [name, bytes] : objects) {
        const auto place = seal::sha256(bytes_of(name)).bytes;
        const auto index =
            std::to_integer<std::size_t>(place[0]) * 256 + std::to_integer<std::size_t>(place[1]);
        std::string message(4, '\0');
        message[2] = static_cast<char>(name.size() / 256);
        message[3] = static_cast<char>(name.size() % 256);
        const seal::Hash hash = seal::sha256(bytes_of(message + name + bytes));
        buckets[index].insert(buckets[index].end(), hash.bytes.begin(), hash.bytes.end());
    }
    std::vector<std::byte> groups;
    for (std::size_t group = 0; group < 256; ++group) {
        std::vector<std::byte> hashes;
        for (std::size_t i = 0; i < 256; ++i) {
            const seal::Hash hash = seal::sha256(buckets[group * 256 + i]);
            hashes.insert(hashes.end(), hash.bytes.begin(), hash.bytes.end());
        }
        const seal::Hash hash = seal::sha256(hashes);
        groups.insert(groups.end(), hash.bytes.begin(), hash.bytes.end());
    }
    return seal::sha256(groups);
}

TEST(StateHash, IsThatOfTheSetWhateverTheOrderOfTheChanges) {
    constexpr std::uint64_t kSeed = 5;
    std::mt19937_64 generator(kSeed);
    StateHash hash;
    std::map<std::string, std::string> objects;
    EXPECT_EQ(hash.root(), root_of({}));
    for (int i = 1; i <= 3'000; ++i) {
        const std::string name = "object/" + std::to_string(generator() % 500);
        if (generator() % 3 == 0) {
            hash.erase(name);
            objects.erase(name);
        } else {
            objects[name] = std::to_string(generator());
            hash.put(name, bytes_of(objects[name]));
        }
        if (i % 500 == 0) {
            EXPECT_EQ(hash.root(), root_of(objects)) << "seed " << kSeed;
        }
    }
}

template <typename Object>
void expect_each_counts(const Object& object,
                        const std::vector<std::function<void(Object&)>>& changes) {
    const auto bytes = [](const Object& one) {
        Writer w;
        write(w, one);
        return std::vector<std::byte>(w.bytes().begin(), w.bytes().end());
    };
    std::vector<std::vector<std::byte>> all{bytes(object)};
    for (const auto& change : changes) {
        Object changed = object;
        change(changed);
        all.push_back(bytes(changed));
    }
    std::ranges::sort(all);
    EXPECT_EQ(std::ranges::adjacent_find(all), all.end());
    EXPECT_EQ(all.size(), changes.size() + 1);
}

TEST(ObjectBytes, EachFieldOfAPartyCounts) {
    const Group group{.lead = party_of("a"), .members = parties_of({"a", "b"})};
    expect_each_counts<Party>(
        {.id = party_of("p"), .keys = {key("1")}, .group = group},
        {[](Party& p) { p.id = party_of("q"); }, [](Party& p) { p.version = 2; },
         [](Party& p) { p.keys.push_back(key("2")); }, [](Party& p) { p.keys = {key("2")}; },
         [](Party& p) { p.group.reset(); }, [](Party& p) { p.group->lead = party_of("b"); },
         [](Party& p) { p.group->members.insert(party_of("c")); }});
}

TEST(ObjectBytes, EachFieldOfAnAgreementCounts) {
    using A = Agreement;
    expect_each_counts<A>({.id = "a", .terms = strait_terms()},
                          {[](A& a) { a.id = "b"; },
                           [](A& a) { a.version = 2; },
                           [](A& a) { a.state = AgreementState::kEnded; },
                           [](A& a) { a.accepted.emplace(party_of("south"), clock("07:00")); },
                           [](A& a) { a.accepted.emplace(party_of("south"), clock("07:01")); },
                           [](A& a) { a.terms.signatories.pop_back(); },
                           [](A& a) { a.terms.share[0].what = Shared::kAlerts; },
                           [](A& a) { a.terms.share[0].from = party_of("x"); },
                           [](A& a) { a.terms.share[0].to = party_of("x"); },
                           [](A& a) { a.terms.share[0].level = Level::kCells; },
                           [](A& a) { a.terms.share[0].is_residual = true; },
                           [](A& a) { a.terms.relay[0].by = party_of("x"); },
                           [](A& a) { a.terms.relay[0].to = party_of("x"); },
                           [](A& a) { a.terms.relay[0].level = Level::kCells; },
                           [](A& a) { a.terms.intents.received *= 2; },
                           [](A& a) { a.terms.intents.read *= 2; },
                           [](A& a) { a.terms.intents.passed_on *= 2; },
                           [](A& a) { a.terms.alerts.received *= 2; },
                           [](A& a) { a.terms.alerts.read *= 2; },
                           [](A& a) { a.terms.alerts.passed_on *= 2; },
                           [](A& a) { a.terms.escalation.pop_back(); }});
}

TEST(ObjectBytes, EachFieldOfAnIntentCounts) {
    using I = Intent;
    const PutIntent put = intent("S1").band(1000, 2000).aircraft("T1").put();
    expect_each_counts<I>(
        {.id = "S1", .owner = party_of("s"), .aircraft = put.aircraft, .volumes = put.volumes},
        {[](I& i) { i.id = "S2"; }, [](I& i) { i.owner = party_of("t"); },
         [](I& i) { i.version = 2; }, [](I& i) { i.state = IntentState::kEnded; },
         [](I& i) { i.traffic = Traffic::kExercise; }, [](I& i) { i.aircraft[0] = "T2"; },
         [](I& i) { i.aircraft.emplace_back("T2"); },
         [](I& i) { i.volumes.push_back(i.volumes[0]); },
         [](I& i) { i.volumes[0].time.begin += 1ms; }, [](I& i) { i.volumes[0].time.end += 1ms; },
         [](I& i) { i.volumes[0].band = airspace::Band<geo::AltitudeMsl>{}; },
         [](I& i) { i.volumes[0].band = airspace::Band<geo::AltitudeWgs84>{}; },
         [](I& i) { i.volumes[0].footprint = square(36, 36, 1); },
         [](I& i) { i.volumes[0].footprint = square(36, 36, 2); },
         [](I& i) {
             i.volumes[0].footprint =
                 airspace::Circle{.centre = place(36, 36), .radius = geo::Distance::metres(1)};
         },
         [](I& i) {
             i.volumes[0].footprint =
                 airspace::Circle{.centre = place(36, 36), .radius = geo::Distance::metres(1.0001)};
         },
         [](I& i) { i.route = {{.position = place(36, 36), .time = clock("07:20")}}; },
         [](I& i) { i.route = {{.position = place(36, 36), .time = clock("07:21")}}; },
         [](I& i) { i.route = {{.position = place(36, 37), .time = clock("07:20")}}; }});
}

TEST(ObjectBytes, EachFieldOfAnAirspaceCounts) {
    using F = FiledAirspace;
    const auto metres = [](double m) { return geo::Distance::metres(m); };
    expect_each_counts<F>(
        {.id = "A", .owner = party_of("n"), .area = area("A").from("08:00").put().area},
        {[](F& f) { f.id = "B"; }, [](F& f) { f.owner = party_of("m"); },
         [](F& f) { f.version = 2; }, [](F& f) { f.traffic = Traffic::kExercise; },
         [](F& f) { f.is_ended = true; },
         [](F& f) { f.area.type = airspace::AirspaceType::kDanger; },
         [](F& f) { f.area.source = "survey"; }, [&](F& f) { f.area.accuracy = metres(1); },
         [&](F& f) { f.area.accuracy = metres(2); },
         [](F& f) { f.area.band = airspace::Band<geo::HeightAgl>{}; },
         [](F& f) { f.area.validity.reset(); }, [](F& f) { f.area.validity->end += 1ms; },
         [](F& f) { f.area.footprint.push_back(square(1, 1, 1)); }});
}

TEST(ObjectBytes, EachFieldOfAnAlertCounts) {
    using A = Alert;
    expect_each_counts<A>(
        alert("a1").in("n").alert,
        {[](A& a) { a.id = "a2"; }, [](A& a) { a.version = 2; },
         [](A& a) { a.traffic = Traffic::kExercise; }, [](A& a) { a.phase = AlertPhase::kInside; },
         [](A& a) { a.track = "T2"; }, [](A& a) { a.operated_by = party_of("x"); },
         [](A& a) { a.feed_of = party_of("x"); }, [](A& a) { a.airspace = "m"; },
         [](A& a) { a.intent = "S1"; }, [](A& a) { a.entry_by_intent = clock("07:20"); },
         [](A& a) { a.entry_by_track = clock("07:20"); }, [](A& a) { a.entered = clock("07:20"); },
         [](A& a) { a.left = clock("07:20"); }, [](A& a) { a.distance_m = 1; },
         [](A& a) { a.track_accuracy_m = 1; }, [](A& a) { a.area_accuracy_m = 1; },
         [](A& a) { a.sweep += 1ms; }, [](A& a) { a.as_of_record = 1; }});
}

TEST(ObjectBytes, EachFieldOfANoticeCounts) {
    using N = Notice;
    const auto act = Act{.at = clock("07:20"), .version = 1};
    expect_each_counts<N>({.to = party_of("n"), .item = item_of("intent/S1")},
                          {[](N& n) { n.to = party_of("m"); },
                           [](N& n) { n.item = item_of("warning/S1"); },
                           [](N& n) { n.item = item_of("intent/S2"); },
                           [](N& n) { n.level = Level::kFull; },
                           [](N& n) { n.why = Why::kRelayed; },
                           [](N& n) { n.via = party_of("m"); },
                           [](N& n) { n.agreement = "a"; },
                           [](N& n) { n.shown = 1; },
                           [](N& n) { n.first.version = 1; },
                           [](N& n) { n.last.version = 1; },
                           [](N& n) { n.first.at += 1ms; },
                           [](N& n) { n.last.at += 1ms; },
                           [](N& n) { n.left_at = clock("07:20"); },
                           [&](N& n) { n.first_received = act.at; },
                           [&](N& n) { n.first_read = act.at; },
                           [&](N& n) { n.received = act; },
                           [&](N& n) { n.read = act; },
                           [](N& n) { n.reader = commitment("X"); },
                           [&](N& n) { n.passed_on.emplace(party_of("m"), act); },
                           [&](N& n) { n.objected = act; },
                           [](N& n) { n.withdrawn = clock("07:20"); },
                           [](N& n) { n.due[Stage::kRead] = clock("07:20"); },
                           [](N& n) { n.missed[Stage::kRead] = clock("07:20"); },
                           [](N& n) { n.due[Stage::kReceived] = clock("07:20"); }});
}

std::string hex(std::span<const std::byte> bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const std::byte byte : bytes) {
        text += kDigits[std::to_integer<std::size_t>(byte) / 16];
        text += kDigits[std::to_integer<std::size_t>(byte) % 16];
    }
    return text;
}

// The example of docs/formats/state-hash.md: a state at 07:00 in which one party takes part.
TEST(StateHash, IsThatOfThePage) {
    Writer party;
    write(party, Party{.id = party_of("coast-guard"), .keys = {key("coast-guard")}});
    Writer state;
    state.text(World::kOrigin);
    state.time(clock("07:00"));
    Writer until;
    until.time(clock("08:00"));
    const auto text = [](const Writer& w) {
        std::string bytes;
        for (const std::byte byte : w.bytes()) bytes += static_cast<char>(byte);
        return bytes;
    };
    World w;
    ASSERT_EQ(w.party("coast-guard", {key("coast-guard")}), kAccepted);
    EXPECT_EQ(w.state().hash(), root_of({{"state", text(state)},
                                         {"party/coast-guard", text(party)},
                                         {"request/node/r1", text(until)}}));
    EXPECT_EQ(hex(party.bytes()),
              "000000000000000b636f6173742d67756172640000000000000001"
              "0000000000000001" +
                  hex(key("coast-guard").bytes) + "00");
    EXPECT_EQ(hex(state.bytes()),
              "0000000000000010746573742e6578616d706c652f6c6f67"
              "00000151384ab980");
    EXPECT_EQ(hex(w.state().hash().bytes),
              "1b3e3b87483d65bd6be3f7b3827ba97b"
              "ebfdc04e3c29d3a57433b9cdd79ae43f");
}

}  // namespace
}  // namespace comity::accord::testing
