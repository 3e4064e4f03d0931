// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/network.hpp"

#include "gone_client.hpp"
#include "test_client.hpp"
#include "test_service.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";

TEST(Network, AnswersRequestsOnOneConnection) {
    TestService service;
    TestNetwork network(service);
    TestClient client(network.port());
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(
            client.send("POST /a%20b?c=d HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n"
                        "hello"));
        const auto response = client.read_response();
        EXPECT_EQ(response.status, 200U);
        EXPECT_EQ(response.body, "POST /a b hello");
        EXPECT_EQ(response.header("content-type"), "text/plain");
        EXPECT_EQ(response.header("connection"), "");
        EXPECT_EQ(response.header("server"), "");
        EXPECT_TRUE(response.header("date").ends_with(" GMT"));
    }
    EXPECT_EQ(network->counts().accepted, 1U);
    EXPECT_EQ(network->counts().open, 1U);
    EXPECT_EQ(network->counts().bad_requests, 0U);
}

TEST(Network, TellsTheServiceWhoAsks) {
    TestService service;
    std::vector<HttpRequest> seen;
    service.on_request = [&](HttpRequest request, const Respond& respond) {
        seen.push_back(std::move(request));
        respond({});
    };
    TestNetwork network(service);
    TestClient client(network.port());
    client.send("GET /x?q=1 HTTP/1.1\r\nHost: a\r\nX-Request-Id: my.Id_1-2\r\n\r\n");
    EXPECT_EQ(client.read_response().status, 200U);
    client.send("GET /x HTTP/1.1\r\nHost: a\r\nX-Request-Id: no good\r\n\r\n");
    EXPECT_EQ(client.read_response().status, 200U);
    client.send("GET /x HTTP/1.1\r\nHost: a\r\nX-Request-Id: " + std::string(65, 'a') + "\r\n\r\n");
    EXPECT_EQ(client.read_response().status, 200U);
    network.stop();
    ASSERT_EQ(seen.size(), 3U);
    EXPECT_EQ(seen[0].id, "my.Id_1-2");
    EXPECT_EQ(seen[0].query, "q=1");
    EXPECT_EQ(seen[0].header("host"), "a");
    EXPECT_EQ(seen[0].peer.address, "127.0.0.1");
    EXPECT_TRUE(seen[0].peer.is_loopback);
    EXPECT_FALSE(seen[0].peer.is_tls);
    EXPECT_FALSE(seen[0].peer.certificate);
    for (const std::string& id : {seen[1].id, seen[2].id}) {
        EXPECT_EQ(id.size(), 16U);
        EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos);
    }
    EXPECT_NE(seen[1].id, seen[2].id);
}

TEST(Network, AnswersPipelinedRequestsInTheirOrder) {
    TestService service;
    std::vector<Respond> late;
    // The first answer comes last of all that could come.
    service.on_request = [&](const HttpRequest& request, const Respond& respond) {
        if (request.path == "/0") {
            late.push_back(respond);
        } else {
            respond(text_response(request.path));
        }
    };
    TestNetwork network(service);
    TestClient client(network.port());
    std::string requests;
    for (int i = 0; i < 100; ++i) {
        requests += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }
    ASSERT_TRUE(client.send(requests));
    ASSERT_TRUE(network.wait_until([&] { return late.size() == 1; }));
    network->post([&] { late.front()(text_response("/0")); });
    for (int i = 0; i < 100; ++i) EXPECT_EQ(client.read_response().body, "/" + std::to_string(i));
}

