// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/agreement.hpp"
#include "comity/accord/alert.hpp"
#include "comity/accord/filed.hpp"
#include "comity/accord/ids.hpp"
#include "comity/accord/notice.hpp"
#include "comity/accord/outcome.hpp"
#include "comity/geo/instant.hpp"
#include "comity/seal/hash.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

/// What parties and the node ask for. Values.
namespace comity::accord {

/// By the node: a party takes part, or its keys or members change.
struct PutParty {
    std::vector<seal::Hash> keys;
    std::optional<Group> group;
};

struct ProposeAgreement {
    Terms terms;
};
/// What a signatory does with an agreement that was proposed.
enum class AgreementAct : std::uint8_t { kAccept, kSuspend, kResume, kEnd };
struct ChangeAgreement {
    AgreementAct act = AgreementAct::kAccept;
};

/// A new intent, or a new version of one's own.
struct PutIntent {
    IntentState state = IntentState::kAccepted;
    std::vector<std::string> aircraft;
    std::vector<airspace::Volume> volumes;
    std::vector<RoutePoint> route;
};

/// A new airspace, or a new version of one's own. `name` and `owner` of the area are not read.
struct PutAirspace {
    airspace::Airspace area;
};
struct EndAirspace {};

/// By the node: an alert as its watch found it. Id, version and traffic of it are not read.
struct PutAlert {
    Alert alert;
};

/// By the node, after a restart: a warning that had left before it could be recorded.
struct PutSpooled {
    std::uint64_t spool_number = 0;
    geo::Instant left_at{};
    Alert alert;
    std::set<PartyId> told;
};

/// What an addressee says of an item that it was told.
struct Received {
    std::uint64_t version = 0;
};
struct Read {
    std::uint64_t version = 0;
    std::optional<seal::Hash> reader;  ///< the commitment of the attachment "reader"
};
struct PassOn {
    std::uint64_t version = 0;
    std::set<PartyId> to;
};
struct Object {
    std::uint64_t version = 0;
};

/// By an item's owner, or the node of a warning: it was told in error.
struct Withdraw {};

enum class Channel : std::uint8_t { kGuard = 1, kRadio, kTelephone, kInPerson };
/// "guard", "radio", "telephone", "in person".
const char* to_string(Channel channel);

/// A call, logged by hand by who made it: a statement.
struct LogCall {
    Channel channel = Channel::kGuard;
    std::optional<PartyId> to;  ///< absent: whoever hears it
    geo::Instant at{};
    std::optional<bool> answered;  ///< absent: not stated
};

/// A body that could not be read, as far as it was: kUnknownOperation or kBadBody.
struct Unreadable {
    Outcome outcome = Outcome::kBadBody;
};

using Operation = std::variant<PutParty, ProposeAgreement, ChangeAgreement, PutIntent, PutAirspace,
                               EndAirspace, PutAlert, PutSpooled, Received, Read, PassOn, Object,
                               Withdraw, LogCall, Unreadable>;

/// A request whose author is known. What authenticated it is in its record.
struct Request {
    std::string to;  ///< the log that it is addressed to
    PartyId party;   ///< its author
    std::string id;
    geo::Instant sent{};
    geo::Instant valid_until{};
    std::optional<std::string> object;
    std::optional<std::uint64_t> expected_version;
    Traffic traffic = Traffic::kLive;
    Operation operation;
};

}  // namespace comity::accord
