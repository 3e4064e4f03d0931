// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/server/board.hpp"

namespace comity::server {

/// A warning was told: the incident that it is about begins, goes on or ends.
void follow_warning(PartyBoard& board, const ToldEvent& event);

/// Keeps a frame, and what it says of tracks of incidents that are open, or were until just now.
void follow_frame(PartyBoard& board, const FrameEvent& event);

}  // namespace comity::server
