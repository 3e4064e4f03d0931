// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server_client.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace comity::bench {

/// What became of a load.
struct Loaded {
    Latencies latencies;
    std::uint64_t failed = 0;  ///< answered, but not with 200
    double seconds = 0.0;      ///< from the first request to the last answer

    double rate() const { return static_cast<double>(latencies.count()) / seconds; }
};

/// Connections over TLS that are kept, each with at most one request on its way. A resource.
class HttpLoad {
  public:
    /// The next request's bytes, valid until the one after the next; empty: no more.
    using Next = std::function<std::string_view()>;

    HttpLoad(std::uint16_t port, std::size_t connections);

    /// One request; the status of its answer.
    unsigned ask(std::string_view request);
    /// As many as are answered: each connection sends its next one when the last is answered, for
    /// this long.
    Loaded closed(const Next& next, Steady::duration time);
    /// So many a second, whatever is answered. One that finds no free connection waits for it, and
    /// its time runs from when it was due.
    Loaded paced(const Next& next, double per_second, Steady::duration time);

  private:
    struct Connection {
        explicit Connection(std::uint16_t port) : line(port) {}

        TlsLine line;
        std::string in;
        bool is_busy = false;
        Steady::time_point since;
    };
    using Free = std::function<void(Connection&)>;

    void send(Connection& connection, std::string_view request, Steady::time_point since);
    void take_answers(Steady::duration longest, Loaded& loaded, const Free& free);

    std::vector<std::unique_ptr<Connection>> connections_;
    Poller poller_;
    std::size_t busy_ = 0;
    unsigned last_status_ = 0;
};

}  // namespace comity::bench
