// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/accord/agreement.hpp"
#include "comity/accord/alert.hpp"
#include "comity/accord/filed.hpp"
#include "comity/accord/notice.hpp"
#include "comity/accord/request.hpp"

namespace comity::accord {

const char* to_string(Level level) {
    switch (level) {
        case Level::kNone:
            return "none";
        case Level::kCells:
            return "cells";
        case Level::kVolume:
            return "volume";
        case Level::kFull:
            return "full";
    }
    return "unknown";
}

const char* to_string(Shared what) {
    switch (what) {
        case Shared::kIntents:
            return "intents";
        case Shared::kAirspaces:
            return "airspaces";
        case Shared::kAlerts:
            return "alerts";
    }
    return "unknown";
}

const char* to_string(AgreementState state) {
    switch (state) {
        case AgreementState::kProposed:
            return "proposed";
        case AgreementState::kInForce:
            return "in force";
        case AgreementState::kSuspended:
            return "suspended";
        case AgreementState::kEnded:
            return "ended";
    }
    return "unknown";
}

const char* to_string(IntentState state) {
    switch (state) {
        case IntentState::kAccepted:
            return "accepted";
        case IntentState::kActivated:
            return "activated";
        case IntentState::kNonconforming:
            return "nonconforming";
        case IntentState::kContingent:
            return "contingent";
        case IntentState::kEnded:
            return "ended";
    }
    return "unknown";
}

const char* to_string(AlertPhase phase) {
    switch (phase) {
        case AlertPhase::kPredicted:
            return "predicted";
        case AlertPhase::kInside:
            return "inside";
        case AlertPhase::kResolved:
            return "resolved";
        case AlertPhase::kUnresolved:
            return "unresolved";
    }
    return "unknown";
}

const char* to_string(Why why) {
    switch (why) {
        case Why::kSignatory:
            return "signatory";
        case Why::kShared:
            return "shared";
        case Why::kOwnAircraft:
            return "own aircraft";
        case Why::kRelayed:
            return "relayed";
        case Why::kEscalated:
            return "escalated";
        case Why::kOwnFeed:
            return "own feed";
        case Why::kOwner:
            return "owner";
    }
    return "unknown";
}

const char* to_string(Stage stage) {
    switch (stage) {
        case Stage::kReceived:
            return "received";
        case Stage::kRead:
            return "read";
        case Stage::kPassedOn:
            return "passed on";
    }
    return "unknown";
}

const char* to_string(Channel channel) {
    switch (channel) {
        case Channel::kGuard:
            return "guard";
        case Channel::kRadio:
            return "radio";
        case Channel::kTelephone:
            return "telephone";
        case Channel::kInPerson:
            return "in person";
    }
    return "unknown";
}

}  // namespace comity::accord
