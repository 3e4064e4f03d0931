// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/testing/world.hpp"

#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

/// What a test expects of a world: `EXPECT_THAT(w, told("north", "intent/S1").at("07:24:05"))`.
namespace comity::accord::testing {

/// That a party was told of an item, at least once; of a time, version, level and ground where they
/// are said.
class Told {
  public:
    using is_gtest_matcher = void;

    Told(std::string_view to, std::string_view item) : to_(to), item_(item) {}
    Told& at(std::string_view time);
    Told& version(std::uint64_t version);
    Told& level(Level level);
    Told& why(Why why);

    bool MatchAndExplain(const World& world, std::ostream* out) const;
    void DescribeTo(std::ostream* out) const;
    void DescribeNegationTo(std::ostream* out) const;

  private:
    std::string to_;
    std::string item_;
    std::optional<geo::Instant> at_;
    std::optional<std::uint64_t> version_;
    std::optional<Level> level_;
    std::optional<Why> why_;
};
inline Told told(std::string_view to, std::string_view item) {
    return {to, item};
}

/// That a party was not told of an item like this.
class NeverTold {
  public:
    using is_gtest_matcher = void;

    explicit NeverTold(Told told) : told_(std::move(told)) {}
    bool MatchAndExplain(const World& world, std::ostream* out) const {
        return !told_.MatchAndExplain(world, out);
    }
    void DescribeTo(std::ostream* out) const { told_.DescribeNegationTo(out); }
    void DescribeNegationTo(std::ostream* out) const { told_.DescribeTo(out); }

  private:
    Told told_;
};
inline NeverTold never_told(std::string_view to, std::string_view item) {
    return NeverTold(told(to, item));
}
inline NeverTold never(Told told) {
    return NeverTold(std::move(told));
}

/// That a party was late, and who was told of it: by default somebody or nobody.
class Late {
  public:
    using is_gtest_matcher = void;

    Late(std::string_view party, std::string_view item, Stage stage)
        : party_(party), item_(item), stage_(stage) {}
    Late& at(std::string_view time);
    Late& and_told(std::string_view party);
    Late& and_nobody_told();

    bool MatchAndExplain(const World& world, std::ostream* out) const;
    void DescribeTo(std::ostream* out) const;
    void DescribeNegationTo(std::ostream* out) const;

  private:
    std::string party_;
    std::string item_;
    Stage stage_;
    std::optional<geo::Instant> at_;
    std::optional<std::optional<PartyId>> told_;
};
inline Late late(std::string_view party, std::string_view item, Stage stage) {
    return {party, item, stage};
}

}  // namespace comity::accord::testing
