// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/agreement.hpp"
#include "comity/accord/ids.hpp"
#include "comity/accord/notice.hpp"

#include <optional>
#include <string>

namespace comity::accord {

/// Leave for one party to see one item, and what goes with it.
struct Grant {
    Level level = Level::kNone;
    Why why = Why::kShared;
    std::optional<PartyId> via;
    std::string agreement;               ///< empty: its own aircraft, by no agreement
    std::optional<Deadlines> deadlines;  ///< absent: nothing is due
};

}  // namespace comity::accord
