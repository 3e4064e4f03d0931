// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/ids.hpp"
#include "comity/base/expected.hpp"
#include "comity/geo/quantity.hpp"
#include "comity/wire/scenario.hpp"
#include "comity/wire/yaml_reading.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace comity::server {

/// What whoever runs a node decides: one file, docs/configuration.md. Each default is what holds
/// where the file says nothing. Paths are as written, from the folder where the program runs.
/// Nothing here is a secret: keys are in files of their own. A value.
struct Config {
    static constexpr std::size_t kMaxBytes = std::size_t{16} << 20U;
    static constexpr std::size_t kMaxListeners = 16;
    static constexpr std::size_t kMaxFeeds = 64;
    static constexpr std::size_t kMaxOperators = 100'000;  ///< of one feed

    /// Files in PEM: the chain of certificates, and the private key of its first one.
    struct Tls {
        std::string certificate;
        std::string key;
        friend bool operator==(const Tls&, const Tls&) = default;
    };

    /// Where connections are taken. Without TLS it is on loopback, or the file says in so many
    /// words that plain HTTP may leave the machine.
    struct Listener {
        std::string address;     ///< an IP address, v6 without brackets
        std::uint16_t port = 0;  ///< 0: any free one
        bool is_loopback = true;
        std::optional<Tls> tls;
        friend bool operator==(const Listener&, const Listener&) = default;
    };

    /// Something that a party's sensors send, read from a port that the other end serves.
    struct Feed {
        std::string name;
        accord::PartyId of;
        wire::FeedFormat format = wire::FeedFormat::kTracks;
        std::string host;  ///< a name or an IP address, v6 without brackets
        std::uint16_t port = 0;
        std::optional<geo::Distance> accuracy;             ///< of reports that state none
        std::map<std::string, accord::PartyId> operators;  ///< by track id
        friend bool operator==(const Feed&, const Feed&) = default;
    };

    /// What anybody may use up. Ranges: limits.hpp.
    struct Limits {
        std::uint64_t body_bytes = std::uint64_t{1} << 20U;  ///< of one request
        std::uint64_t requests_per_second = 200;             ///< of one party, in the long run
        std::uint64_t burst = 400;                           ///< of one party, at once
        std::uint64_t connections = 10'000;
        std::uint64_t connections_per_address = 1'000;
        std::uint64_t streams_per_party = 64;
        std::uint64_t queue = 10'000;       ///< requests that wait to be decided
        std::uint64_t header_seconds = 10;  ///< from the first byte to the end of the headers
        std::uint64_t body_seconds = 30;
        std::uint64_t idle_seconds = 75;   ///< between two requests of a connection
        std::uint64_t write_seconds = 30;  ///< without a byte taken by the other end
        std::uint64_t session_minutes = 720;
        std::uint64_t session_idle_minutes = 60;
        std::uint64_t sign_in_per_minute = 10;  ///< tries, of one address and of one name
        friend bool operator==(const Limits&, const Limits&) = default;
    };

    enum class LogLevel : std::uint8_t { kInfo, kDebug, kWarning, kError };
    enum class LogFormat : std::uint8_t { kText, kJson };
    struct Log {
        LogLevel level = LogLevel::kInfo;
        LogFormat format = LogFormat::kText;
        friend bool operator==(const Log&, const Log&) = default;
    };

    std::string data = "comity-data";  ///< the folder of everything that the node keeps
    /// The name of the log, used where a new ledger is made and then for ever.
    std::string origin = "comity.localhost/node";
    std::vector<Listener> listen = {{.address = "127.0.0.1", .port = 8480, .tls = {}}};
    /// Where health in detail and metrics are; absent: nowhere. On loopback, or with TLS.
    std::optional<Listener> admin;
    /// What browsers see, "https://comity.example"; absent: each listener's own.
    std::optional<std::string> public_origin;
    std::optional<std::string> console;  ///< the folder of the console's files
    std::vector<Feed> feeds;
    Limits limits;
    Log log;

    friend bool operator==(const Config&, const Config&) = default;
};

/// What is wrong in a configuration, where, and what was expected.
using ConfigFault = wire::FileFault;

/// Reads a configuration. The answer to a text with faults is all of them, in the order of their
/// lines (the first hundred); a text that is no YAML has one. `file` is what the faults name; no
/// file is opened.
base::Expected<Config, std::vector<ConfigFault>> read_config(std::string_view text,
                                                             std::string_view file);

}  // namespace comity::server
