// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/node/testing/node_world.hpp"

#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include <gmock/gmock.h>

/// What a test expects of a world: `EXPECT_THAT(w, delivered("north", "intent/S1").recorded())`.
namespace comity::node::testing {

/// That an item left for a party, at least once. An item that ends with "/" is any of its kind.
class Delivered {
  public:
    using is_gtest_matcher = void;

    Delivered(std::string_view to, std::string_view item) : to_(to), item_(item) {}
    Delivered& at(std::string_view time);
    /// With a number and a record, or with neither.
    Delivered& recorded();
    Delivered& unrecorded();
    /// Unrecorded, and with a number of the spool.
    Delivered& spooled();
    /// What its bytes say somewhere.
    Delivered& saying(std::string_view text);

    std::size_t count_in(const NodeWorld& world) const;
    bool MatchAndExplain(const NodeWorld& world, std::ostream* out) const;
    void DescribeTo(std::ostream* out) const;
    void DescribeNegationTo(std::ostream* out) const;

  private:
    bool matches(const Delivery& one) const;

    std::string to_;
    std::string item_;
    std::optional<geo::Instant> at_;
    std::optional<bool> recorded_;
    bool spooled_ = false;
    std::string text_;
};
inline Delivered delivered(std::string_view to, std::string_view item) {
    return {to, item};
}
inline auto never_delivered(std::string_view to, std::string_view item) {
    return ::testing::Not(Delivered(to, item));
}

}  // namespace comity::node::testing
