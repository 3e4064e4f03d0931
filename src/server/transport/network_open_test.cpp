// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "test_certificates.hpp"
#include "test_service.hpp"

#include "comity/server/network.hpp"

#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace comity::server {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

NetworkError error_of(const ListenAddress& address) {
    TestService service;
    const auto network = Network::open({address}, {}, service);
    return network ? NetworkError{} : network.error();
}

NetworkError error_of(const std::string& certificate, const std::string& key) {
    return error_of({.address = "127.0.0.1",
                     .tls = TlsFiles{.certificate_chain = certificate, .private_key = key}});
}

TEST(NetworkOpen, ListensOnEveryAddress) {
    TestService service;
    const TestFolder folder;
    const TestCertificate certificate = make_certificate(folder, "server");
    const auto network =
        Network::open({{.address = "127.0.0.1"},
                       {.address = "::1",
                        .tls = TlsFiles{.certificate_chain = certificate.certificate,
                                        .private_key = certificate.key}}},
                      {}, service);
    ASSERT_TRUE(network) << network.error().where << network.error().text;
    const auto urls = (*network)->urls();
    ASSERT_EQ(urls.size(), 2U);
    EXPECT_THAT(urls[0], StartsWith("http://127.0.0.1:"));
    EXPECT_THAT(urls[1], StartsWith("https://[::1]:"));
}

TEST(NetworkOpen, SaysWhatIsWrongWithAnAddress) {
    const NetworkError none = error_of({.address = "localhost"});
    EXPECT_EQ(none.where, "localhost");
    EXPECT_THAT(none.text, HasSubstr("expected one as 127.0.0.1 or ::1"));

    // A network for documentation alone (RFC 5737).
    const NetworkError foreign = error_of({.address = "192.0.2.1", .port = 8'480});
    EXPECT_EQ(foreign.where, "192.0.2.1:8480");
    EXPECT_THAT(foreign.text, HasSubstr("is no address of this machine"));
}

TEST(NetworkOpen, SaysThatAPortIsInUse) {
    TestService service;
    TestNetwork network(service);
    const NetworkError error = error_of({.address = "127.0.0.1", .port = network.port()});
    EXPECT_EQ(error.where, "127.0.0.1:" + std::to_string(network.port()));
    EXPECT_THAT(error.text, HasSubstr("is in use; expected a port"));
}

TEST(NetworkOpen, SaysWhatIsWrongWithTheFiles) {
    const TestFolder folder;
    const TestCertificate one = make_certificate(folder, "one");
    const TestCertificate other = make_certificate(folder, "other");
    const TestCertificate locked = make_certificate(folder, "locked", "secret");
    const std::string text = folder.write("text", "no certificate\n");
    const std::string missing = folder.path("missing");

    EXPECT_EQ(error_of(one.certificate, one.key).text, "");
    struct Row {
        NetworkError error;
        std::string where;
        std::string text;
    };
    const Row rows[] = {
        {error_of(missing, one.key), missing, "cannot be read (No such file or directory)"},
        {error_of(one.certificate, missing), missing, "cannot be read"},
        {error_of(text, one.key), text, "holds no certificate"},
        {error_of(one.certificate, text), text, "holds no private key"},
        {error_of(locked.certificate, locked.key), locked.key, "without a passphrase"},
        {error_of(one.certificate, other.key), other.key,
         "is not the key of the certificate in " + one.certificate},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(row.error.where, row.where);
        EXPECT_THAT(row.error.text, HasSubstr(row.text));
    }
}

// Where this user is root, as somebody else.
TEST(NetworkOpen, SaysThatAPortIsNotThisUsers) {
    constexpr uid_t kNobody = 65'534;
    const uid_t user = ::geteuid();
    if (user == 0) {
        ASSERT_EQ(::seteuid(kNobody), 0);
    }
    const NetworkError error = error_of({.address = "127.0.0.1", .port = 1});
    ASSERT_EQ(::seteuid(user), 0);
    if (error.where.empty()) GTEST_SKIP() << "on this machine every port is everybody's";
    EXPECT_EQ(error.where, "127.0.0.1:1");
    EXPECT_THAT(error.text, HasSubstr("expected a port from 1024 up"));
}

}  // namespace
}  // namespace comity::server
