// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "test_client.hpp"
#include "test_service.hpp"

#include "comity/server/network.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

using std::chrono::milliseconds;

StreamSender::Bytes bytes_of(std::string text) {
    return std::make_shared<const std::string>(std::move(text));
}

TEST(WebSocket, SendsBackWhatCame) {
    TestService service;
    TestNetwork network(service);
    TestClient client(network.port());
    const auto response = client.upgrade();
    EXPECT_EQ(response.status, 101U);
    EXPECT_EQ(response.header("sec-websocket-accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    EXPECT_EQ(response.header("sec-websocket-protocol"), "comity.v1");
    EXPECT_EQ(response.header("server"), "");
    EXPECT_TRUE(network.wait_until([&] { return network->counts().streams == 1; }));
    for (const std::size_t size : {0U, 5U, 200U, 70'000U}) {
        client.send_frame(kText, std::string(size, 'a'));
        const auto frame = client.read_frame();
        EXPECT_EQ(frame.opcode, kText);
        EXPECT_TRUE(frame.payload == std::string(size, 'a'));
    }
    client.send_frame(kText, "in ", false);
    client.send_frame(kPing, "ping");
    client.send_frame(0, "parts");
    EXPECT_EQ(client.read_frame().opcode, kPong);
    EXPECT_EQ(client.read_frame().payload, "in parts");
    client.send_frame(kClose, close_payload(1000));
    EXPECT_EQ(client.read_frame().close_code(), 1000U);
    EXPECT_EQ(client.read_to_end(), "");
    client.half_close();
    EXPECT_TRUE(network.wait_until([&] { return service.closed == 1; }));
    EXPECT_TRUE(network.wait_until([&] { return network->counts().open == 0; }));
    EXPECT_EQ(network->counts().streams, 0U);
}

TEST(WebSocket, SpeaksTheProtocolOnlyWithWhoAsks) {
    TestService service;
    TestNetwork network(service);
    TestClient client(network.port());
    client.send(std::string(kHandshake) + "\r\n");
    const auto response = client.read_response();
    EXPECT_EQ(response.status, 101U);
    EXPECT_EQ(response.header("sec-websocket-protocol"), "");
}

TEST(WebSocket, TakesFramesThatCameWithTheHandshake) {
    TestService service;
    TestNetwork network(service);
    TestClient client(network.port());
    client.send(std::string(kHandshake) + "\r\n" + "\x81\x82\x01\x01\x01\x01\x62\x62");
    EXPECT_EQ(client.read_response().status, 101U);
    EXPECT_EQ(client.read_frame().payload, "cc");
}

TEST(WebSocket, RefusesAHandshake) {
    struct Row {
        std::string_view request;
        unsigned status;
        std::string_view code;
    };
    const Row rows[] = {
        {"GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
         "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
         426, "bad_websocket_version"},
        {"GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
         "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c2hvcnQ=\r\n\r\n",
         400, "bad_upgrade"},
        {"GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
         "Sec-WebSocket-Version: 13\r\n\r\n",
         400, "bad_upgrade"},
    };
    TestService service;
    TestNetwork network(service);
    for (const Row& row : rows) {
        TestClient client(network.port());
        client.send(row.request);
        const auto response = client.read_response();
        EXPECT_EQ(response.status, row.status);
        EXPECT_EQ(response.body, row.code);
        EXPECT_EQ(response.header("sec-websocket-version"), row.status == 426 ? "13" : "");
    }
    EXPECT_TRUE(service.senders.empty());
}

TEST(WebSocket, TheServiceMayRefuse) {
    TestService service;
    service.refuses_streams = true;
    TestNetwork network(service);
    TestClient client(network.port());
    EXPECT_EQ(client.upgrade().status, 403U);
    client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.read_response().body, "GET /a ");
}

TEST(WebSocket, SendsWhatWasSentBeforeItWasOpen) {
    TestService service;
    service.on_open = [](StreamSender& sender) {
        sender.send_text(bytes_of("first"));
        sender.send_binary(bytes_of("second"));
        EXPECT_EQ(sender.queued_bytes(), 11U);
        sender.close(1008, "over");
        sender.send_text(bytes_of("never"));
    };
    TestNetwork network(service);
    TestClient client(network.port());
    EXPECT_EQ(client.upgrade().status, 101U);
    EXPECT_EQ(client.read_frame().payload, "first");
    const auto second = client.read_frame();
    EXPECT_EQ(second.opcode, kBinary);
    EXPECT_EQ(second.payload, "second");
    const auto close = client.read_frame();
    EXPECT_EQ(close.close_code(), 1008U);
    EXPECT_EQ(close.payload.substr(2), "over");
    client.send_frame(kClose, close_payload(1008));
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_TRUE(network.wait_until([&] { return service.closed == 1; }));
}

TEST(WebSocket, ClosesOnWhatItDoesNotTake) {
    struct Row {
        unsigned opcode;
        std::string payload;
        unsigned code;
    };
    const Row rows[] = {{kBinary, "bytes", 1003},
                        {kText, std::string(1'001, 'a'), 1009},
                        {kText, "\xC0\xAF", 1007},
                        {3, "reserved", 1002}};
    NetworkLimits limits;
    limits.stream_message_bytes = 1'000;
    TestService service;
    TestNetwork network(service, limits);
    int count = 0;
    for (const Row& row : rows) {
        TestClient client(network.port());
        EXPECT_EQ(client.upgrade().status, 101U);
        client.send_frame(row.opcode, row.payload);
        EXPECT_EQ(client.read_frame().close_code(), row.code);
        client.send_frame(kClose, close_payload(row.code));
        EXPECT_EQ(client.read_to_end(), "");
        EXPECT_TRUE(network.wait_until([&] { return service.closed == count + 1; }));
        ++count;
    }
}

TEST(WebSocket, ASenderOutlivesItsStream) {
    TestService service;
    TestNetwork network(service);
    {
        TestClient client(network.port());
        EXPECT_EQ(client.upgrade().status, 101U);
    }
    EXPECT_TRUE(network.wait_until([&] { return service.closed == 1; }));
    network->post([&] {
        service.senders[0]->send_text(bytes_of("nobody"));
        service.senders[0]->close(1000, "");
        EXPECT_EQ(service.senders[0]->queued_bytes(), 0U);
    });
    network.stop();
    EXPECT_EQ(service.closed, 1);
}

TEST(WebSocket, TellsWhenEverythingHasLeft) {
    TestService service;
    service.on_text = [](std::string, StreamSender& sender) {
        for (int i = 0; i < 100; ++i) sender.send_text(bytes_of(std::to_string(i)));
    };
    TestNetwork network(service);
    TestClient client(network.port());
    client.upgrade();
    client.send_frame(kText, "go");
    for (int i = 0; i < 100; ++i) EXPECT_EQ(client.read_frame().payload, std::to_string(i));
    EXPECT_TRUE(network.wait_until([&] { return service.drained == 1; }));
    EXPECT_TRUE(network.wait_until([&] { return service.senders[0]->queued_bytes() == 0; }));
}

TEST(WebSocket, ASlowReaderDoesNotSlowAnother) {
    NetworkLimits limits;
    limits.stream_queue_bytes = std::size_t{64} << 20;
    TestService service;
    TestNetwork network(service, limits);
    TestClient slow(network.port(), std::nullopt, 4'096);
    slow.upgrade();
    const auto megabyte = bytes_of(std::string(std::size_t{1} << 20, 'x'));
    network->post([&] {
        for (int i = 0; i < 32; ++i) service.senders[0]->send_binary(megabyte);
    });
    TestClient quick(network.port());
    quick.upgrade();
    for (int i = 0; i < 100; ++i) {
        quick.send_frame(kText, "hello");
        EXPECT_EQ(quick.read_frame().payload, "hello");
    }
    EXPECT_TRUE(network.wait_until([&] { return service.senders[0]->queued_bytes() > 0; }));
    for (int i = 0; i < 32; ++i) EXPECT_EQ(slow.read_frame().payload.size(), megabyte->size());
}

TEST(WebSocket, ClosesWhereTheQueueIsFull) {
    NetworkLimits limits;
    limits.stream_queue_bytes = std::size_t{32} << 20;
    TestService service;
    TestNetwork network(service, limits);
    TestClient client(network.port());
    client.upgrade();
    EXPECT_TRUE(network.wait_until([&] { return network->counts().streams == 1; }));
    const auto megabyte = bytes_of(std::string(std::size_t{1} << 20, 'x'));
    network->post([&] {
        for (int i = 0; i < 32; ++i) service.senders[0]->send_binary(megabyte);
        service.senders[0]->send_text(bytes_of("one too many"));
        // What is on its way is left.
        EXPECT_EQ(service.senders[0]->queued_bytes(), megabyte->size());
    });
    EXPECT_EQ(client.read_frame().payload.size(), megabyte->size());
    EXPECT_EQ(client.read_frame().close_code(), 1013U);
    client.send_frame(kClose, close_payload(1013));
    EXPECT_EQ(client.read_to_end(), "");
}

TEST(WebSocket, EndsWhereTheClientTakesNothing) {
    NetworkLimits limits;
    limits.write = milliseconds(100);
    limits.stream_queue_bytes = std::size_t{64} << 20;
    TestService service;
    TestNetwork network(service, limits);
    TestClient client(network.port(), std::nullopt, 4'096);
    client.upgrade();
    network->post([&] { service.senders[0]->send_binary(bytes_of(std::string(32U << 20U, 'x'))); });
    EXPECT_TRUE(network.wait_until([&] { return service.closed == 1; }));
    EXPECT_EQ(network->counts().timeouts, 1U);
}

TEST(WebSocket, PingsASilentClientAndEndsADeadOne) {
    NetworkLimits limits;
    limits.stream_ping = milliseconds(50);
    limits.stream_silence = milliseconds(1'000);
    TestService service;
    TestNetwork network(service, limits);
    TestClient client(network.port());
    client.upgrade();
    // Alive for longer than silence is borne, by its pongs alone.
    for (int i = 0; i < 25; ++i) {
        EXPECT_EQ(client.read_frame().opcode, kPing);
        client.send_frame(kPong, "");
    }
    EXPECT_EQ(service.closed, 0);
    EXPECT_TRUE(network.wait_until([&] { return service.closed == 1; }));
    EXPECT_EQ(network->counts().timeouts, 1U);
}

TEST(WebSocket, DoesNotWaitForeverForTheOtherClose) {
    NetworkLimits limits;
    limits.stream_close = milliseconds(50);
    TestService service;
    TestNetwork network(service, limits);
    TestClient client(network.port());
    client.upgrade();
    network->post([&] { service.senders[0]->close(1000, "done"); });
    EXPECT_EQ(client.read_frame().close_code(), 1000U);
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_TRUE(network.wait_until([&] { return service.closed == 1; }));
}

}  // namespace
}  // namespace comity::server
