// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Each fault of a configuration with its line and words, and that all of them are said.
#include "comity/server/config.hpp"

#include <cstddef>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

using enum wire::YamlFault;

struct Row {
    std::string text;
    wire::YamlFault fault;
    std::size_t line;
    const char* words;  // are part of what is said
};

void expect_faults(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        const auto config = read_config(row.text, "t.yaml");
        ASSERT_FALSE(config.has_value()) << row.words << '\n' << row.text;
        ASSERT_EQ(config.error().size(), 1U) << to_string(config.error()[1]);
        const ConfigFault& fault = config.error().front();
        EXPECT_EQ(fault.fault, row.fault) << fault.text;
        EXPECT_EQ(fault.line, row.line) << fault.text;
        EXPECT_EQ(fault.file, "t.yaml");
        EXPECT_NE(fault.text.find(row.words), std::string::npos)
            << "said: " << fault.text << "\nwanted: " << row.words;
        EXPECT_NE(fault.text.find("expected"), std::string::npos) << fault.text;
    }
}

constexpr const char* kFeed =
    "feeds:\n"
    "  - name: radar\n"
    "    of: coast\n"
    "    format: sbs\n"
    "    connect: radar.example:30003\n";

Row feed_where(const std::string& before, const std::string& after, wire::YamlFault fault,
               std::size_t line, const char* words) {
    std::string text = kFeed;
    return {text.replace(text.find(before), before.size(), after), fault, line, words};
}

TEST(ConfigFaults, OfTheWhole) {
    expect_faults({
        {"", kSyntax, 1, "an empty text, expected a configuration"},
        {"- a\n", kKind, 1, "a list, expected the keys of a configuration"},
        {"data: a\ndata: b\n", kDuplicateKey, 2, "the key 'data' twice"},
        {"data: a\ndatum: b\n", kUnknownKey, 2, "unknown key 'datum', expected data, origin"},
        {"data:\n", kKind, 1, "nothing, expected a text"},
        {"data: [a]\n", kKind, 1, "a list, expected a text"},
        {"data: ''\n", kValue, 1, "expected a word"},
        {"origin: two words\n", kValue, 1, "the name of a log"},
        {"origin: a+b\n", kValue, 1, "the name of a log"},
        {"public_origin: comity.example\n", kValue, 1, "an origin such as https://"},
        {"public_origin: https://comity.example/\n", kValue, 1, "without a path"},
        {"data: a/b\nconsole: a/b/\n", kConflict, 2, "neither is nor holds"},
        {"data: a/b\nconsole: ./a\n", kConflict, 2, "neither is nor holds"},
        {"console: .\n", kConflict, 1, "neither is nor holds"},
        {"console: /\ndata: /var/comity\n", kConflict, 1, "neither is nor holds"},
        {"log: {level: loud}\n", kValue, 1, "'loud', expected info, warning, error or debug"},
        {"log: {format: xml}\n", kValue, 1, "'xml', expected text or json"},
        {"log: {file: a}\n", kUnknownKey, 1, "expected level or format of the log"},
    });
    EXPECT_TRUE(read_config("data: a/b\nconsole: a/c\n", "t").has_value());
    EXPECT_TRUE(read_config("data: ab\nconsole: a\n", "t").has_value());
    EXPECT_TRUE(read_config("data: a\nconsole: a/b\n", "t").has_value());
}

TEST(ConfigFaults, OfListeners) {
    expect_faults({
        {"listen: []\n", kRange, 1, "no listener, expected at least one"},
        {"listen: 127.0.0.1:1\n", kKind, 1, "a text, expected a list"},
        {"listen: [{}]\n", kMissingKey, 1, "a listener without 'address'"},
        {"listen:\n- address: localhost:1\n", kValue, 2, "an IP address and a port"},
        {"listen:\n- address: 127.0.0.1\n", kValue, 2, "an IP address and a port"},
        {"listen:\n- address: 127.0.0.1:65536\n", kValue, 2, "a port from 0 to 65535"},
        {"listen:\n- address: 0.0.0.0:1\n", kConflict, 2, "or plain_beyond_loopback: true"},
        {"listen:\n- address: 0.0.0.0:1\n  plain_beyond_loopback: false\n", kConflict, 2,
         "'0.0.0.0', expected tls"},
        {"listen:\n- address: 127.0.0.1:1\n  plain_beyond_loopback: yes\n", kValue, 3,
         "'yes', expected false or true"},
        {"listen:\n- address: 0.0.0.0:1\n  plain_beyond_loopback: true\n  tls: {certificate: a, "
         "key: b}\n",
         kConflict, 3, "beside tls"},
        {"listen:\n- address: 0.0.0.0:1\n  tls: {certificate: a}\n", kMissingKey, 3,
         "tls without 'key'"},
        {"listen:\n- address: 0.0.0.0:1\n  tls: {key: a}\n", kMissingKey, 3,
         "tls without 'certificate'"},
        {"listen:\n- address: 0.0.0.0:1\n  tls: {certificate: a, key: a}\n", kConflict, 3,
         "another file than that of the certificate"},
        {"listen: ['127.0.0.1:1', '[::1]:1', '127.0.0.1:1']\n", kConflict, 1,
         "'127.0.0.1 port 1', expected each address and port once"},
        {"listen:\n- 127.0.0.1:1\nadmin: 127.0.0.1:1\n", kConflict, 3, "among listen and admin"},
        {"admin: 127.0.0.1:8480\n", kConflict, 1, "among listen and admin"},
        {"admin: 192.0.2.1:1\n", kConflict, 1, "tls, or an address of this machine alone"},
        {"admin:\n  address: 127.0.0.1:1\n  plain_beyond_loopback: true\n", kUnknownKey, 3,
         "unknown key 'plain_beyond_loopback'"},
    });
    std::string many = "listen:\n";
    for (int i = 0; i < 17; ++i) many += "- 127.0.0.1:0\n";
    expect_faults({{many, kTooMany, 2, "17 items, expected at most 16"}});
}

