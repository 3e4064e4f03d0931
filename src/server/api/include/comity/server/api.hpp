// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/clock.hpp"
#include "comity/base/entropy.hpp"
#include "comity/base/expected.hpp"
#include "comity/geo/instant.hpp"
#include "comity/server/attachment_shelf.hpp"
#include "comity/server/directory.hpp"
#include "comity/server/events.hpp"
#include "comity/server/http.hpp"
#include "comity/server/inbox.hpp"
#include "comity/server/network.hpp"
#include "comity/server/rate_limiter.hpp"
#include "comity/server/sessions.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace comity::server {

/// A scenario that plays, as GET /v1/node says it.
struct PlayedScenario {
    std::string title;
    std::string about;
    geo::Instant start{};
    geo::Instant end{};
    double pace = 1.0;
};

/// A line of the log: an event and its members, none of them a secret.
struct LogLine {
    enum class Level : std::uint8_t { kDebug, kInfo, kWarning, kError };
    Level level = Level::kInfo;
    std::string event;
    std::vector<std::pair<std::string, std::string>> members;
};
/// From any thread.
using Log = std::function<void(const LogLine&)>;

struct ApiOptions {
    std::string origin;  ///< of the log
    std::string key;     ///< the log's verifier key
    std::string build;
    std::optional<PlayedScenario> scenario;
    std::optional<std::string> public_origin;  ///< what browsers see; absent: what they ask for
    std::string console;                       ///< a folder; empty: no console
    std::string ledger;                        ///< the ledger's folder, to be read once more
    std::size_t body_bytes = std::size_t{1} << 20U;
    std::size_t streams_per_party = 64;
    std::uint64_t sign_in_per_minute = 10;
    Rate requests{.count = 200, .burst = 400};
    SessionTimes sessions;
};

/// Counts since the start; read from any thread.
struct ApiCounts {
    std::uint64_t requests = 0;
    std::uint64_t problems_4xx = 0;
    std::uint64_t problems_5xx = 0;
    std::uint64_t streams = 0;
    std::uint64_t deliveries_sent = 0;
    std::uint64_t sign_ins_failed = 0;
};

/// What a node says to its parties over HTTP (api/openapi.yaml, api/stream.md). The network's
/// thread, but for `take_events` and `counts`. A resource; what it is given outlives it.
class Api : public Service {
  public:
    struct Parts {
        Inbox& inbox;
        AttachmentShelf& shelf;
        Directory& directory;
        base::Entropy& entropy;
        Log log;
        /// Called at the start, and whenever somebody was enrolled or taken off; may be empty.
        std::function<void(const Directory&)> enrolled;
    };

    /// Words where the console's files cannot be read.
    static base::Expected<std::unique_ptr<Api>, std::string> make(Parts parts, ApiOptions options);

    /// Before anything is served; the network outlives it.
    virtual void serve_on(Network& network) = 0;
    /// The network has ended: what is under way beside it is waited for, and the rest dropped.
    virtual void stop() = 0;
    /// What the node has done: on its thread. What the API says changes soon after.
    virtual void take_events(std::vector<Event> events) = 0;
    virtual ApiCounts counts() const = 0;
};

}  // namespace comity::server
