// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/config.hpp"

#include "limits.hpp"

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

std::string file(const std::string& path) {
    std::ifstream stream(COMITY_SOURCE_DIR "/" + path, std::ios::binary);
    EXPECT_TRUE(stream) << path;
    return {std::istreambuf_iterator<char>(stream), {}};
}

Config config_of(std::string_view text) {
    auto config = read_config(text, "t.yaml");
    if (!config) {
        for (const ConfigFault& fault : config.error()) ADD_FAILURE() << to_string(fault);
        return {};
    }
    return *std::move(config);
}

TEST(ConfigExample, EqualsTheDefaults) {
    EXPECT_EQ(config_of(file("docs/examples/comity.yaml")), Config{});
}

// Every key with its default beside it, or else it is not the whole.
TEST(ConfigExample, HasEveryKey) {
    const std::string text = file("docs/examples/comity.yaml");
    for (const LimitRow& row : kLimitRows) {
        const std::string line =
            std::string("\n  ") + row.key + ": " + std::to_string(Config::Limits{}.*row.member);
        EXPECT_NE(text.find(line), std::string::npos) << line;
    }
}

// What stands right behind a "#", or two blanks behind it, is an example and good as well.
TEST(ConfigExample, WhatItLeavesOutIsGood) {
    std::istringstream lines(file("docs/examples/comity.yaml"));
    std::string text;
    for (std::string line; std::getline(lines, line);) {
        const bool is_example = line.starts_with("#  ") || line.find("# ") != 0;
        text.append(line, line.starts_with('#') && is_example ? 1 : 0).append("\n");
    }
    const Config config = config_of(text);
    ASSERT_EQ(config.listen.size(), 3U) << text;
    EXPECT_EQ(config.listen[1].tls->key, "/etc/comity/key.pem");
    EXPECT_FALSE(config.listen[2].is_loopback);
    EXPECT_EQ(config.admin->port, 8481);
    EXPECT_EQ(config.public_origin, "https://comity.example");
    EXPECT_EQ(config.console, "/usr/share/comity/console");
    ASSERT_EQ(config.feeds.size(), 1U);
    const Config::Feed& feed = config.feeds.front();
    EXPECT_EQ(feed.name, "coast-radar");
    EXPECT_EQ(feed.of, accord::PartyId("coast-guard"));
    EXPECT_EQ(feed.format, wire::FeedFormat::kSbs);
    EXPECT_EQ(feed.host, "radar.example");
    EXPECT_EQ(feed.port, 30003);
    EXPECT_EQ(feed.accuracy, geo::Distance::metres(150));
    EXPECT_EQ(feed.operators.at("4B8E01"), accord::PartyId("coast-guard"));
}

// 1,048,576
std::string number(std::uint64_t value) {
    std::string text = std::to_string(value);
    std::string grouped;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i != 0 && (text.size() - i) % 3 == 0) grouped += ',';
        grouped += text[i];
    }
    return grouped;
}

// The table of the page is the one of the code.
TEST(ConfigPage, HasTheLimitsThatHold) {
    const std::string page = file("docs/configuration.md");
    for (const LimitRow& row : kLimitRows) {
        EXPECT_NE(page.find(std::string("| `") + row.key + "` |"), std::string::npos) << row.key;
        const std::string rest = "| " + number(Config::Limits{}.*row.member) + " | " +
                                 number(row.least) + " to " + number(row.most) + " |";
        const std::size_t line = page.find(std::string("| `") + row.key + "` |");
        EXPECT_EQ(page.substr(0, page.find('\n', line)).ends_with(rest), true) << row.key << rest;
    }
}

TEST(Config, EachLimitIsReadIntoItsOwnMember) {
    for (const LimitRow& row : kLimitRows) {
        // Of those that another one bounds, both ends hold with the other at its own.
        std::string text = "limits:\n  " + std::string(row.key) + ": " + std::to_string(row.least);
        const bool is_bound =
            std::string(row.key) == "connections" || std::string(row.key) == "session_minutes";
        Config expected;
        expected.limits.*row.member = row.least;
        if (is_bound) continue;
        EXPECT_EQ(config_of(text), expected) << text;
    }
    const Config config = config_of(
        "limits: {connections: 100000, connections_per_address: 100000, session_minutes: 10080,"
        " session_idle_minutes: 10080}");
    EXPECT_EQ(config.limits.connections, 100'000U);
    EXPECT_EQ(config.limits.connections_per_address, 100'000U);
    EXPECT_EQ(config.limits.session_minutes, 10'080U);
    EXPECT_EQ(config.limits.session_idle_minutes, 10'080U);
}

TEST(Config, ListenersAndLog) {
    const Config config = config_of(
        "listen:\n"
        "  - '[::1]:8480'\n"
        "  - { address: '0.0.0.0:0', tls: { certificate: c.pem, key: k.pem } }\n"
        "  - { address: '0.0.0.0:0', plain_beyond_loopback: true }\n"
        "admin: { address: '192.0.2.1:9000', tls: { certificate: c.pem, key: k.pem } }\n"
        "log: { level: debug, format: json }\n");
    EXPECT_EQ(config.listen[0], (Config::Listener{.address = "::1", .port = 8480, .tls = {}}));
    EXPECT_EQ(config.listen[1],
              (Config::Listener{.address = "0.0.0.0",
                                .port = 0,
                                .is_loopback = false,
                                .tls = Config::Tls{.certificate = "c.pem", .key = "k.pem"}}));
    EXPECT_FALSE(config.listen[2].tls.has_value());
    EXPECT_EQ(config.admin->address, "192.0.2.1");
    EXPECT_EQ(config.log.level, Config::LogLevel::kDebug);
    EXPECT_EQ(config.log.format, Config::LogFormat::kJson);
    using Level = Config::LogLevel;
    for (const auto& [word, level] : std::vector<std::pair<std::string, Level>>{
             {"info", Level::kInfo}, {"warning", Level::kWarning}, {"error", Level::kError}}) {
        EXPECT_EQ(config_of("log: {level: " + word + "}").log.level, level);
    }
}

}  // namespace
}  // namespace comity::server
