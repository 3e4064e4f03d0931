// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "gone_client.hpp"
#include "test_certificates.hpp"
#include "test_client.hpp"
#include "test_service.hpp"

#include "comity/server/network.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

/// A network on one TLS address.
class NetworkTls : public testing::Test {
  protected:
    static std::vector<ListenAddress> addresses(const TestCertificate& certificate) {
        return {{.address = "127.0.0.1",
                 .tls = TlsFiles{.certificate_chain = certificate.certificate,
                                 .private_key = certificate.key}}};
    }

    TestFolder folder_;
    TestCertificate certificate_ = make_certificate(folder_, "server");
    TestService service_;
    TestNetwork network_{service_, {}, addresses(certificate_)};
};

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";

TEST_F(NetworkTls, AnswersOverTls13) {
    EXPECT_TRUE(network_->urls()[0].starts_with("https://127.0.0.1:"));
    TestClient client(network_.port(), TestClient::Tls{});
    ASSERT_TRUE(client.is_shaken());
    EXPECT_EQ(client.tls_version(), "TLSv1.3");
    for (int i = 0; i < 3; ++i) {
        client.send(kGet);
        EXPECT_EQ(client.read_response().body, "GET /a ");
    }
}

TEST_F(NetworkTls, TakesLargeBodiesBothWays) {
    network_.stop();
    service_.limit = std::size_t{8} << 20;
    TestNetwork network(service_, {}, addresses(certificate_));
    TestClient client(network.port(), TestClient::Tls{});
    const std::string body(service_.limit, 'x');
    ASSERT_TRUE(client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: " +
                            std::to_string(body.size()) + "\r\n\r\n" + body));
    EXPECT_TRUE(client.read_response().body == "POST /a " + body);
}

TEST_F(NetworkTls, OutlivesAClientThatGoesBeforeItsAnswer) {
    expect_to_outlive_a_client_that_goes(service_, network_, TestClient::Tls{});
}

TEST_F(NetworkTls, RefusesTls12AndOtherProtocols) {
    EXPECT_FALSE(TestClient(network_.port(), TestClient::Tls{.is_old = true}).is_shaken());
    EXPECT_FALSE(TestClient(network_.port(), TestClient::Tls{.protocols = "\x02h2"}).is_shaken());
    TestClient client(network_.port(), TestClient::Tls{.protocols = "\x02h2\x08http/1.1"});
    ASSERT_TRUE(client.is_shaken());
    EXPECT_EQ(client.chosen_protocol(), "http/1.1");
}

TEST_F(NetworkTls, RefusesPlainHttp) {
    TestClient client(network_.port());
    client.send(kGet);
    const auto all = client.read_to_end();
    ASSERT_TRUE(all);
    EXPECT_EQ(all->find("HTTP"), std::string::npos);
}

TEST_F(NetworkTls, TellsTheServiceTheCertificatesHash) {
    network_.stop();
    std::vector<Peer> seen;
    service_.on_request = [&](const HttpRequest& request, const Respond& respond) {
        seen.push_back(request.peer);
        respond({});
    };
    const TestCertificate party = make_certificate(folder_, "party");
    TestNetwork network(service_, {}, addresses(certificate_));
    {
        TestClient client(network.port(),
                          TestClient::Tls{.certificate = party.certificate, .key = party.key});
        client.send(kGet);
        EXPECT_EQ(client.read_response().status, 200U);
        client.upgrade();
    }
    {
        TestClient client(network.port(), TestClient::Tls{});
        client.send(kGet);
        EXPECT_EQ(client.read_response().status, 200U);
    }
    network.stop();
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_TRUE(seen[0].is_tls);
    EXPECT_EQ(seen[0].certificate, party.hash);
    EXPECT_TRUE(seen[1].is_tls);
    EXPECT_EQ(seen[1].certificate, std::nullopt);
    ASSERT_EQ(service_.peers.size(), 1U);
    EXPECT_EQ(service_.peers[0].certificate, party.hash);
}

TEST_F(NetworkTls, CarriesAStream) {
    TestClient client(network_.port(), TestClient::Tls{});
    EXPECT_EQ(client.upgrade().status, 101U);
    for (const std::size_t size : {3U, 300U, 300'000U}) {
        client.send_frame(kText, std::string(size, 'a'));
        EXPECT_TRUE(client.read_frame().payload == std::string(size, 'a'));
    }
    client.send_frame(kClose, close_payload(1000));
    EXPECT_EQ(client.read_frame().close_code(), 1000U);
    EXPECT_EQ(client.read_to_end(), "");
}

TEST_F(NetworkTls, EndsAHandshakeThatTakesTooLong) {
    NetworkLimits limits;
    limits.handshake = std::chrono::milliseconds(50);
    TestNetwork network(service_, limits, addresses(certificate_));
    TestClient client(network.port());
    client.send("\x16\x03\x01");
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_TRUE(network.wait_until([&] { return network->counts().open == 0; }));
    EXPECT_EQ(network->counts().timeouts, 1U);
}

}  // namespace
}  // namespace comity::server
