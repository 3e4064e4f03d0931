// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The example of docs/formats/scenario.md, as it stands there.
#include "test_texts.hpp"

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

namespace comity::wire {
namespace {

std::string documented_example() {
    std::ifstream file(COMITY_SOURCE_DIR "/docs/formats/scenario.md");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    constexpr std::string_view kFence = "```yaml\n";
    const std::size_t begin = text.find(kFence);
    COMITY_CHECK(begin != std::string::npos);
    const std::size_t end = text.find("```", begin + kFence.size());
    COMITY_CHECK(end != std::string::npos);
    return text.substr(begin + kFence.size(), end - begin - kFence.size());
}

TEST(ScenarioExample, IsReadWhole) {
    const Scenario scenario = scenario_of(documented_example());
    EXPECT_EQ(scenario.title, "Two shores");
    EXPECT_EQ(
        scenario.about,
        "A flight is announced, told to the other shore and passed on; the aircraft comes too "
        "close and both shores hear of it.");
    EXPECT_EQ(scenario.start, at("07:00:00"));
    EXPECT_EQ(scenario.end, at("07:40:00"));
    EXPECT_EQ(scenario.seed, 42U);
    EXPECT_EQ(scenario.parties.size(), 4U);
    EXPECT_EQ(scenario.agreements.size(), 1U);
    EXPECT_EQ(scenario.airspaces.size(), 1U);
    ASSERT_EQ(scenario.intents.size(), 1U);
    EXPECT_EQ(scenario.intents[0].route.back().time, at("07:24:05.500"));
    EXPECT_EQ(scenario.feeds.size(), 1U);
    EXPECT_EQ(scenario.systems.size(), 1U);
    EXPECT_EQ(scenario.people.size(), 4U);
    EXPECT_EQ(scenario.moments.size(), 1U);
    EXPECT_EQ(scenario.assess.size(), 1U);
    EXPECT_EQ(scenario.expect.size(), 4U);
}

TEST(ScenarioExample, EachLineIsCounted) {
    std::string text = documented_example();
    const std::size_t what = text.find("alert: predicted");
    const auto line =
        1 + static_cast<std::size_t>(
                std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(what), '\n'));
    const auto scenario = read_scenario(text.replace(what, 5, "alarm"));
    ASSERT_FALSE(scenario.has_value());
    EXPECT_EQ(scenario.error().line, line);
}

}  // namespace
}  // namespace comity::wire
