// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "test_client.hpp"
#include "test_service.hpp"

#include "comity/server/network.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";

TEST(NetworkStop, EndsWithNobodyThere) {
    TestService service;
    TestNetwork network(service);
    network->stop();
    network->stop();
    network.stop();
}

TEST(NetworkStop, MayComeBeforeRun) {
    TestService service;
    auto network = Network::open({{.address = "127.0.0.1"}}, {}, service);
    ASSERT_TRUE(network);
    (*network)->stop();
    (*network)->run();
}

TEST(NetworkStop, AnswersWhatIsUnderWay) {
    TestService service;
    Respond late;
    service.on_request = [&](const HttpRequest&, const Respond& respond) { late = respond; };
    TestNetwork network(service);
    const std::uint16_t port = network.port();
    TestClient idle(port);
    TestClient asks(port);
    TestClient halfway(port);
    asks.send(kGet);
    halfway.send("POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nh");
    ASSERT_TRUE(network.wait_until([&] { return late != nullptr; }));
    service.on_request = [](const HttpRequest& request, const Respond& respond) {
        respond(text_response(request.body));
    };
    network->stop();
    EXPECT_EQ(idle.read_to_end(), "");
    network->post([&] { std::exchange(late, nullptr)(text_response("answered")); });
    const auto response = asks.read_response();
    EXPECT_EQ(response.body, "answered");
    EXPECT_EQ(response.header("connection"), "close");
    halfway.send("i");
    EXPECT_EQ(halfway.read_response().body, "hi");
    asks.half_close();
    halfway.half_close();
    network.stop();
    EXPECT_EQ(network->counts().open, 0U);
}

TEST(NetworkStop, ClosesStreams) {
    TestService service;
    TestNetwork network(service);
    TestClient client(network.port());
    client.upgrade();
    network->stop();
    EXPECT_EQ(client.read_frame().close_code(), 1001U);
    client.send_frame(kClose, close_payload(1001));
    EXPECT_EQ(client.read_to_end(), "");
    client.half_close();
    network.stop();
    EXPECT_EQ(service.closed, 1);
}

TEST(NetworkStop, DoesNotWaitForever) {
    NetworkLimits limits;
    limits.stop = milliseconds(1'000);
    TestService service;
    Respond never;
    service.on_request = [&](const HttpRequest&, const Respond& respond) { never = respond; };
    TestNetwork network(service, limits);
    TestClient asks(network.port());
    asks.send(kGet);
    TestClient stream(network.port());
    stream.upgrade();
    ASSERT_TRUE(network.wait_until([&] { return never != nullptr; }));
    std::atomic<bool> has_run{false};
    network->after(milliseconds(500), [&] { has_run = true; });
    network.stop();
    EXPECT_EQ(asks.read_to_end(), "");
    EXPECT_FALSE(has_run);
    EXPECT_EQ(service.closed, 1);
    EXPECT_EQ(network->counts().open, 0U);
    // Nobody is left to hear it.
    never(text_response("too late"));
}

TEST(NetworkStop, TakesNoConnectionMore) {
    TestService service;
    Respond late;
    service.on_request = [&](const HttpRequest&, const Respond& respond) { late = respond; };
    TestNetwork network(service);
    TestClient client(network.port());
    client.send(kGet);
    ASSERT_TRUE(network.wait_until([&] { return late != nullptr; }));
    network->stop();
    // The port is free as soon as the network has begun to end.
    std::atomic<bool> is_free{false};
    for (int i = 0; i < 1'000 && !is_free; ++i) {
        is_free = Network::open({{.address = "127.0.0.1", .port = network.port()}}, {}, service)
                      .has_value();
        std::this_thread::sleep_for(milliseconds(1));
    }
    EXPECT_TRUE(is_free);
    network->post([&] { std::exchange(late, nullptr)({}); });
    EXPECT_EQ(client.read_response().status, 200U);
    client.half_close();
}

}  // namespace
}  // namespace comity::server
