// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "endpoint.hpp"
#include "read_parts.hpp"

#include <set>
#include <tuple>

namespace comity::server {
namespace {

using wire::Fields;
using wire::Reading;
using wire::YamlFault;
using wire::YamlNode;

void read_address(Reading& reading, const YamlNode* node, Config::Listener& listener) {
    const std::string_view text = word_of(reading, node);
    if (text.empty()) return;
    const auto endpoint = parse_endpoint(text);
    if (!endpoint || !endpoint->is_address) {
        reading.fail(
            YamlFault::kValue, node->line,
            wire::instead_of(
                text, "an IP address and a port from 0 to 65535: 127.0.0.1:8480, [::1]:8480"));
        return;
    }
    listener.address = endpoint->host;
    listener.port = endpoint->port;
    listener.is_loopback = endpoint->is_loopback;
}

std::optional<Config::Tls> tls_of(Reading& reading, const YamlNode* node) {
    if (node == nullptr) return std::nullopt;
    Fields fields(reading, *node, "tls");
    Config::Tls tls{.certificate = name_of(reading, fields.need("certificate")),
                    .key = name_of(reading, fields.need("key"))};
    fields.finish();
    if (!tls.key.empty() && tls.key == tls.certificate) {
        reading.fail(YamlFault::kConflict, fields.find("key")->line,
                     wire::instead_of(tls.key, "another file than that of the certificate"));
    }
    return tls;
}

// A text is the address alone. `may_be_plain`: the key by which plain HTTP may leave the machine
// is one of this mapping.
Config::Listener listener_of(Reading& reading, const YamlNode& node, const char* of,
                             bool may_be_plain) {
    Config::Listener listener{.tls = {}};
    const YamlNode* plain = nullptr;
    if (node.kind == wire::YamlKind::kText) {
        read_address(reading, &node, listener);
    } else {
        Fields fields(reading, node, of);
        read_address(reading, fields.need("address"), listener);
        listener.tls = tls_of(reading, fields.find("tls"));
        if (may_be_plain) plain = fields.find("plain_beyond_loopback");
        fields.finish();
    }
    const bool is_allowed = flag_of(reading, plain);
    if (is_allowed && listener.tls) {
        reading.fail(YamlFault::kConflict, plain->line,
                     "plain_beyond_loopback beside tls, expected one of them");
    }
    if (!listener.is_loopback && !listener.tls && !is_allowed) {
        reading.fail(
            YamlFault::kConflict, node.line,
            wire::instead_of(listener.address,
                             std::string("tls, or an address of this machine alone") +
                                 (may_be_plain ? ", or plain_beyond_loopback: true" : "")));
    }
    return listener;
}

}  // namespace

std::vector<Config::Listener> listeners_of(Reading& reading, const YamlNode& node) {
    std::vector<Config::Listener> listeners;
    for (const YamlNode& one : list_of(reading, &node, Config::kMaxListeners)) {
        listeners.push_back(listener_of(reading, one, "a listener", true));
    }
    if (node.kind == wire::YamlKind::kList && node.children.empty()) {
        reading.fail(YamlFault::kRange, node.line, "no listener, expected at least one");
    }
    return listeners;
}

Config::Listener admin_of(Reading& reading, const YamlNode& node) {
    return listener_of(reading, node, "admin", false);
}

void check_different(Reading& reading, const Config& config, const YamlNode* listen,
                     const YamlNode* admin) {
    std::set<std::tuple<std::string, std::uint16_t>> seen;
    const auto check = [&](const Config::Listener& one, const YamlNode& node) {
        // One that was not read has no address; port 0 is another one each time.
        if (one.address.empty() || one.port == 0) return;
        if (seen.emplace(one.address, one.port).second) return;
        reading.fail(YamlFault::kConflict, node.line,
                     wire::instead_of(one.address + " port " + std::to_string(one.port),
                                      "each address and port once among listen and admin"));
    };
    for (std::size_t i = 0; i < config.listen.size(); ++i) {
        // What is there by default is different from itself; where it meets admin, admin is said.
        static const YamlNode kDefault;
        check(config.listen[i], listen == nullptr ? kDefault : listen->children[i]);
    }
    if (config.admin) check(*config.admin, *admin);
}

}  // namespace comity::server
