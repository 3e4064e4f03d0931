// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <utility>

namespace comity::base {

/// The name of one thing of the kind that `Tag` says: `using PartyId = Id<class PartyTag, Uuid>`.
/// Ids of one kind compare, by their representations; nothing else: no arithmetic, no other kind,
/// no bare representation. A value.
template <typename Tag, typename Rep>
class Id {
  public:
    constexpr explicit Id(Rep value) : value_(std::move(value)) {}
    constexpr const Rep& value() const { return value_; }
    friend constexpr auto operator<=>(const Id&, const Id&) = default;

  private:
    Rep value_;
};

}  // namespace comity::base
