// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/release.hpp"
#include "comity/accord/request.hpp"
#include "comity/accord/state.hpp"
#include "comity/accord/testing/build.hpp"

#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace comity::accord::testing {

/// A telling, when it was, and what it said.
struct ToldOnce {
    geo::Instant at{};
    Telling telling;
    Released released;
};

/// An escalation, and when it was.
struct EscalatedOnce {
    geo::Instant at{};
    Escalation escalation;
};

/// A state, a clock that stands until `at` moves it, and all that was told. The clock begins at
/// 07:00 of one day. Every act is a request with an id of its own, valid for an hour, and gives
/// back what became of it. A resource.
class World {
  public:
    static constexpr std::string_view kOrigin = "test.example/log";

    World();

    /// Moves the clock, and stops at each time at which a timer is due.
    World& at(std::string_view time) { return at(clock(time)); }
    World& at(geo::Instant time);
    geo::Instant now() const { return now_; }

    Outcome party(std::string_view id, std::vector<seal::Hash> keys = {});
    Outcome group(std::string_view id, std::string_view lead,
                  std::initializer_list<std::string_view> members);

    /// Proposed by the first signatory, accepted by the others.
    void agree(std::string_view id, const Terms& terms);
    Outcome proposes(std::string_view by, std::string_view id, const Terms& terms);
    Outcome changes(std::string_view by, std::string_view id, AgreementAct act);

    /// With the version that stands as the expected one.
    Outcome files(std::string_view by, const IntentOf& intent);
    Outcome files(std::string_view by, const AreaOf& area);
    Outcome ends(std::string_view by, std::string_view airspace);

    /// Of the version that was told last, unless another is said.
    Outcome received(std::string_view by, std::string_view item, std::uint64_t version = 0);
    Outcome reads(std::string_view by, std::string_view name, std::string_view item,
                  std::uint64_t version = 0);
    Outcome passes_on(std::string_view by, std::string_view item,
                      std::initializer_list<std::string_view> to, std::uint64_t version = 0);
    Outcome objects(std::string_view by, std::string_view item, std::uint64_t version = 0);
    Outcome withdraws(std::string_view by, std::string_view item);

    /// By the node's watch.
    Outcome raises(const AlertOf& alert);

    /// A request of this party now, to be changed by a test before it is done.
    Request request(std::string_view by, Operation operation,
                    std::optional<std::string> object = std::nullopt);
    Outcome does(const Request& request);

    State& state() { return state_; }
    const State& state() const { return state_; }
    const std::vector<ToldOnce>& told() const { return told_; }
    const std::vector<EscalatedOnce>& escalations() const { return escalations_; }
    /// All that one party was told, in words that hold everything it can observe.
    std::string seen_by(std::string_view party) const;
    /// The notice of an item; a test that asks for one that is not there fails.
    const Notice& notice(std::string_view to, std::string_view item) const;

  private:
    std::uint64_t version_for(std::string_view by, std::string_view item,
                              std::uint64_t version) const;
    void keep(const Applied& applied, geo::Instant time);

    State state_{std::string(kOrigin)};
    geo::Instant now_ = clock("07:00");
    std::uint64_t next_id_ = 1;
    std::vector<ToldOnce> told_;
    std::vector<EscalatedOnce> escalations_;
};

ItemRef item_of(std::string_view text);
/// The commitment that stands for a name in these tests.
seal::Hash commitment(std::string_view name);
/// A key that nobody else holds.
seal::Hash key(std::string_view name);
/// All that a release says, in words.
std::string text_of(const Released& released);

std::ostream& operator<<(std::ostream& out, const World& world);

}  // namespace comity::accord::testing

namespace comity::accord {
std::ostream& operator<<(std::ostream& out, Outcome outcome);
}  // namespace comity::accord
