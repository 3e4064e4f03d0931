// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/ids.hpp"
#include "comity/server/board.hpp"
#include "comity/server/events.hpp"

#include <map>
#include <string>

/// What the API says, as JSON (api/openapi.yaml): from what lies on a party's board alone.
namespace comity::server {

std::string delivery_text(const ToldEvent& told);
/// The viewer's own notices first.
std::string item_text(const accord::ItemRef& item, const ItemBoard& board,
                      const accord::PartyId& viewer);
/// "[...]" of the notices that the viewer may see, its own first.
std::string notices_text(const ItemBoard& board, const accord::PartyId& viewer);
std::string incident_text(const IncidentBoard& incident);
std::string incident_tracks_text(const IncidentBoard& incident,
                                 const std::vector<IncidentTrack>& tracks, geo::Instant now);
std::string parties_text(const PartyBoard& board, const accord::PartyId& viewer,
                         const std::map<accord::PartyId, std::string>& names);
/// "[...]" of the party's own feeds.
std::string feeds_text(const BeatEvent& beat, const accord::PartyId& viewer);
std::string tracks_text(const PartyBoard& board, const BeatEvent& beat,
                        const accord::PartyId& viewer);
std::string names_text(const std::map<std::uint32_t, TrackName>& names);
const char* mode_word(node::Mode mode);

/// Behind what is there: a text, a time, in JSON.
void append_text(std::string& out, std::string_view text);
void append_time(std::string& out, geo::Instant time);

}  // namespace comity::server
