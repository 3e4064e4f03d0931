// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What holds of every random world, whatever its parties do.
#include "random_world.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include <gtest/gtest.h>

namespace comity::accord::testing {
namespace {

constexpr std::uint64_t kSeeds[] = {1, 2, 3, 7'241'805};
constexpr int kActs = 1'500;

// A second agreement tells by other rules at other levels.
struct RandomWorld : StandingWorld {
    RandomWorld() {
        agree("side", terms({"south", "lead", "east", "north"})
                          .shares("south", "lead", Shared::kIntents, Level::kCells)
                          .shares("lead", "east", Shared::kIntents, Level::kVolume)
                          .always_shares("north", "east", Shared::kAlerts, Level::kCells)
                          .escalates_to({"line"})
                          .within(2min, 4min, 6min));
    }
};

/// The owner of what was told, or the party whose feed saw it.
PartyId source_of(const State& state, const ItemRef& item) {
    if (item.kind == ItemKind::kIntent) return state.intent(item.id)->owner;
    if (item.kind == ItemKind::kAirspace) return state.airspace(item.id)->owner;
    return state.alert(item.id)->feed_of;
}

Shared word_of(const ItemRef& item) {
    if (item.kind == ItemKind::kIntent) return Shared::kIntents;
    return item.kind == ItemKind::kAirspace ? Shared::kAirspaces : Shared::kAlerts;
}

// The oracle goes through all rules of all agreements that the source has signed, by itself.
bool may_be_told(const World& w, const ToldOnce& once) {
    const State& state = w.state();
    const auto& [to, item, version, level, is_urgent] = once.telling;
    if (item.kind == ItemKind::kAgreement || once.released.is_withdrawn) return true;
    const PartyId source = source_of(state, item);
    if (item.kind == ItemKind::kWarning && source == to) return true;
    for (const auto& [id, agreement] : state.agreements()) {
        const bool in_force = agreement.state == AgreementState::kInForce;
        const bool stands = in_force || agreement.state == AgreementState::kSuspended;
        const Terms& terms = agreement.terms;
        if (!stands || std::ranges::count(terms.signatories, source) == 0) continue;
        const bool on_list = std::ranges::count(terms.escalation, to) > 0;
        for (const ShareRule& rule : terms.share) {
            const bool holds =
                rule.what == word_of(item) && rule.from == source && (in_force || rule.is_residual);
            if (holds && rule.to == to && level <= rule.level) return true;
            if (holds && on_list && once.released.why == Why::kEscalated) return true;
        }
        for (const RelayRule& rule : terms.relay) {
            const bool holds = in_force && item.kind == ItemKind::kIntent;
            if (holds && rule.to == to && level <= rule.level) return true;
        }
    }
    return false;
}

TEST(Property, VersionsToAPartyCountWithoutAGapAndAnAgreementBindsWhoTells) {
    for (const std::uint64_t seed : kSeeds) {
        RandomWorld w;
        RandomActs acts(seed);
        std::map<std::pair<PartyId, ItemRef>, std::uint64_t> versions;
        std::size_t next = 0;
        std::size_t refused = 0;
        const auto check_new = [&](int i) {
            for (; next < w.told().size(); ++next) {
                const ToldOnce& once = w.told()[next];
                // Of a new item of an old name the count begins anew.
                std::uint64_t& last = versions[{once.telling.to, once.telling.item}];
                if (once.telling.version == 1) last = 0;
                EXPECT_EQ(once.telling.version, ++last) << "seed " << seed << " step " << i;
                EXPECT_EQ(once.released.version, once.telling.version) << "seed " << seed;
                EXPECT_TRUE(may_be_told(w, once))
                    << "seed " << seed << " step " << i << ": " << once.telling.to.value() << " "
                    << text_of(once.released);
            }
        };
        for (int i = 0; i < kActs; ++i) {
            acts.wait(w);
            check_new(i);
            const std::size_t before = w.told().size();
            const bool is_refused = acts.ask(w) != kAccepted;
            refused += is_refused ? 1 : 0;
            check_new(i);
            if (is_refused) {
                EXPECT_EQ(w.told().size(), before) << "seed " << seed << " step " << i;
            }
        }
        EXPECT_GT(refused, kActs / 20U) << "seed " << seed;
        EXPECT_GT(w.told().size(), kActs / 3U) << "seed " << seed;
    }
}

// Each deadline of each stage is due still, was escalated, or is no longer: answered, or its item
// has ended or was withdrawn.
TEST(Property, EveryDeadlineIsMetIsPendingOrWasEscalated) {
    for (const std::uint64_t seed : kSeeds) {
        RandomWorld w;
        RandomActs acts(seed);
        for (int i = 0; i < kActs; ++i) {
            std::ignore = acts.act(w);
            for (const auto& [key, notice] : w.state().notices()) {
                for (const auto& [stage, due] : notice.due) {
                    EXPECT_GT(due, w.now()) << "seed " << seed << " step " << i;
                    EXPECT_FALSE(notice.withdrawn) << "seed " << seed << " step " << i;
                    EXPECT_LE(*w.state().next_due(), due) << "seed " << seed;
                }
                for (const auto& [stage, missed] : notice.missed) {
                    const auto is_it = [&](const EscalatedOnce& once) {
                        return once.escalation.late == notice.to && once.at == missed &&
                               once.escalation.item == notice.item &&
                               once.escalation.stage == stage;
                    };
                    if (i % 50 != 0) continue;
                    EXPECT_TRUE(std::ranges::any_of(w.escalations(), is_it)) << "seed " << seed;
                }
                const bool is_answered = notice.received.has_value();
                const bool is_asked = notice.due.contains(Stage::kReceived) ||
                                      notice.missed.contains(Stage::kReceived);
                const Intent* intent = notice.item.kind == ItemKind::kIntent
                                           ? w.state().intent(notice.item.id)
                                           : nullptr;
                const bool is_open = intent != nullptr && intent->state != IntentState::kEnded;
                if (is_open && !notice.withdrawn) {
                    EXPECT_TRUE(is_answered || is_asked)
                        << "seed " << seed << " step " << i << " " << to_string(notice.item);
                }
            }
        }
    }
}

TEST(Property, TwoStatesOfTheSameActsHaveTheSameHash) {
    RandomWorld one;
    RandomWorld other;
    RandomActs acts_of_one(42);
    RandomActs acts_of_other(42);
    for (int i = 1; i <= 10'000; ++i) {
        EXPECT_EQ(acts_of_one.act(one), acts_of_other.act(other));
        // One is asked now and then, the other only here: it hashes what has changed, at any time.
        if (i % 7 == 0) std::ignore = one.state().hash();
        if (i % 1'000 == 0) {
            ASSERT_EQ(one.state().hash(), other.state().hash()) << "step " << i;
        }
    }
    EXPECT_EQ(one.seen_by("lead"), other.seen_by("lead"));
}

// Whoever stops at each due time before a request finds what a request alone finds.
TEST(Property, TimersFireAlikeByThemselvesAndBeforeARequest) {
    for (const std::uint64_t seed : kSeeds) {
        RandomWorld w;
        State bare{std::string(World::kOrigin)};
        RandomActs acts(seed);
        for (int i = 0; i < 200; ++i) std::ignore = acts.act(w);
        while (const auto due = w.state().next_due()) {
            const std::size_t before = w.escalations().size();
            w.at(*due - geo::Milliseconds{1});
            EXPECT_EQ(w.escalations().size(), before) << "seed " << seed;
            std::ignore = w.at(*due).does(w.request("south", Unreadable{}));
            EXPECT_GT(w.escalations().size(), before) << "seed " << seed;
            if (w.now() > clock("+1 12:00")) break;
        }
    }
}

TEST(Property, ALongRunLeavesNothingBehind) {
    StandingWorld w;
    const auto size = [&w] {
        return std::tuple(w.state().intents().size(), w.state().airspaces().size(),
                          w.state().alerts().size(), w.state().notices().size());
    };
    w.at("+2 00:00");
    const auto before = size();
    for (int i = 0; i < 2'000; ++i) {
        const std::string id = std::to_string(i);
        w.at(w.now() + std::chrono::minutes{3});
        ASSERT_EQ(w.files("south", intent("S" + id).from(w.now()).to(w.now() + 1h)), kAccepted);
        ASSERT_EQ(w.raises(alert("a" + id).in("north-airspace").ahead("+1 00:00")), kAccepted);
        ASSERT_EQ(w.raises(alert("a" + id).in("north-airspace").resolved("+1 00:00")), kAccepted);
        EXPECT_LT(w.state().intents().size(), 600U);
        EXPECT_LT(w.state().alerts().size(), 600U);
    }
    w.at(w.now() + std::chrono::hours{50});
    EXPECT_EQ(size(), before);
    EXPECT_FALSE(w.state().next_due());
}

}  // namespace
}  // namespace comity::accord::testing