TEST(ConfigFaults, OfFeeds) {
    ASSERT_TRUE(read_config(kFeed, "t.yaml").has_value());
    expect_faults({
        feed_where("radar\n", "a radar\n", kValue, 2, "'a radar', expected an id"),
        feed_where("coast", "a party", kValue, 3, "'a party', expected an id"),
        feed_where("coast", "node", kConflict, 3, "'node' is the node itself"),
        feed_where("sbs", "asterix", kValue, 4, "'asterix', expected tracks or sbs"),
        feed_where("radar.example:30003", "radar.example", kValue, 5, "a host and a port"),
        feed_where("radar.example:30003", "radar.example:0", kValue, 5, "from 1 to 65535"),
        feed_where("    of: coast\n", "", kMissingKey, 2, "a feed without 'of'"),
        feed_where("of:", "off:\n    of:", kUnknownKey, 3, "unknown key 'off'"),
        {std::string(kFeed) + "    accuracy_m: -1\n", kRange, 6, "from 0 to 20000000 m"},
        {std::string(kFeed) + "    operators: {T1: a party}\n", kValue, 6, "expected an id"},
        {std::string(kFeed) + "    operators: {T1: a, T1: b}\n", kDuplicateKey, 6, "twice"},
        {std::string(kFeed) + "    operators: {'': a}\n", kValue, 6, "a track id of 1 to 256"},
        {std::string(kFeed) +
             "  - {name: radar, of: coast, format: sbs, connect: '192.0.2.1:30003'}\n",
         kConflict, 6, "the feed 'radar', expected each name once"},
        {std::string(kFeed) +
             "  - {name: two, of: coast, format: sbs, connect: 'radar.example:30003'}\n",
         kConflict, 6, "each source in one feed"},
    });
}

TEST(ConfigFaults, OfLimits) {
    expect_faults({
        {"limits: 5\n", kKind, 1, "a text, expected the keys of the limits"},
        {"limits: {bodies: 5}\n", kUnknownKey, 1, "unknown key 'bodies'"},
        {"limits: {body_bytes: 1k}\n", kValue, 1, "from 4096 to 24117248 bytes"},
        {"limits: {body_bytes: 4095}\n", kRange, 1, "from 4096 to 24117248 bytes"},
        {"limits: {body_bytes: 24117249}\n", kRange, 1, "from 4096 to 24117248 bytes"},
        {"limits: {burst: 0}\n", kRange, 1, "'0', expected a whole number from 1 to 100000"},
        {"limits:\n  connections: 999\n", kConflict, 2,
         "connections_per_address 1000 over connections 999"},
        {"limits:\n  connections: 50\n  connections_per_address: 50\n", kConflict, 2,
         "streams_per_party 64 over connections 50"},
        {"limits:\n  session_idle_minutes: 721\n", kConflict, 2,
         "session_idle_minutes 721 over session_minutes 720"},
    });
}

// One run says everything, in the order of the lines.
TEST(ConfigFaults, AreAllSaid) {
    const auto config = read_config(
        "limits: {burst: 0, queue: x, colour: red}\n"
        "datum: a\n"
        "listen:\n"
        "  - address: 0.0.0.0:1\n"
        "    tls: {certificate: a}\n"
        "  - address: nowhere\n"
        "log: {level: loud}\n"
        "origin: a b\n"
        "feeds:\n"
        "  - {name: a b}\n",
        "t.yaml");
    ASSERT_FALSE(config.has_value());
    std::vector<std::string> said;
    for (const ConfigFault& fault : config.error()) {
        said.push_back(to_string(fault).substr(0, to_string(fault).find(", expected")));
    }
    EXPECT_EQ(said,
              (std::vector<std::string>{
                  "t.yaml:1: '0'", "t.yaml:1: 'x'", "t.yaml:1: unknown key 'colour'",
                  "t.yaml:2: unknown key 'datum'", "t.yaml:5: tls without 'key'",
                  "t.yaml:6: 'nowhere'", "t.yaml:7: 'loud'", "t.yaml:8: 'a b'", "t.yaml:10: 'a b'",
                  "t.yaml:10: a feed without 'of'", "t.yaml:10: a feed without 'format'",
                  "t.yaml:10: a feed without "
                  "'connect'"}));
}

}  // namespace
}  // namespace comity::server
