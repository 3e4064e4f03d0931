// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "endpoint.hpp"
#include "limits.hpp"
#include "read_parts.hpp"

#include "comity/seal/verifier_key.hpp"
#include "comity/server/config.hpp"

#include <filesystem>
#include <utility>

namespace comity::server {
namespace {

using wire::Fields;
using wire::Reading;
using wire::YamlFault;
using wire::YamlNode;

std::string origin_of(Reading& reading, const YamlNode* node, std::string otherwise) {
    if (node == nullptr) return otherwise;
    std::string origin = name_of(reading, node);
    if (!origin.empty() && !seal::is_key_name(origin)) {
        reading.fail(
            YamlFault::kValue, node->line,
            wire::instead_of(origin,
                             "the name of a log such as ledger.example.org/strait, without "
                             "blanks and plus signs"));
    }
    return origin;
}

std::optional<std::string> public_origin_of(Reading& reading, const YamlNode* node) {
    if (node == nullptr) return std::nullopt;
    std::string origin = name_of(reading, node);
    if (!origin.empty() && !is_web_origin(origin)) {
        reading.fail(YamlFault::kValue, node->line,
                     wire::instead_of(origin,
                                      "an origin such as https://comity.example, in lower "
                                      "case, without a path and its scheme's own port"));
    }
    return origin;
}

// Whoever asks for the console's files gets whatever is in its folder.
void check_console(Reading& reading, const YamlNode& node, const Config& config) {
    const auto console = std::filesystem::path(*config.console).lexically_normal();
    const auto data = std::filesystem::path(config.data).lexically_normal();
    // From the one to the other, as far as the texts show it.
    const auto way = data.lexically_relative(console);
    if (!way.empty() && *way.begin() != "..") {
        reading.fail(YamlFault::kConflict, node.line,
                     wire::instead_of(*config.console,
                                      "a folder that neither is nor holds the folder of the data"));
    }
}

Config::Limits limits_of(Reading& reading, const YamlNode* node) {
    Config::Limits limits;
    if (node == nullptr) return limits;
    Fields fields(reading, *node, "the limits");
    for (const LimitRow& row : kLimitRows) {
        limits.*row.member =
            whole_of(reading, fields.find(row.key),
                     {.least = row.least, .most = row.most, .unit = row.unit}, limits.*row.member);
    }
    const auto at_most = [&](const char* key, std::uint64_t value, const char* other,
                             std::uint64_t most) {
        const YamlNode* said = fields.find(fields.has(key) ? key : other);
        if (said == nullptr || value <= most) return;
        reading.fail(YamlFault::kConflict, said->line,
                     std::string(key) + " " + std::to_string(value) + " over " + other + " " +
                         std::to_string(most) + ", expected at most as many");
    };
    at_most("connections_per_address", limits.connections_per_address, "connections",
            limits.connections);
    at_most("streams_per_party", limits.streams_per_party, "connections", limits.connections);
    at_most("session_idle_minutes", limits.session_idle_minutes, "session_minutes",
            limits.session_minutes);
    fields.finish();
    return limits;
}

Config::Log log_of(Reading& reading, const YamlNode* node) {
    using Level = Config::LogLevel;
    using Format = Config::LogFormat;
    constexpr std::pair<std::string_view, Level> kLevels[] = {{"info", Level::kInfo},
                                                              {"warning", Level::kWarning},
                                                              {"error", Level::kError},
                                                              {"debug", Level::kDebug}};
    constexpr std::pair<std::string_view, Format> kFormats[] = {{"text", Format::kText},
                                                                {"json", Format::kJson}};
    if (node == nullptr) return {};
    Fields fields(reading, *node, "the log");
    const Config::Log log{
        .level = wire::value_of<Level>(reading, fields.find("level"), kLevels),
        .format = wire::value_of<Format>(reading, fields.find("format"), kFormats)};
    fields.finish();
    return log;
}

std::string folder_of(Reading& reading, const YamlNode* node, std::string otherwise) {
    return node == nullptr ? std::move(otherwise) : name_of(reading, node);
}

Config read_keys(Reading& reading, const YamlNode& root) {
    Config config;
    Fields fields(reading, root, "a configuration");
    config.data = folder_of(reading, fields.find("data"), config.data);
    config.origin = origin_of(reading, fields.find("origin"), config.origin);
    const YamlNode* listen = fields.find("listen");
    const YamlNode* admin = fields.find("admin");
    if (listen != nullptr) config.listen = listeners_of(reading, *listen);
    if (admin != nullptr) config.admin = admin_of(reading, *admin);
    check_different(reading, config, listen, admin);
    config.public_origin = public_origin_of(reading, fields.find("public_origin"));
    if (const YamlNode* console = fields.find("console")) {
        config.console = name_of(reading, console);
        check_console(reading, *console, config);
    }
    config.feeds = feeds_of(reading, fields.find("feeds"));
    config.limits = limits_of(reading, fields.find("limits"));
    config.log = log_of(reading, fields.find("log"));
    fields.finish();
    return config;
}

}  // namespace

base::Expected<Config, std::vector<ConfigFault>> read_config(std::string_view text,
                                                             std::string_view file) {
    const auto root =
        wire::read_yaml(text, {.what = "a configuration", .most_bytes = Config::kMaxBytes});
    if (!root) return base::Unexpected(wire::faults_of(file, {root.error()}));
    Reading reading;
    Config config = read_keys(reading, *root);
    if (reading.has_failed()) return base::Unexpected(wire::faults_of(file, reading.faults()));
    return config;
}

}  // namespace comity::server
