// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/ids.hpp"
#include "comity/geo/instant.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace comity::accord {

/// How much of an item a party may see (docs/safety-boundary.md). Ordered: more is greater.
enum class Level : std::uint8_t {
    kNone = 0,
    kCells = 1,   ///< the cells of the fixed grid that it touches
    kVolume = 2,  ///< where and when, not who or why
    kFull = 3,
};

/// "none", "cells", "volume", "full".
const char* to_string(Level level);

/// What a rule of an agreement is about.
enum class Shared : std::uint8_t {
    kIntents = 1,    ///< of `from`
    kAirspaces = 2,  ///< of `from`
    kAlerts = 3,     ///< found by the feeds of `from`, about airspaces that `to` may know of
};

/// "intents", "airspaces", "alerts".
const char* to_string(Shared what);

/// `from` tells `to` of these items at this level. A residual rule lives on while the agreement is
/// suspended.
struct ShareRule {
    Shared what = Shared::kIntents;
    PartyId from;
    PartyId to;
    Level level = Level::kNone;
    bool is_residual = false;
    friend bool operator==(const ShareRule&, const ShareRule&) = default;
};

/// `by`, when told of an intent of a signatory of the agreement, passes it on to `to`, who sees it
/// at this level and not above what `by` sees. `to` is a signatory too, or a member of a group of
/// which `by` is the lead.
struct RelayRule {
    PartyId by;
    PartyId to;
    Level level = Level::kNone;
    friend bool operator==(const RelayRule&, const RelayRule&) = default;
};

/// How long after it was told an item is to be received, read and passed on. Each > 0 and at most
/// kLongest.
struct Deadlines {
    static constexpr geo::Milliseconds kLongest{86'400'000};

    geo::Milliseconds received{60'000};
    geo::Milliseconds read{300'000};
    geo::Milliseconds passed_on{600'000};
    friend bool operator==(const Deadlines&, const Deadlines&) = default;
};

struct Terms {
    static constexpr std::size_t kMaxSignatories = 64;
    static constexpr std::size_t kMaxRules = 1024;  ///< of each kind
    static constexpr std::size_t kMaxEscalation = 16;

    std::vector<PartyId> signatories;  ///< at least two, all different
    std::vector<ShareRule> share;
    std::vector<RelayRule> relay;
    Deadlines intents;
    Deadlines alerts;
    /// Who is told next, one after the other, where a deadline passes.
    std::vector<PartyId> escalation;
    friend bool operator==(const Terms&, const Terms&) = default;
};

enum class AgreementState : std::uint8_t { kProposed = 1, kInForce, kSuspended, kEnded };

/// "proposed", "in force", "suspended", "ended".
const char* to_string(AgreementState state);

struct Agreement {
    std::string id;
    std::uint64_t version = 1;
    AgreementState state = AgreementState::kProposed;
    Terms terms;
    /// When each signatory accepted it, the one that proposed it too.
    std::map<PartyId, geo::Instant> accepted;
};

}  // namespace comity::accord
