// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "standing_world.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <utility>

namespace comity::accord::testing {

/// Random acts of a few parties in one world, valid ones and others. The same seed acts alike in
/// every world, but for the place of "hidden" intents, which `hidden` says.
class RandomActs {
  public:
    using Hidden = std::function<IntentOf(IntentOf)>;

    explicit RandomActs(std::uint64_t seed, Hidden hidden = {})
        : generator_(seed), hidden_(std::move(hidden)) {}

    Outcome act(World& w) {
        wait(w);
        return ask(w);
    }

    void wait(World& w) { w.at(w.now() + geo::Milliseconds{1 + 500 * below(120)}); }

    Outcome ask(World& w) {
        const std::string party = any_party();
        const std::string number = std::to_string(below(6));
        const std::string item = any_item(number);
        const std::uint64_t version = below(4);
        switch (below(12)) {
            case 0:
            case 1:
                return w.files(party, any_intent(w, party + number));
            case 2:
                return w.files(party, area(party + number).square(37, 36, 1));
            case 3:
                return w.received(party, item, version);
            case 4:
                return w.reads(party, "Cpt X", item, version);
            case 5:
                return w.passes_on(party, item, {any_party(), any_party()}, version);
            case 6:
                return below(8) == 0 ? w.withdraws(party, item) : w.objects(party, item, version);
            case 7:
                return w.changes(party, below(2) == 0 ? "strait" : "side",
                                 static_cast<AgreementAct>(below(3)));
            case 8:
            case 9:
                return w.raises(any_alert(w, number));
            case 10:
                return w.ends(party, party + number);
            default:
                return w.received(party, item);
        }
    }

  private:
    std::uint64_t below(std::uint64_t limit) { return generator_() % limit; }
    std::string any_party() {
        static constexpr const char* kParties[] = {"south", "lead", "north",
                                                   "desk",  "line", "east"};
        return kParties[below(6)];
    }
    std::string any_item(const std::string& number) {
        switch (below(4)) {
            case 0:
                return "warning/a" + number;
            case 1:
                return "airspace/" + any_party() + number;
            default:
                return "intent/" + any_party() + number;
        }
    }
    IntentOf any_intent(const World& w, const std::string& id) {
        const auto hour = std::chrono::floor<std::chrono::hours>(w.now());
        IntentOf one = intent(id);
        one.from(hour + std::chrono::hours{1});
        one.to(hour + std::chrono::hours{2} + std::chrono::minutes{10});
        one.circle(36.05 + 0.1 * static_cast<double>(below(3)), 36.05, 1.0);
        if (below(6) == 0) one.in_state(IntentState::kEnded);
        return hidden_ && id.starts_with("south") ? hidden_(one) : one;
    }
    AlertOf any_alert(const World& w, const std::string& number) {
        AlertOf one = alert("a" + number);
        one.in("north-airspace");
        if (below(2) == 0) one.flown_by(any_party());
        if (below(2) == 0) {
            one.alert.intent = any_party() + number;
            one.alert.entry_by_intent = w.now() + std::chrono::minutes{5};
        }
        if (below(2) == 0) one.alert.entry_by_track = w.now() + std::chrono::minutes{4};
        if (below(4) == 0) one.alert.phase = AlertPhase::kResolved;
        return one;
    }

    std::mt19937_64 generator_;
    Hidden hidden_;
};

}  // namespace comity::accord::testing
