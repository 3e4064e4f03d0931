// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Ids of two kinds do not compare, whatever represents them.
#include "comity/base/id.hpp"

using TrackId = comity::base::Id<class TrackTag, int>;
using PartyId = comity::base::Id<class PartyTag, int>;

bool ids_of_two_kinds(TrackId track, PartyId party) {
#ifdef COMITY_BAD
    return track == party;
#else
    return track == TrackId(party.value());
#endif
}
