// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/agreement.hpp"
#include "comity/accord/ids.hpp"
#include "comity/accord/notice.hpp"

#include <map>
#include <optional>
#include <string>

namespace comity::accord {

/// Leave for one party to see one item, and what goes with it.
struct Grant {
    Level level = Level::kNone;
    Why why = Why::kShared;
    std::optional<PartyId> via;
    std::string agreement;               ///< empty: its own feed, by no agreement
    std::optional<Deadlines> deadlines;  ///< absent: nothing is due
};

/// What of whom an item is, in the words of the rules of agreements.
struct Source {
    Shared what = Shared::kIntents;
    PartyId from;
};

/// Of a party's own feed: an agreement by which it shares its alerts, the preferred one first, also
/// says by when it is to act itself.
Grant own_feed_grant(const std::map<PartyId, Grant>& others, const std::string& preferred);

}  // namespace comity::accord
