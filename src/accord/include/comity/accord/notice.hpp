// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/agreement.hpp"
#include "comity/accord/ids.hpp"
#include "comity/geo/instant.hpp"
#include "comity/seal/hash.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

/// The life of what was told: released, received, read, passed on. Values.
namespace comity::accord {

/// Why a party is told.
enum class Why : std::uint8_t {
    kSignatory = 1,  ///< of the agreement itself
    kShared,         ///< a rule of an agreement
    kOwnAircraft,    ///< it operates the aircraft
    kRelayed,        ///< another party passed it on
    kEscalated,      ///< a deadline of another party passed
    kOwnFeed,        ///< its own feed saw it
    kOwner,          ///< the item is its own; of no notice
};

/// "signatory", "shared", "own aircraft", "relayed", "escalated", "own feed", "owner".
const char* to_string(Why why);

/// The kinds of deadline that a notice has.
enum class Stage : std::uint8_t { kReceived = 1, kRead, kPassedOn };

/// "received", "read", "passed on".
const char* to_string(Stage stage);

/// Something done at a time to a version of an item.
struct Act {
    geo::Instant at{};
    std::uint64_t version = 0;
    friend bool operator==(const Act&, const Act&) = default;
};

/// One item as it was told to one party. Times are record times, but `left_at`.
struct Notice {
    PartyId to;
    ItemRef item;
    Level level = Level::kNone;
    Why why = Why::kShared;
    std::optional<PartyId> via;  ///< who passed it on, or did not answer in time
    std::string agreement;       ///< under which it is told; empty where none is needed
    std::uint64_t shown = 0;     ///< the item's own version that the party may see
    Act first;                   ///< told for the first time
    Act last;                    ///< told for the last time
    /// Left before it could be recorded, then.
    std::optional<geo::Instant> left_at;
    std::optional<geo::Instant> first_received;  ///< any version of it
    std::optional<geo::Instant> first_read;
    std::optional<Act> received;  ///< of the latest version that was: a machine's word
    std::optional<Act> read;      ///< of the latest version that was: a named person's word
    seal::Hash reader;            ///< the commitment to that person's name
    std::map<PartyId, Act> passed_on;
    std::optional<Act> objected;
    std::optional<geo::Instant> withdrawn;
    /// What is due; absent where nothing is, or where it came in time or was escalated.
    std::map<Stage, geo::Instant> due;
    /// Deadlines that passed, and when.
    std::map<Stage, geo::Instant> missed;
};

}  // namespace comity::accord
