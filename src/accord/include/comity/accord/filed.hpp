// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/ids.hpp"
#include "comity/airspace/airspace.hpp"
#include "comity/airspace/volume.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/position.hpp"
#include "comity/seal/hash.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// What parties have filed. All types are values.
namespace comity::accord {

enum class Traffic : std::uint8_t { kLive, kExercise };

/// A group has members and a lead among them, which speaks for it.
struct Group {
    PartyId lead;
    std::set<PartyId> members;
    friend bool operator==(const Group&, const Group&) = default;
};

struct Party {
    static constexpr std::size_t kMaxKeys = 16;
    static constexpr std::size_t kMaxMembers = 256;

    PartyId id;
    std::uint64_t version = 1;
    std::vector<seal::Hash> keys;  ///< Ed25519 public keys; whoever holds one speaks for it
    std::optional<Group> group;
};

/// The states of ASTM F3548-21, 4.4.
enum class IntentState : std::uint8_t {
    kAccepted = 1,
    kActivated,
    kNonconforming,
    kContingent,
    kEnded,
};

/// "accepted", "activated", "nonconforming", "contingent", "ended".
const char* to_string(IntentState state);

/// Where the aircraft means to be at a time.
struct RoutePoint {
    geo::Position position;
    geo::Instant time;
    friend bool operator==(const RoutePoint&, const RoutePoint&) = default;
};

/// A flight announced in advance.
struct Intent {
    static constexpr std::size_t kMaxVolumes = 256;
    static constexpr std::size_t kMaxRoute = 1024;
    static constexpr std::size_t kMaxAircraft = 16;

    std::string id;
    PartyId owner;
    std::uint64_t version = 1;
    IntentState state = IntentState::kAccepted;
    Traffic traffic = Traffic::kLive;
    /// Track ids under which the aircraft will be seen.
    std::vector<std::string> aircraft;
    std::vector<airspace::Volume> volumes;  ///< at least one
    /// Times ascend strictly; empty, or at least two points. Straight in longitude and latitude
    /// between them, at even speed.
    std::vector<RoutePoint> route;

    /// When its last volume ends.
    geo::Instant end() const;
};

/// An airspace with its owner. Its name is its id.
struct FiledAirspace {
    static constexpr std::size_t kMaxVertices = 1'000'000;

    std::string id;
    PartyId owner;
    std::uint64_t version = 1;
    Traffic traffic = Traffic::kLive;
    bool is_ended = false;
    airspace::Airspace area;  ///< `name` is the id, `owner` the owner's id
};

}  // namespace comity::accord
