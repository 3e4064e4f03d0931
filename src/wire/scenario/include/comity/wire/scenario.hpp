// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/agreement.hpp"
#include "comity/accord/filed.hpp"
#include "comity/accord/ids.hpp"
#include "comity/accord/request.hpp"
#include "comity/airspace/airspace.hpp"
#include "comity/airspace/volume.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/polygon.hpp"
#include "comity/geo/quantity.hpp"
#include "comity/wire/scenario_expect.hpp"
#include "comity/wire/scenario_item.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

/// A scenario: a test that people can read (docs/formats/scenario.md). All types are values. Lists
/// are in the order of the text; each `line` is that of the text, from 1.
namespace comity::wire {

struct ScenarioParty {
    std::size_t line = 0;
    accord::PartyId id;                  ///< never accord::kNodeParty
    std::string name;                    ///< shown to people; never empty
    std::optional<accord::Group> group;  ///< the lead is among the members; all are parties
};

/// Proposed by its first signatory and accepted by the others, all at `at`.
struct ScenarioAgreement {
    std::size_t line = 0;
    std::string id;
    geo::Instant at;
    accord::Terms terms;
};

/// Areas of a GeoJSON file: all, or those of one name.
struct AreaFile {
    std::string path;  ///< as written, from the folder of the scenario
    std::optional<std::string> feature;
    friend bool operator==(const AreaFile&, const AreaFile&) = default;
};

struct ScenarioAirspace {
    std::size_t line = 0;
    std::string id;
    accord::PartyId owner;
    geo::Instant at;  ///< when it is filed
    airspace::AirspaceType type = airspace::AirspaceType::kUnstated;
    std::string source;                     ///< empty: not stated
    std::optional<geo::Distance> accuracy;  ///< absent: not stated
    airspace::AltitudeBand band;
    std::optional<geo::Interval> validity;  ///< absent: always
    /// A polygon of the text has one ring, straight in longitude and latitude.
    std::variant<AreaFile, geo::Polygon> area;
};

struct ScenarioIntent {
    std::size_t line = 0;
    std::string id;
    accord::PartyId owner;
    geo::Instant at;                    ///< when it is filed
    std::vector<std::string> aircraft;  ///< track ids, at least one
    std::vector<accord::RoutePoint> route;
    std::vector<airspace::Volume> volumes;  ///< made from the route (airspace/route.hpp)
};

enum class FeedFormat : std::uint8_t { kTracks, kSbs };
/// The columns of a file of tracks: surveillance::Dialect, which this layer does not see.
enum class FeedDialect : std::uint8_t { kComity, kOpenSky, kTraffic };
/// "tracks", "sbs"; "comity", "opensky", "traffic".
const char* to_string(FeedFormat format);
const char* to_string(FeedDialect dialect);

/// A recording that one party's sensors play.
struct ScenarioFeed {
    std::size_t line = 0;
    std::string id;
    accord::PartyId of;
    std::string path;  ///< as written, from the folder of the scenario
    FeedFormat format = FeedFormat::kTracks;
    FeedDialect dialect = FeedDialect::kComity;
    geo::Milliseconds shift{0};             ///< added to each time of the file; may be negative
    std::optional<geo::Distance> accuracy;  ///< of reports that state none
    std::map<std::string, accord::PartyId> operators;  ///< by track id
    std::map<std::string, accord::PartyId> parties;    ///< by the file's own word for a party
};

/// What a party's machine does by itself.
struct ScenarioSystem {
    std::size_t line = 0;
    accord::PartyId party;
    geo::Milliseconds receives_after{0};  ///< each item, after it was told
};

/// So long after the same party was told, or had received or read, the act's item for the first
/// time. If that never is, the act never is.
struct AfterStep {
    enum class Of : std::uint8_t { kTold, kReceived, kRead };
    geo::Milliseconds delay{0};
    Of of = Of::kTold;
    friend bool operator==(const AfterStep&, const AfterStep&) = default;
};

struct ReceiveAct {
    friend bool operator==(const ReceiveAct&, const ReceiveAct&) = default;
};
struct ReadAct {
    std::string person;  ///< who read it
    friend bool operator==(const ReadAct&, const ReadAct&) = default;
};
struct PassOnAct {
    std::set<accord::PartyId> to;  ///< at least one
    friend bool operator==(const PassOnAct&, const PassOnAct&) = default;
};
struct ObjectAct {
    friend bool operator==(const ObjectAct&, const ObjectAct&) = default;
};
struct WithdrawAct {
    friend bool operator==(const WithdrawAct&, const WithdrawAct&) = default;
};
struct AgreementStep {
    accord::AgreementAct act = accord::AgreementAct::kSuspend;
    std::string agreement;
    friend bool operator==(const AgreementStep&, const AgreementStep&) = default;
};
struct CallAct {
    accord::Channel channel = accord::Channel::kGuard;
    std::optional<accord::PartyId> to;  ///< absent: whoever hears it
    std::optional<bool> answered;       ///< absent: not stated
    std::string about;                  ///< shown to people; may be empty
    friend bool operator==(const CallAct&, const CallAct&) = default;
};

/// What a party does, and when.
struct ScenarioAct {
    std::size_t line = 0;
    accord::PartyId who;
    std::variant<geo::Instant, AfterStep> when;
    /// Present for all but AgreementStep, where it is absent, and CallAct, where it may be.
    std::optional<ScenarioItem> what;
    /// Of the item, as the act states it; absent: the one that was last told.
    std::optional<std::uint64_t> version;
    std::variant<ReceiveAct, ReadAct, PassOnAct, ObjectAct, WithdrawAct, AgreementStep, CallAct>
        does;
};

/// An assessment after the fact: each of the tracks against the airspace.
struct ScenarioAssessment {
    std::size_t line = 0;
    std::vector<std::string> tracks;  ///< at least one
    std::string airspace;
};

struct Scenario {
    std::string title;
    std::string about;   ///< may be empty
    std::string origin;  ///< of the log
    geo::Instant start;
    geo::Instant end;  ///< after the start
    std::uint64_t seed = 0;
    std::vector<ScenarioParty> parties;  ///< at least one
    std::vector<ScenarioAgreement> agreements;
    std::vector<ScenarioAirspace> airspaces;
    std::vector<ScenarioIntent> intents;
    std::vector<ScenarioFeed> feeds;
    std::vector<ScenarioSystem> systems;
    std::vector<ScenarioAct> people;
    std::vector<geo::Instant> moments;
    std::vector<ScenarioAssessment> assess;
    std::vector<Expectation> expect;
};

}  // namespace comity::wire
