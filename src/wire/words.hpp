// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/agreement.hpp"
#include "comity/accord/alert.hpp"
#include "comity/accord/filed.hpp"
#include "comity/accord/notice.hpp"
#include "comity/accord/request.hpp"
#include "comity/airspace/airspace.hpp"
#include "comity/base/check.hpp"
#include "comity/geo/altitude.hpp"

#include <array>
#include <cstddef>
#include <string_view>

/// The words of the formats: each stands once, for reading and for writing.
namespace comity::wire {

template <typename T>
struct Word {
    std::string_view word;
    T value;
};

inline constexpr std::array kLevels{
    Word{"none", accord::Level::kNone},
    Word{"cells", accord::Level::kCells},
    Word{"volume", accord::Level::kVolume},
    Word{"full", accord::Level::kFull},
};

inline constexpr std::array kShared{
    Word{"intents", accord::Shared::kIntents},
    Word{"airspaces", accord::Shared::kAirspaces},
    Word{"alerts", accord::Shared::kAlerts},
};

inline constexpr std::array kIntentStates{
    Word{"accepted", accord::IntentState::kAccepted},
    Word{"activated", accord::IntentState::kActivated},
    Word{"nonconforming", accord::IntentState::kNonconforming},
    Word{"contingent", accord::IntentState::kContingent},
    Word{"ended", accord::IntentState::kEnded},
};

inline constexpr std::array kPhases{
    Word{"predicted", accord::AlertPhase::kPredicted},
    Word{"inside", accord::AlertPhase::kInside},
    Word{"resolved", accord::AlertPhase::kResolved},
    Word{"unresolved", accord::AlertPhase::kUnresolved},
};

inline constexpr std::array kChannels{
    Word{"guard", accord::Channel::kGuard},
    Word{"radio", accord::Channel::kRadio},
    Word{"telephone", accord::Channel::kTelephone},
    Word{"in-person", accord::Channel::kInPerson},
};

inline constexpr std::array kAirspaceTypes{
    Word{"unstated", airspace::AirspaceType::kUnstated},
    Word{"national", airspace::AirspaceType::kNational},
    Word{"prohibited", airspace::AirspaceType::kProhibited},
    Word{"restricted", airspace::AirspaceType::kRestricted},
    Word{"danger", airspace::AirspaceType::kDanger},
    Word{"hazard", airspace::AirspaceType::kHazard},
    Word{"tsa", airspace::AirspaceType::kTemporarySegregated},
    Word{"tra", airspace::AirspaceType::kTemporaryReserved},
    Word{"buffer", airspace::AirspaceType::kBuffer},
};

/// As ASTM F3548-21 names them, and AGL, which only an airspace may have.
inline constexpr std::array kDatums{
    Word{"W84", geo::Datum::kWgs84},
    Word{"MSL", geo::Datum::kMsl},
    Word{"STD", geo::Datum::kPressure},
    Word{"AGL", geo::Datum::kGround},
};

inline constexpr std::array kAgreementStates{
    Word{"proposed", accord::AgreementState::kProposed},
    Word{"in_force", accord::AgreementState::kInForce},
    Word{"suspended", accord::AgreementState::kSuspended},
    Word{"ended", accord::AgreementState::kEnded},
};

inline constexpr std::array kWhys{
    Word{"signatory", accord::Why::kSignatory},
    Word{"shared", accord::Why::kShared},
    Word{"own_aircraft", accord::Why::kOwnAircraft},
    Word{"relayed", accord::Why::kRelayed},
    Word{"escalated", accord::Why::kEscalated},
    Word{"own_feed", accord::Why::kOwnFeed},
    Word{"owner", accord::Why::kOwner},
};

inline constexpr std::array kStages{
    Word{"received", accord::Stage::kReceived},
    Word{"read", accord::Stage::kRead},
    Word{"passed_on", accord::Stage::kPassedOn},
};

/// The word of a value, which is in the table (a check).
template <typename T, std::size_t kSize>
constexpr std::string_view word_of(const std::array<Word<T>, kSize>& words, T value) {
    for (const Word<T>& one : words) {
        if (one.value == value) return one.word;
    }
    COMITY_CHECK(false);
    return {};
}

}  // namespace comity::wire
