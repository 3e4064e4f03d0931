// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "test_client.hpp"
#include "test_service.hpp"

#include "comity/server/network.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";

// Sends a byte each few milliseconds until the network has had enough of it; false where it has not
// for five seconds. Each byte comes soon after the one before: the time of all of them counts.
bool trickle_until_timeout(TestClient& client, TestNetwork& network) {
    const std::uint64_t before = network->counts().timeouts;
    for (int i = 0; i < 1'000; ++i) {
        client.send("a");
        std::this_thread::sleep_for(milliseconds(5));
        if (network->counts().timeouts > before) return true;
    }
    return false;
}

TEST(NetworkLimits, EndsASlowHead) {
    NetworkLimits limits;
    limits.header = milliseconds(300);
    TestService service;
    TestNetwork network(service, limits);
    TestClient client(network.port());
    client.send("GET /");
    EXPECT_TRUE(trickle_until_timeout(client, network));
    const auto response = client.read_response();
    EXPECT_EQ(response.status, 408U);
    EXPECT_EQ(response.body, "header_timeout");
    EXPECT_EQ(response.header("connection"), "close");
}

TEST(NetworkLimits, EndsASlowBody) {
    NetworkLimits limits;
    limits.body = milliseconds(300);
    TestService service;
    TestNetwork network(service, limits);
    for (const std::string_view head :
         {"Content-Length: 1000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n3e8\r\n"}) {
        TestClient client(network.port());
        client.send("POST / HTTP/1.1\r\nHost: a\r\n" + std::string(head));
        EXPECT_TRUE(trickle_until_timeout(client, network));
        const auto response = client.read_response();
        EXPECT_EQ(response.status, 408U);
        EXPECT_EQ(response.body, "body_timeout");
    }
}

TEST(NetworkLimits, EndsAnIdleConnectionWithoutAWord) {
    NetworkLimits limits;
    limits.idle = milliseconds(300);
    TestService service;
    TestNetwork network(service, limits);
    TestClient never(network.port());
    EXPECT_EQ(never.read_to_end(), "");
    TestClient once(network.port());
    once.send(kGet);
    EXPECT_EQ(once.read_response().status, 200U);
    EXPECT_EQ(once.read_to_end(), "");
    EXPECT_EQ(network->counts().timeouts, 0U);
}

TEST(NetworkLimits, DoesNotHurryTheService) {
    NetworkLimits limits;
    limits.header = limits.body = limits.idle = limits.write = milliseconds(300);
    TestService service;
    Respond late;
    service.on_request = [&](const HttpRequest&, const Respond& respond) { late = respond; };
    TestNetwork network(service, limits);
    TestClient client(network.port());
    client.send(kGet);
    EXPECT_TRUE(network.wait_until([&] { return late != nullptr; }));
    network->after(milliseconds(900), [&] { late(text_response("slow")); });
    EXPECT_EQ(client.read_response().body, "slow");
    EXPECT_EQ(network->counts().timeouts, 0U);
    network->post([&] { late = nullptr; });
    network.stop();
}

TEST(NetworkLimits, EndsWhereTheClientTakesNothing) {
    NetworkLimits limits;
    limits.write = milliseconds(100);
    TestService service;
    service.on_request = [](const HttpRequest&, const Respond& respond) {
        respond(text_response(std::string(std::size_t{32} << 20, 'x')));
    };
    TestNetwork network(service, limits);
    TestClient client(network.port(), std::nullopt, 4'096);
    client.send(kGet);
    EXPECT_TRUE(network.wait_until([&] { return network->counts().timeouts == 1; }));
    EXPECT_TRUE(network.wait_until([&] { return network->counts().open == 0; }));
}

TEST(NetworkLimits, WaitsForAClientThatTakesLittle) {
    NetworkLimits limits;
    limits.write = milliseconds(1'000);
    TestService service;
    service.on_request = [](const HttpRequest&, const Respond& respond) {
        respond(text_response(std::string(std::size_t{32} << 20, 'x')));
    };
    TestNetwork network(service, limits);
    TestClient client(network.port(), std::nullopt, 65'536);
    client.send(kGet);
    // Longer in all than it may take nothing.
    for (int i = 0; i < 20; ++i) {
        std::this_thread::sleep_for(milliseconds(75));
        client.read_at_least(std::size_t{1} << 20);
    }
    EXPECT_EQ(client.read_response().body.size(), std::size_t{32} << 20);
    EXPECT_EQ(network->counts().timeouts, 0U);
}

TEST(NetworkLimits, RefusesConnectionsOverTheLimit) {
    for (const bool is_per_address : {false, true}) {
        NetworkLimits limits;
        (is_per_address ? limits.connections_per_address : limits.connections) = 2;
        TestService service;
        TestNetwork network(service, limits);
        {
            TestClient one(network.port());
            TestClient two(network.port());
            for (TestClient* const client : {&one, &two}) {
                client->send(kGet);
                EXPECT_EQ(client->read_response().status, 200U);
            }
            TestClient three(network.port());
            EXPECT_EQ(three.read_to_end(), "");
            EXPECT_EQ(network->counts().refused_connections, 1U);
            EXPECT_EQ(network->counts().accepted, 2U);
            EXPECT_EQ(network->counts().open, 2U);
        }
        ASSERT_TRUE(network.wait_until([&] { return network->counts().open == 0; }));
        TestClient next(network.port());
        next.send(kGet);
        EXPECT_EQ(next.read_response().status, 200U);
    }
}

TEST(NetworkLimits, TakesAHeadOfExactlyTheLimit) {
    NetworkLimits limits;
    limits.header_bytes = 200;
    TestService service;
    TestNetwork network(service, limits);
    for (const std::size_t size : {200U, 201U}) {
        std::string head = "GET /a HTTP/1.1\r\nHost: a\r\nx: ";
        head += std::string(size - head.size() - 4, 'x') + "\r\n\r\n";
        TestClient client(network.port());
        client.send(head);
        EXPECT_EQ(client.read_response().status, size == 200 ? 200U : 431U);
    }
}

}  // namespace
}  // namespace comity::server