TEST(Network, SendsNoBodyToHead) {
    TestService service;
    TestNetwork network(service);
    TestClient client(network.port());
    client.send("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto response = client.read_response(true);
    EXPECT_EQ(response.status, 200U);
    EXPECT_EQ(response.header("content-length"), "10");
    client.send(kGet);
    EXPECT_EQ(client.read_response().status, 200U);
}

TEST(Network, SendsNoBodyWithAStatusThatHasNone) {
    TestService service;
    service.on_request = [](const HttpRequest& request, const Respond& respond) {
        HttpResponse response = text_response("never seen");
        response.status = request.path == "/204" ? 204 : 304;
        respond(std::move(response));
    };
    TestNetwork network(service);
    TestClient client(network.port());
    for (const unsigned status : {204U, 304U}) {
        client.send("GET /" + std::to_string(status) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        const auto response = client.read_response();
        EXPECT_EQ(response.status, status);
        EXPECT_EQ(response.header("content-length"), "");
    }
}

TEST(Network, ReadsChunks) {
    TestService service;
    TestNetwork network(service);
    TestClient client(network.port());
    client.send("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
    client.send("lo\r\n6\r\n world\r\n0\r\n\r\n");
    EXPECT_EQ(client.read_response().body, "POST /a hello world");
}

TEST(Network, TakesLargeBodiesBothWays) {
    TestService service;
    service.limit = std::size_t{8} << 20;
    TestNetwork network(service);
    TestClient client(network.port());
    const std::string body(service.limit, 'x');
    ASSERT_TRUE(client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: " +
                            std::to_string(body.size()) + "\r\n\r\n" + body));
    EXPECT_TRUE(client.read_response().body == "POST /a " + body);
}

TEST(Network, SaysContinueWhereTheBodyMayCome) {
    TestService service;
    TestNetwork network(service);
    TestClient client(network.port());
    client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.read_response().status, 100U);
    client.send("hi");
    EXPECT_EQ(client.read_response().body, "POST /a hi");
    client.send(
        "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n\r\n");
    const auto response = client.read_response();
    EXPECT_EQ(response.status, 413U);
    EXPECT_EQ(response.header("connection"), "close");
}

TEST(Network, RefusesWhatIsNoRequestAndCloses) {
    struct Row {
        std::string_view request;
        unsigned status;
        std::string_view code;
    };
    const std::string many_headers = [] {
        std::string text = "GET / HTTP/1.1\r\nHost: a\r\n";
        for (int i = 0; i < 100; ++i) text += "a: b\r\n";
        return text + "\r\n";
    }();
    const std::string long_head = "GET /" + std::string(17'000, 'a');
    const Row rows[] = {
        {"GET / HTTP/1.1\nHost: a\n\n", 400, "bad_request_line"},
        {"\x16\x03\x01\x02\x05\x01", 400, "bad_request_line"},
        {"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505, "bad_http_version"},
        {"GET /../a HTTP/1.1\r\nHost: a\r\n\r\n", 400, "bad_target"},
        {"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400, "bad_header"},
        {many_headers, 431, "too_many_headers"},
        {long_head, 431, "headers_too_large"},
        {"GET / HTTP/1.1\r\n\r\n", 400, "bad_host"},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400,
         "bad_content_length"},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\na",
         400, "bad_transfer_encoding"},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\na", 501,
         "unknown_transfer_encoding"},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: tea\r\n\r\na", 417,
         "unknown_expectation"},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n", 413, "body_too_large"},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n", 413,
         "body_too_large"},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400,
         "bad_chunk"},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\na: b\r\n\r\n", 400,
         "bad_trailer"},
    };
    TestService service;
    TestNetwork network(service);
    std::uint64_t count = 0;
    for (const Row& row : rows) {
        TestClient client(network.port());
        // Behind it, what a smuggler would want to be taken for a request.
        client.send(std::string(row.request) + std::string(kGet));
        const auto response = client.read_response();
        EXPECT_EQ(response.status, row.status) << row.request;
        EXPECT_EQ(response.body, row.code) << row.request;
        EXPECT_EQ(response.header("connection"), "close") << row.request;
        EXPECT_EQ(client.read_to_end(), "") << row.request;
        EXPECT_EQ(network->counts().bad_requests, ++count);
    }
}

