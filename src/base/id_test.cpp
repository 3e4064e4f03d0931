// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/id.hpp"

#include <cstdint>
#include <string>
#include <type_traits>

#include <gtest/gtest.h>

namespace comity::base {
namespace {

using TrackId = Id<class TrackTag, std::uint32_t>;
using PartyId = Id<class PartyTag, std::string>;

TEST(Id, ComparesByItsRepresentation) {
    EXPECT_EQ(TrackId(7), TrackId(7));
    EXPECT_NE(TrackId(7), TrackId(8));
    EXPECT_LT(TrackId(7), TrackId(8));
    EXPECT_LT(PartyId("a"), PartyId("b"));
    EXPECT_EQ(PartyId("a").value(), "a");
}

static_assert(!std::is_convertible_v<std::uint32_t, TrackId>);
static_assert(!std::is_convertible_v<TrackId, std::uint32_t>);
static_assert(!std::is_default_constructible_v<TrackId>);
static_assert(sizeof(TrackId) == sizeof(std::uint32_t));

}  // namespace
}  // namespace comity::base
