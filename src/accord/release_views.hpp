// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/filed.hpp"
#include "comity/accord/release.hpp"

namespace comity::accord {

/// What an item says at a level, as release.hpp says of each.
IntentView view_of(const Intent& intent, Level level);
AirspaceView view_of(const FiledAirspace& airspace, Level level);

}  // namespace comity::accord
