// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/wire/request.hpp"

#include "example_bodies.hpp"
#include "test_envelopes.hpp"

#include "comity/accord/request.hpp"
#include "comity/airspace/airspace.hpp"
#include "comity/geo/altitude.hpp"
#include "comity/geo/polygon.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include <gtest/gtest.h>

namespace comity::wire {
namespace {

TEST(Request, ReadsAndWritesTheExampleOfEachOperation) {
    Reader reader;
    for (const auto& [operation, body] : kExampleBodies) {
        const accord::Request request = reader.request_of(envelope_with(operation, body));
        EXPECT_EQ(reader.fault(), "") << operation;
        ASSERT_FALSE(std::holds_alternative<accord::Unreadable>(request.operation)) << operation;
        EXPECT_EQ(operation_name(request.operation), operation);
        EXPECT_EQ(body_of(request.operation), body);
    }
}

TEST(Request, TakesTheRestFromTheEnvelope) {
    ledger::Envelope e = envelope_with("notice.read", R"({"version":7})");
    e.sent = ledger::Instant(std::chrono::milliseconds(1'448'349'845'001));
    e.valid_until = e.sent + std::chrono::minutes(5);
    e.expected_version = 3;
    e.traffic = ledger::Traffic::kExercise;
    e.attachments = {{.name = "note", .commitment = {}}, {.name = "reader", .commitment = {}}};
    e.attachments[1].commitment.bytes[0] = std::byte{9};
    const accord::Request request = request_of(e);
    EXPECT_EQ(request.to, e.to);
    EXPECT_EQ(request.party, accord::PartyId("air-unit-b"));
    EXPECT_EQ(request.id, "r-1");
    EXPECT_EQ(request.sent, e.sent);
    EXPECT_EQ(request.valid_until, e.valid_until);
    EXPECT_EQ(request.object, "flight-7");
    EXPECT_EQ(request.expected_version, 3U);
    EXPECT_EQ(request.traffic, accord::Traffic::kExercise);
    const auto& said = std::get<accord::Read>(request.operation);
    EXPECT_EQ(said.version, 7U);
    EXPECT_EQ(said.reader, e.attachments[1].commitment);
    e.attachments.pop_back();
    EXPECT_FALSE(std::get<accord::Read>(request_of(e).operation).reader);
}

TEST(Request, ReadsMembersInAnyOrder) {
    const auto read = [](std::string_view body) {
        return body_of(request_of(envelope_with("call.log", body)).operation);
    };
    EXPECT_EQ(read(R"({"answered":null,"at":"2015-11-24 07:23:10Z","to":null,"channel":"radio"})"),
              R"({"channel":"radio","to":null,"at":"2015-11-24T07:23:10.000Z","answered":null})");
}

// One body after the other through one reader: nothing of the first is left in the second.
TEST(Request, AReaderForgets) {
    Reader reader;
    EXPECT_TRUE(std::holds_alternative<accord::Unreadable>(
        reader.request_of(envelope_with("item.withdraw", R"({"a":1})")).operation));
    EXPECT_NE(reader.fault(), "");
    const std::string large = R"({"version":1)" + std::string(std::size_t{1} << 20U, ' ') + "}";
    for (const std::string& body : {large, std::string(R"({"version":2})")}) {
        const accord::Request request = reader.request_of(envelope_with("notice.receive", body));
        EXPECT_EQ(reader.fault(), "");
        EXPECT_EQ(std::get<accord::Received>(request.operation).version, body == large ? 1U : 2U);
    }
}

std::string radius_read(std::string_view radius) {
    const std::string body =
        R"({"state":"accepted","aircraft":[],"volumes":[{"volume":{"outline_circle":{"center":)"
        R"({"lng":0,"lat":0},"radius":{"value":)" +
        std::string(radius) +
        R"(,"units":"M"}}},"time_start":{"value":"2015-11-24T07:20:00Z","format":"RFC3339"},)"
        R"("time_end":{"value":"2015-11-24T07:40:00Z","format":"RFC3339"}}]})";
    const std::string written = body_of(request_of(envelope_with("intent.put", body)).operation);
    const std::size_t begin = written.find(R"("radius":{"value":)") + 18;
    return written.substr(begin, written.find(',', begin) - begin);
}

TEST(Request, RoundsARadiusOutward) {
    EXPECT_EQ(radius_read("1852"), "1852");
    EXPECT_EQ(radius_read("5000.001"), "5000.001");
    EXPECT_EQ(radius_read("5000.0010001"), "5000.002");
    EXPECT_EQ(radius_read("0.0000001"), "0.001");
    EXPECT_EQ(radius_read("0.1"), "0.1");
}

TEST(Request, ReadsFeetExactly) {
    const std::string body =
        R"({"type":"danger","source":"","accuracy_m":null,)"
        R"("lower":{"value":24500,"reference":"STD","units":"FT"},"upper":null,"valid":null,)"
        R"("footprint":{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],)"
        R"([[[2,0],[3,0],[3,1],[2,0]]]]}})";
    const auto put =
        std::get<accord::PutAirspace>(request_of(envelope_with("airspace.put", body)).operation);
    const auto& band = std::get<airspace::Band<geo::PressureAltitude>>(put.area.band);
    EXPECT_EQ(band.lower, geo::PressureAltitude::at(geo::Height::whole_feet(24500)));
    EXPECT_FALSE(band.upper);
    EXPECT_EQ(put.area.footprint.size(), 2U);
}

// The same ring, open as in the standard or closed.
TEST(Request, ClosesARing) {
    const auto vertices = [](std::string_view more) {
        const std::string body =
            R"({"state":"accepted","aircraft":[],"volumes":[{"volume":{"outline_polygon":)"
            R"({"vertices":[{"lng":0,"lat":0},{"lng":1,"lat":0},{"lng":1,"lat":1})" +
            std::string(more) +
            R"(]}},"time_start":{"value":"2015-11-24T07:20:00Z","format":"RFC3339"},)"
            R"("time_end":{"value":"2015-11-24T07:40:00Z","format":"RFC3339"}}]})";
        const auto put =
            std::get<accord::PutIntent>(request_of(envelope_with("intent.put", body)).operation);
        return std::get<geo::Polygon>(put.volumes.at(0).footprint).vertex_count();
    };
    EXPECT_EQ(vertices(""), 3U);
    EXPECT_EQ(vertices(R"(,{"lng":0,"lat":0})"), 3U);
    EXPECT_EQ(vertices(R"(,{"lng":0,"lat":1})"), 4U);
}

}  // namespace
}  // namespace comity::wire
