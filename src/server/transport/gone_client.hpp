// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "test_client.hpp"
#include "test_service.hpp"

#include <csignal>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace comity::server {

/// A client asks and goes; then its answer comes, in more than one write. The second of them would
/// raise a signal that ends the program. A network that has served nobody yet.
inline void expect_to_outlive_a_client_that_goes(TestService& service, TestNetwork& network,
                                                 const std::optional<TestClient::Tls>& tls) {
    std::signal(SIGPIPE, SIG_DFL);
    Respond late;
    network->post([&] {
        service.on_request = [&](const HttpRequest& request, const Respond& respond) {
            if (request.path == "/late") {
                late = respond;
            } else {
                respond({});
            }
        };
    });
    {
        TestClient client(network.port(), tls);
        // It has read all that came when it goes, or else it would say at once that it is gone.
        client.send("GET /now HTTP/1.1\r\nHost: a\r\n\r\n");
        EXPECT_EQ(client.read_response().status, 200U);
        client.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n");
        ASSERT_TRUE(network.wait_until([&] { return late != nullptr; }));
    }
    network->post([&] {
        std::exchange(late, nullptr)(text_response(std::string(std::size_t{32} << 20, 'x')));
    });
    EXPECT_TRUE(network.wait_until([&] { return network->counts().open == 0; }));
    EXPECT_EQ(network->counts().timeouts, 0U);
}

}  // namespace comity::server
