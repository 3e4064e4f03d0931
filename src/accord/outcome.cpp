// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/accord/outcome.hpp"

#include <algorithm>
#include <array>

namespace comity::accord {
namespace {

struct Row {
    Outcome outcome;
    const char* name;
    const char* words;
};

constexpr std::array kRows{
    Row{Outcome::kAccepted, "accepted", "accepted"},
    Row{Outcome::kOtherLog, "other_log",
        "addressed to another log, expected this log's origin in `to`"},
    Row{Outcome::kExpired, "expired",
        "no longer valid, expected `valid_until` at or after the time of its record"},
    Row{Outcome::kRepeated, "repeated",
        "this id stands in an earlier request that is still valid, expected a new id"},
    Row{Outcome::kFromTheFuture, "from_the_future",
        "sent later than now, expected `sent` within the error of both clocks"},
    Row{Outcome::kValidTooLong, "valid_too_long",
        "valid for too long, expected `valid_until` at most a day after `sent`"},
    Row{Outcome::kUnknownOperation, "unknown_operation",
        "an operation that does not exist, expected one of docs/formats/requests.md"},
    Row{Outcome::kBadBody, "bad_body",
        "not what this operation takes, expected the body in docs/formats/requests.md"},
    Row{Outcome::kBadObject, "bad_object",
        "not an object of this operation, expected an id of letters, digits and . _ : -"},
    Row{Outcome::kNodeOnly, "node_only", "only the node files this"},
    Row{Outcome::kUnknownParty, "unknown_party", "names a party that takes no part"},
    Row{Outcome::kUnknownItem, "unknown_item",
        "no such item, or not one that was told to this party"},
    Row{Outcome::kStaleVersion, "stale_version",
        "another version than the one that stands, expected `expected_version` to be that"},
    Row{Outcome::kNotOwner, "not_owner", "the item is another party's"},
    Row{Outcome::kEnded, "ended", "the item has ended"},
    Row{Outcome::kOtherTraffic, "other_traffic",
        "live about exercise, or the other way round, expected the item's traffic"},
    Row{Outcome::kBadKeys, "bad_keys",
        "a key twice, too many, or another party's, expected at most 16 of this party alone"},
    Row{Outcome::kBadGroup, "bad_group",
        "expected a lead among at most 256 members, which are parties and no groups"},
    Row{Outcome::kNotSignatory, "not_signatory", "not a signatory of this agreement"},
    Row{Outcome::kRuleOfOthers, "rule_of_others",
        "a rule that does not bind its signatories, expected who tells to have signed, and not to "
        "tell itself"},
    Row{Outcome::kWrongState, "wrong_state",
        "the agreement is in a state in which this cannot be done"},
    Row{Outcome::kAlreadyAccepted, "already_accepted", "accepted by this party before"},
    Row{Outcome::kBadTimes, "bad_times",
        "times out of order, expected each to end after it begins and routes to ascend"},
    Row{Outcome::kOver, "over", "over before it was filed"},
    Row{Outcome::kTooFarAhead, "too_far_ahead", "expected to end within a year"},
    Row{Outcome::kBelowLeastExtent, "below_least_extent",
        "a hazard area of less than 5 km radius or 30 minutes"},
    Row{Outcome::kNotThatVersion, "not_that_version", "a version that this party was not told"},
    Row{Outcome::kNoReader, "no_reader", "no person named, expected an attachment `reader`"},
    Row{Outcome::kRelayToSelf, "relay_to_self", "passed on to oneself"},
    Row{Outcome::kNoRelayRule, "no_relay_rule",
        "no agreement in force lets this party pass it on to that one"},
    Row{Outcome::kWithdrawn, "withdrawn", "taken back from this party"},
    Row{Outcome::kBadAlert, "bad_alert",
        "about an airspace that does not stand, or a step that an alert cannot make"},
};

const Row* row_of(std::uint16_t code) {
    const auto* found = std::ranges::find_if(
        kRows, [code](const Row& row) { return static_cast<std::uint16_t>(row.outcome) == code; });
    return found == kRows.end() ? nullptr : found;
}

}  // namespace

const char* name_of(Outcome outcome) {
    const Row* row = row_of(static_cast<std::uint16_t>(outcome));
    return row == nullptr ? "unknown" : row->name;
}

const char* to_string(Outcome outcome) {
    const Row* row = row_of(static_cast<std::uint16_t>(outcome));
    return row == nullptr ? "unknown outcome" : row->words;
}

bool is_outcome(std::uint16_t code) {
    return row_of(code) != nullptr;
}

}  // namespace comity::accord
