// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/alert.hpp"
#include "comity/accord/ids.hpp"
#include "comity/accord/state.hpp"

namespace comity::accord {

/// The alert as this party may see it: without what follows from an intent that the party neither
/// owns nor was told of at kVolume or better.
Alert alert_for(const State& state, const PartyId& to, const Alert& alert);

/// Whether anything is left of it that a party can be told for the first time.
bool is_shown(const Alert& alert);

}  // namespace comity::accord
