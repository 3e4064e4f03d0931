// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/agreement.hpp"
#include "comity/accord/alert.hpp"
#include "comity/accord/ids.hpp"
#include "comity/accord/notice.hpp"
#include "comity/accord/outcome.hpp"
#include "comity/geo/instant.hpp"
#include "comity/wire/scenario_item.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

/// What a scenario expects. Each is a value and holds where something that happened fits all that
/// it says; what is absent is not asked.
namespace comity::wire {

/// Not more than `within` before or after `at`.
struct Around {
    geo::Instant at;
    geo::Milliseconds within{0};
    friend bool operator==(const Around&, const Around&) = default;
};

/// An alert came to this phase.
struct ExpectAlert {
    enum class By : std::uint8_t { kIntent, kTrack };
    accord::AlertPhase phase = accord::AlertPhase::kPredicted;
    std::string track;
    std::string airspace;
    std::optional<By> by;  ///< what predicted it; only of kPredicted
    friend bool operator==(const ExpectAlert&, const ExpectAlert&) = default;
};
struct ExpectTold {
    accord::PartyId who;
    ScenarioItem what;
    std::optional<accord::Level> level;
    friend bool operator==(const ExpectTold&, const ExpectTold&) = default;
};
struct ExpectReceived {
    accord::PartyId who;
    ScenarioItem what;
    friend bool operator==(const ExpectReceived&, const ExpectReceived&) = default;
};
struct ExpectRead {
    accord::PartyId who;
    ScenarioItem what;
    friend bool operator==(const ExpectRead&, const ExpectRead&) = default;
};
struct ExpectPassedOn {
    accord::PartyId who;
    ScenarioItem what;
    accord::PartyId to;
    friend bool operator==(const ExpectPassedOn&, const ExpectPassedOn&) = default;
};
/// `late` missed a deadline, and `to` was told of it.
struct ExpectEscalated {
    accord::PartyId late;
    ScenarioItem what;
    accord::Stage stage = accord::Stage::kReceived;
    accord::PartyId to;
    friend bool operator==(const ExpectEscalated&, const ExpectEscalated&) = default;
};
/// From the start to the end, never.
struct ExpectNeverTold {
    accord::PartyId who;
    ScenarioItem what;
    friend bool operator==(const ExpectNeverTold&, const ExpectNeverTold&) = default;
};
/// A request of this party was refused.
struct ExpectRefused {
    accord::PartyId who;
    accord::Outcome code = accord::Outcome::kBadBody;  ///< never kAccepted
    friend bool operator==(const ExpectRefused&, const ExpectRefused&) = default;
};

/// How many different items of a kind a party was told, has received or has read.
struct CountItems {
    enum class Step : std::uint8_t { kTold, kReceived, kRead };
    Step step = Step::kTold;
    accord::PartyId who;
    accord::ItemKind what = accord::ItemKind::kWarning;
    friend bool operator==(const CountItems&, const CountItems&) = default;
};
/// How many different alerts came to a phase at least once.
struct CountAlerts {
    accord::AlertPhase phase = accord::AlertPhase::kPredicted;
    std::optional<std::string> airspace;  ///< absent: of any
    friend bool operator==(const CountAlerts&, const CountAlerts&) = default;
};
struct ExpectCount {
    std::variant<CountItems, CountAlerts> of;
    std::uint64_t is = 0;
    friend bool operator==(const ExpectCount&, const ExpectCount&) = default;
};

struct Expectation {
    std::size_t line = 0;  ///< of the text, from 1
    std::variant<ExpectAlert, ExpectTold, ExpectReceived, ExpectRead, ExpectPassedOn,
                 ExpectEscalated, ExpectNeverTold, ExpectRefused, ExpectCount>
        that;
    std::optional<Around> when;          ///< absent of ExpectNeverTold and ExpectCount
    std::optional<geo::Instant> before;  ///< strictly; absent of those two too
};

}  // namespace comity::wire
