// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/release.hpp"
#include "comity/accord/state.hpp"

#include <optional>
#include <set>
#include <vector>

/// What a party may see beside what it is told: its own items, what became of what it told, and
/// with whom it has to do. As `release`, it fails closed.
namespace comity::accord {

/// The party's own intent or airspace, as it filed it: at kFull, for kOwner. Absent where there is
/// none, or it is another's.
std::optional<Released> release_own(const State& state, const PartyId& owner, const ItemRef& item);

/// The notices of an item whose life (received, read, passed on, objected) the party may see: its
/// own, which comes first; and, by addressee, those
/// - of its own intent or airspace, or of an alert that its own feed found and that it was told of,
///   under an agreement that it has signed;
/// - that it passed on;
/// - whose missed deadline is why it was told.
std::vector<const Notice*> lives(const State& state, const PartyId& viewer, const ItemRef& item);

/// A notice as others than its addressee may see it: of a warning when it was first told, received
/// and read, since how often it was told again counts what is the addressee's alone.
Notice notice_for_others(const Notice& notice);

/// Who may see the life of this notice, by id.
std::set<PartyId> viewers(const State& state, const Notice& notice);

/// The party itself, and those that are named in agreements that it has been told of: signatories,
/// those to whom is passed on, those to whom is escalated, the members of groups among them; of a
/// proposal those who have accepted it.
std::set<PartyId> acquaintances(const State& state, const PartyId& viewer);

}  // namespace comity::accord
