// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "replay/names.hpp"
#include "replay/story.hpp"

#include "comity/node/history.hpp"

#include <string>
#include <utility>

/// The sentences of a story. Each goes on from who did it: "announces flight S1 in advance".
namespace comity::cli {

/// Of what kind a request is, and what its author does with it. `is_first`: of this object.
std::pair<RowKind, std::string> words_of(const node::Filing& filing, bool is_first,
                                         const Names& names, const node::History& history);

/// "S1 12.4 km from north-airspace: entry predicted at 07:24:05 by the announced flight; ..."
std::string words_of(const accord::Alert& alert, const Names& names);

/// "flight S1 not received by South shore in time (07:06:00)"
std::string words_of(const accord::Escalation& escalation, const Names& names,
                     const node::History& history);

/// "River league's lead (volume)", "North shore (full, its own feed)"
std::string words_of(const node::Telling& telling, const Names& names);

}  // namespace comity::cli
