// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What readers of all faults use; single faults are tested where scenarios are.
#include "comity/wire/yaml_reading.hpp"

#include <cstddef>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace comity::wire {
namespace {

YamlNode tree_of(std::string_view text) {
    return read_yaml(text, {.what = "a test", .most_bytes = 1000}).value();
}

TEST(YamlReading, GoesOnAfterAFault) {
    Reading reading;
    const YamlNode root = tree_of("odd: 1\nnumber: x\nother: 2\n");
    Fields fields(reading, root, "a test");
    fields.need("first");
    EXPECT_EQ(whole_of(reading, fields.need("number"), {.least = 1, .most = 9, .unit = ""}, 5), 5U);
    fields.need("second");
    fields.finish();
    std::vector<std::string> said;
    for (const FileFault& fault : faults_of("t.yaml", reading.faults())) {
        said.push_back(to_string(fault));
    }
    EXPECT_EQ(said, (std::vector<std::string>{
                        "t.yaml:1: unknown key 'odd', expected first, number or second of a test",
                        "t.yaml:1: a test without 'first', expected this key",
                        "t.yaml:1: a test without 'second', expected this key",
                        "t.yaml:2: 'x', expected a whole number from 1 to 9",
                        "t.yaml:3: unknown key 'other', expected first, number or second of a test",
                    }));
}

TEST(YamlReading, MissesNoKeysOfWhatIsNoMapping) {
    Reading reading;
    const YamlNode root = tree_of("- a\n");
    Fields fields(reading, root, "a test");
    fields.need("first");
    fields.finish();
    ASSERT_EQ(reading.faults().size(), 1U);
    EXPECT_EQ(reading.faults().front().fault, YamlFault::kKind);
}

TEST(YamlReading, KeepsABoundedNumberOfFaults) {
    Reading reading;
    for (std::size_t i = 0; i <= Reading::kMaxFaults; ++i) {
        reading.fail(YamlFault::kValue, i + 1, "x");
    }
    EXPECT_EQ(reading.faults().size(), Reading::kMaxFaults);
    EXPECT_EQ(reading.faults().back().line, Reading::kMaxFaults);
}

TEST(YamlReading, WholeNumbers) {
    Reading reading;
    const YamlNode root = tree_of("[1, 9, 0, 10, 1.5, -1, \"\"]");
    const auto read = [&](std::size_t i) {
        return whole_of(reading, &root.children[i], {.least = 1, .most = 9, .unit = "s"}, 5);
    };
    EXPECT_EQ(read(0), 1U);
    EXPECT_EQ(read(1), 9U);
    EXPECT_FALSE(reading.has_failed());
    for (std::size_t i = 2; i < root.children.size(); ++i) {
        EXPECT_EQ(read(i), 5U);
        EXPECT_EQ(reading.faults().size(), i - 1);
    }
    EXPECT_EQ(reading.faults()[0].fault, YamlFault::kRange);
    EXPECT_EQ(reading.faults()[0].text, "'0', expected a whole number from 1 to 9 s");
    EXPECT_EQ(reading.faults()[1].fault, YamlFault::kRange);
    EXPECT_EQ(reading.faults()[2].fault, YamlFault::kValue);
    EXPECT_EQ(whole_of(reading, nullptr, {.least = 1, .most = 9, .unit = "s"}, 5), 5U);
}

TEST(YamlReading, AnEmptyTextSaysWhatWasExpected) {
    const auto root = read_yaml("# nothing\n", {.what = "a test", .most_bytes = 1000});
    ASSERT_FALSE(root.has_value());
    EXPECT_EQ(root.error().text, "an empty text, expected a test");
    EXPECT_EQ(read_yaml("a: bc", {.what = "a test", .most_bytes = 4}).error().fault,
              YamlFault::kTooLarge);
}

}  // namespace
}  // namespace comity::wire
