// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/id.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace comity::accord {

using PartyId = base::Id<class PartyTag, std::string>;

/// The party that the node itself files as: what its watch finds, what its administrator does. No
/// signature speaks for it.
inline constexpr std::string_view kNodeParty = "node";

/// What can be told to a party.
enum class ItemKind : std::uint8_t {
    kAgreement = 1,
    kIntent = 2,
    kAirspace = 3,
    kWarning = 4,  ///< of an alert; its id is the alert's
};

/// One thing that can be told, whatever its version: "intent/flight-7". A value.
struct ItemRef {
    ItemKind kind = ItemKind::kIntent;
    std::string id;
    friend auto operator<=>(const ItemRef&, const ItemRef&) = default;
};

/// "agreement", "intent", "airspace", "warning".
const char* to_string(ItemKind kind);
/// Kind, a slash, id.
std::string to_string(const ItemRef& item);
/// Reads what `to_string` writes; absent where it is none.
std::optional<ItemRef> item_from(std::string_view text);

/// Whether this can be the id of a party or an item: 1 to kMaxId of `A-Z a-z 0-9 . _ : -`.
bool is_id(std::string_view text);
inline constexpr std::size_t kMaxId = 96;

}  // namespace comity::accord
