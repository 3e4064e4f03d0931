// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/testing/build.hpp"
#include "comity/node/testing/delivered.hpp"
#include "comity/node/testing/node_world.hpp"

#include <string>
#include <variant>
#include <vector>

/// The words of the tests of the node.
namespace comity::node {

using accord::Level;
using accord::Outcome;
using accord::Shared;
using accord::testing::area;
using accord::testing::clock;
using accord::testing::intent;
using accord::testing::terms;
using testing::delivered;
using testing::never_delivered;
using testing::NodeWorld;
using testing::track;

/// North owns an airspace and a radar, and warns south of what it sees.
inline void begin_two_shores(NodeWorld& w) {
    w.party("north");
    w.party("south");
    w.agree("line", terms({"north", "south"})
                        .shares("north", "south", Shared::kAlerts, Level::kVolume)
                        .shares("south", "north", Shared::kIntents, Level::kVolume)
                        .shares("north", "south", Shared::kAirspaces, Level::kVolume));
    w.files("north",
            area("salient").square(37.0, 36.0, 1.0).type(airspace::AirspaceType::kNational));
    w.feed("north-radar", "north");
}

/// Half a minute south of the salient, northward.
inline testing::TrackOf approaching(std::string_view id) {
    return track(id).at(36.95, 36.5).heading(0).knots(400);
}
inline testing::TrackOf inside(std::string_view id) {
    return track(id).at(37.01, 36.5).heading(0).knots(400);
}

/// The node's own records of one kind.
template <typename Kind>
std::vector<ledger::Record> records_of(NodeWorld& w) {
    std::vector<ledger::Record> found;
    for (const ledger::Record& record : w.records()) {
        const auto* of_node = std::get_if<ledger::NodeRecord>(&record.content);
        if (of_node != nullptr && std::holds_alternative<Kind>(*of_node)) found.push_back(record);
    }
    return found;
}

template <typename Kind>
const Kind& body_of_record(const ledger::Record& record) {
    return std::get<Kind>(std::get<ledger::NodeRecord>(record.content));
}

/// The id of the one alert that is not closed; empty where there is none or more.
inline std::string open_alert(NodeWorld& w) {
    std::string found;
    for (const auto& [id, alert] : w.node().state().alerts()) {
        if (alert.phase != accord::AlertPhase::kPredicted &&
            alert.phase != accord::AlertPhase::kInside) {
            continue;
        }
        if (!found.empty()) return "";
        found = id;
    }
    return found;
}

}  // namespace comity::node
