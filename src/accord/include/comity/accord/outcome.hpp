// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace comity::accord {

/// What becomes of a request. The numbers stand in records for ever (docs/formats/outcomes.md).
enum class [[nodiscard]] Outcome : std::uint16_t{
    kAccepted = 0,

    kOtherLog = 1,       ///< addressed to another log
    kExpired = 2,        ///< recorded after its `valid_until`
    kRepeated = 3,       ///< its author used this id for a request that is still valid
    kFromTheFuture = 4,  ///< `sent` is later than the node's clock can be
    kValidTooLong = 5,   ///< `valid_until` is more than a day after `sent`

    kUnknownOperation = 10,
    kBadBody = 11,       ///< a body that is not what the operation takes
    kBadObject = 12,     ///< no object, or one that is none of this operation
    kNodeOnly = 13,      ///< what only the node itself files
    kUnknownParty = 14,  ///< names a party that takes no part
    kUnknownItem = 15,   ///< no such item, or not told to its author
    kStaleVersion = 16,  ///< another version than the one that stands
    kNotOwner = 17,      ///< the item is another party's
    kEnded = 18,         ///< the item has ended
    kOtherTraffic = 19,  ///< live about exercise, or the other way round

    kBadKeys = 20,  ///< a key twice, too many, or another party's
    kBadGroup =
        21,  ///< no lead among its members, one that is a group, or too many; a group in a group

    kNotSignatory = 30,     ///< not by this party
    kRuleOfOthers = 31,     ///< a rule about a party that signs nothing, or about one with itself
    kWrongState = 32,       ///< nothing that can be done to it in its state
    kAlreadyAccepted = 33,  ///< by this party

    kBadTimes = 40,          ///< it ends before it begins, or points of a route out of order
    kOver = 41,              ///< over before it was filed
    kTooFarAhead = 42,       ///< later than a year ahead
    kBelowLeastExtent = 43,  ///< a hazard area of less than 5 km radius or 30 minutes

    kNotThatVersion = 50,  ///< of a version that its author was not told
    kNoReader = 51,        ///< read, without an attachment that names who read
    kRelayToSelf = 52,
    kNoRelayRule = 53,  ///< no agreement lets its author pass this on to that party
    kWithdrawn = 54,    ///< taken back from its author

    kBadAlert = 60,  ///< about an airspace that does not stand, or a step that an alert cannot make
};

/// A stable name: "stale_version".
const char* name_of(Outcome outcome);
/// Words for a person: what was expected.
const char* to_string(Outcome outcome);
/// Whether a record's number is one of these.
bool is_outcome(std::uint16_t code);

}  // namespace comity::accord
