// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/wire/request.hpp"

#include "example_bodies.hpp"

#include "comity/accord/request.hpp"

#include <string>
#include <string_view>
#include <variant>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::wire {
namespace {

using accord::Outcome;
using testing::HasSubstr;
using testing::StartsWith;

ledger::Envelope envelope(std::string_view operation, std::string_view body) {
    ledger::Envelope e;
    e.to = "ledger.example.org/strait";
    e.party = "air-unit-b";
    e.id = "r-1";
    e.operation = operation;
    e.object = "flight-7";
    e.body = body;
    return e;
}

TEST(Request, ReadsAndWritesTheExampleOfEachOperation) {
    Reader reader;
    for (const auto& [operation, body] : kExampleBodies) {
        const accord::Request request = reader.request_of(envelope(operation, body));
        EXPECT_EQ(reader.fault(), "") << operation;
        ASSERT_FALSE(std::holds_alternative<accord::Unreadable>(request.operation)) << operation;
        EXPECT_EQ(operation_name(request.operation), operation);
        EXPECT_EQ(body_of(request.operation), body);
    }
}

}  // namespace
}  // namespace comity::wire
