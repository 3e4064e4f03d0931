// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "endpoint.hpp"
#include "read_parts.hpp"

#include <set>
#include <utility>

namespace comity::server {
namespace {

using wire::Fields;
using wire::Reading;
using wire::YamlFault;
using wire::YamlNode;

std::string id_of(Reading& reading, const YamlNode* node) {
    const std::string_view text = word_of(reading, node);
    if (!text.empty() && !accord::is_id(text)) {
        reading.fail(YamlFault::kValue, node->line,
                     wire::instead_of(text, "an id of 1 to 96 of A-Z a-z 0-9 . _ : -"));
    }
    return std::string(text);
}

accord::PartyId party_of(Reading& reading, const YamlNode* node) {
    accord::PartyId party(id_of(reading, node));
    if (party.value() == accord::kNodeParty) {
        reading.fail(YamlFault::kConflict, node->line,
                     "'node' is the node itself, expected another party");
    }
    return party;
}

void read_connect(Reading& reading, const YamlNode* node, Config::Feed& feed) {
    const std::string_view text = word_of(reading, node);
    if (text.empty()) return;
    auto endpoint = parse_endpoint(text);
    if (!endpoint || endpoint->port == 0) {
        reading.fail(YamlFault::kValue, node->line,
                     wire::instead_of(text,
                                      "a host and a port from 1 to 65535: "
                                      "radar.example:30003, 192.0.2.1:30003, [::1]:30003"));
        return;
    }
    feed.host = std::move(endpoint->host);
    feed.port = endpoint->port;
}

wire::FeedFormat format_of(Reading& reading, const YamlNode* node) {
    constexpr std::pair<std::string_view, wire::FeedFormat> kFormats[] = {
        {"tracks", wire::FeedFormat::kTracks}, {"sbs", wire::FeedFormat::kSbs}};
    return wire::value_of<wire::FeedFormat>(reading, node, kFormats);
}

std::map<std::string, accord::PartyId> operators_of(Reading& reading, const YamlNode* node) {
    std::map<std::string, accord::PartyId> operators;
    for (const auto& [key, value] : mapping_of(reading, node, Config::kMaxOperators)) {
        if (key->text.empty() || key->text.size() > wire::YamlLimits::kMaxNameBytes) {
            reading.fail(YamlFault::kValue, key->line,
                         wire::instead_of(key->text, "a track id of 1 to 256 bytes"));
        }
        operators.emplace(key->text, party_of(reading, value));
    }
    return operators;
}

Config::Feed feed_of(Reading& reading, const YamlNode& node) {
    Fields fields(reading, node, "a feed");
    Config::Feed feed{.name = id_of(reading, fields.need("name")),
                      .of = party_of(reading, fields.need("of")),
                      .format = format_of(reading, fields.need("format")),
                      .host = {},
                      .accuracy = accuracy_of(reading, fields.find("accuracy_m")),
                      .operators = operators_of(reading, fields.find("operators"))};
    read_connect(reading, fields.need("connect"), feed);
    fields.finish();
    return feed;
}

}  // namespace

std::vector<Config::Feed> feeds_of(Reading& reading, const YamlNode* node) {
    std::vector<Config::Feed> feeds;
    std::set<std::string> names;
    std::set<std::pair<std::string, std::uint16_t>> ends;
    for (const YamlNode& one : list_of(reading, node, Config::kMaxFeeds)) {
        feeds.push_back(feed_of(reading, one));
        const Config::Feed& feed = feeds.back();
        if (!feed.name.empty() && !names.insert(feed.name).second) {
            reading.fail(YamlFault::kConflict, one.line,
                         "the feed " + wire::instead_of(feed.name, "each name once"));
        }
        if (!feed.host.empty() && !ends.emplace(feed.host, feed.port).second) {
            reading.fail(YamlFault::kConflict, one.line,
                         wire::instead_of(feed.host + " port " + std::to_string(feed.port),
                                          "each source in one feed, or it counts twice"));
        }
    }
    return feeds;
}

}  // namespace comity::server
