// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/alert.hpp"
#include "comity/accord/outcome.hpp"
#include "comity/accord/state.hpp"
#include "comity/airspace/inside.hpp"
#include "comity/geo/instant.hpp"
#include "comity/node/outbox.hpp"
#include "comity/wire/scenario.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What happened in a run of a scenario, in the order in which it was recorded. Values.
namespace comity::node {

/// A party's request and what came of it.
struct Filing {
    accord::PartyId who;
    accord::Operation operation;
    std::optional<std::string> object;
    Decided decided;
    std::string person;  ///< who read, as the scenario names them; else empty
    std::string about;   ///< of a call
};
/// The watch raised or changed an alert.
struct AlertStep {
    accord::Alert alert;
    std::optional<accord::Alert> before;
};
struct Telling {
    Delivery delivery;
    accord::Why why = accord::Why::kShared;
    std::optional<accord::PartyId> via;
    bool is_first = false;  ///< of this item to this party
};
struct Missed {
    accord::Escalation escalation;
};

struct Happening {
    geo::Instant time{};
    std::variant<Filing, AlertStep, Telling, Missed> what;
};

/// What every party had been told, had received and had read at a moment.
struct Moment {
    geo::Instant at{};
    std::map<accord::State::NoticeKey, accord::Notice> notices;
};

/// An assessment after the fact.
struct Assessed {
    std::string track;
    std::string airspace;
    std::vector<airspace::Stay> stays;
};

struct History {
    std::vector<Happening> happenings;
    std::vector<Moment> moments;
    std::vector<Assessed> assessed;
    /// By alert id, the track and the airspace that it is about.
    std::map<std::string, wire::WarningName> warnings;
    std::uint64_t reports = 0;
    std::uint64_t skipped = 0;         ///< rows and messages that could not be read
    std::uint64_t refused_alerts = 0;  ///< of which nobody was warned (Node::refused_alerts)
};

/// One expectation of the scenario and whether it holds.
struct Checked {
    std::size_t line = 0;
    std::string expected;  ///< in words
    bool holds = false;
    std::string found;  ///< what was nearest, in words, where it does not
};

/// All expectations against what happened.
std::vector<Checked> check_expectations(const wire::Scenario& scenario, const History& history);

}  // namespace comity::node
