// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The pages of docs/formats that describe this layer say what the program does.
#include "example_bodies.hpp"
#include "example_deliveries.hpp"

#include "comity/accord/outcome.hpp"
#include "comity/wire/delivery.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::wire {
namespace {

using testing::Contains;
using testing::HasSubstr;

std::vector<std::string> lines_of(const std::string& page) {
    std::ifstream file(std::string(COMITY_SOURCE_DIR) + "/docs/formats/" + page);
    EXPECT_TRUE(file) << page;
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

TEST(Formats, RequestsShowsABodyOfEachOperation) {
    const std::vector<std::string> lines = lines_of("requests.md");
    std::vector<std::string> bodies;
    for (const auto& [operation, body] : kExampleBodies) {
        bodies.push_back("    " + std::string(body));
        EXPECT_THAT(lines, Contains(bodies.back())) << operation;
        EXPECT_THAT(lines, Contains(testing::AllOf(HasSubstr(fmt::format("`{}`", operation)),
                                                   testing::StartsWith("| `"))))
            << operation;
    }
    // And none that is no longer one.
    for (const std::string& line : lines) {
        if (line.starts_with("    {")) {
            EXPECT_THAT(bodies, Contains(line));
        }
    }
}

TEST(Formats, OutcomesIsTheTableOfTheProgram) {
    std::vector<std::string> rows;
    for (std::uint32_t code = 0; code <= UINT16_MAX; ++code) {
        const auto number = static_cast<std::uint16_t>(code);
        if (!accord::is_outcome(number)) continue;
        const auto outcome = static_cast<accord::Outcome>(number);
        rows.push_back(fmt::format("| {} | `{}` | {} |", number, accord::name_of(outcome),
                                   accord::to_string(outcome)));
    }
    std::vector<std::string> written;
    for (const std::string& line : lines_of("outcomes.md")) {
        if (line.starts_with("| ") && '0' <= line[2] && line[2] <= '9') written.push_back(line);
    }
    EXPECT_EQ(written, rows);
}

TEST(Formats, DeliveryShowsEachKind) {
    using accord::Level;
    const std::vector<std::string> lines = lines_of("delivery.md");
    const accord::Released shown[] = {
        example_agreement(),
        example_intent(Level::kFull),
        example_intent(Level::kVolume),
        example_intent(Level::kCells),
        example_airspace(Level::kVolume),
        example_warning(Level::kVolume),
    };
    for (const accord::Released& one : shown) {
        EXPECT_THAT(lines, Contains("    " + delivery_bytes(one, 42)));
    }
}

}  // namespace
}  // namespace comity::wire