// Where a socket is closed over bytes that were not read, the other end may never read ours.
TEST(Network, ARefusalReachesAClientThatStillSends) {
    TestService service;
    TestNetwork network(service);
    for (int i = 0; i < 20; ++i) {
        TestClient client(network.port());
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 500000\r\n\r\n" +
                    std::string(500'000, 'x'));
        EXPECT_EQ(client.read_response().status, 413U);
        EXPECT_EQ(client.read_to_end(), "");
        EXPECT_FALSE(client.was_reset());
    }
}

TEST(Network, ClosesWhereTheClientOrTheServiceAsks) {
    TestService service;
    service.on_request = [](const HttpRequest& request, const Respond& respond) {
        HttpResponse response;
        if (request.path == "/bye") response.headers = {{.name = "connection", .value = "close"}};
        respond(std::move(response));
    };
    TestNetwork network(service);
    for (const std::string_view request :
         {"GET /a HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n", "GET /a HTTP/1.0\r\n\r\n",
          "GET /bye HTTP/1.1\r\nHost: a\r\n\r\n"}) {
        TestClient client(network.port());
        client.send(request);
        const auto response = client.read_response();
        EXPECT_EQ(response.status, 200U);
        EXPECT_EQ(response.header("connection"), "close");
        EXPECT_EQ(client.read_to_end(), "");
    }
}

TEST(Network, AnswersAClientThatSendsNothingMore) {
    TestService service;
    TestNetwork network(service);
    TestClient client(network.port());
    client.send(kGet);
    client.half_close();
    EXPECT_EQ(client.read_response().body, "GET /a ");
    EXPECT_EQ(client.read_to_end(), "");
}

TEST(Network, OutlivesAClientThatGoesBeforeItsAnswer) {
    TestService service;
    TestNetwork network(service);
    expect_to_outlive_a_client_that_goes(service, network, std::nullopt);
}

TEST(Network, AnAnswerMayComeLateOrTooLate) {
    TestService service;
    std::vector<Respond> late;
    service.on_request = [&](const HttpRequest&, const Respond& respond) {
        late.push_back(respond);
    };
    TestNetwork network(service);
    TestClient client(network.port());
    client.send(kGet);
    {
        TestClient gone(network.port());
        gone.send(kGet);
        ASSERT_TRUE(network.wait_until([&] { return late.size() == 2; }));
    }
    network->after(milliseconds(20), [&] {
        for (const Respond& respond : late) respond(text_response("late"));
        for (const Respond& respond : late) respond(text_response("twice"));
    });
    EXPECT_EQ(client.read_response().body, "late");
    ASSERT_TRUE(network.wait_until([&] { return network->counts().open == 1; }));
    client.send(kGet);
    ASSERT_TRUE(network.wait_until([&] { return late.size() == 3; }));
    network->post([&] {
        for (const Respond& respond : late) respond(text_response("new"));
    });
    EXPECT_EQ(client.read_response().body, "new");
    network->post([&] { late.clear(); });
    network.stop();
}

TEST(Network, SaysSoWhereTheServiceDropsARequest) {
    TestService service;
    service.on_request = [](const HttpRequest&, const Respond&) {};
    TestNetwork network(service);
    TestClient client(network.port());
    client.send(kGet);
    const auto response = client.read_response();
    EXPECT_EQ(response.status, 500U);
    EXPECT_EQ(response.body, "no_answer");
}

TEST(Network, SendsNoHeaderThatEndsEarly) {
    TestService service;
    service.on_request = [](const HttpRequest&, const Respond& respond) {
        respond({.status = 200, .headers = {{.name = "location", .value = "/a\r\nset-cookie: b"}}});
    };
    TestNetwork network(service);
    TestClient client(network.port());
    client.send(kGet);
    const auto response = client.read_response();
    EXPECT_EQ(response.status, 500U);
    EXPECT_EQ(response.head.find("cookie"), std::string::npos);
}

TEST(Network, RunsWorkOnItsThread) {
    TestService service;
    TestNetwork network(service);
    std::vector<int> order;
    std::thread::id here;
    network->post([&] { here = std::this_thread::get_id(); });
    network->after(milliseconds(300), [&] { order.push_back(2); });
    network->after(milliseconds(1), [&] { order.push_back(1); });
    network->after(std::chrono::hours(1), [&] { order.push_back(3); });
    EXPECT_TRUE(network.wait_until([&] { return order.size() == 2; }));
    network.stop();
    EXPECT_EQ(order, (std::vector<int>{1, 2}));
    EXPECT_NE(here, std::this_thread::get_id());
    EXPECT_NE(here, std::thread::id());
}

}  // namespace
}  // namespace comity::server
