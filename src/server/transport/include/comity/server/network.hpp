// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/server/http.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace comity::server {

/// Limits of one network. Written down in docs/operations.md.
struct NetworkLimits {
    std::size_t connections = 10'000;
    std::size_t connections_per_address = 10'000;  ///< loopback too
    std::size_t header_bytes = 16'384;
    std::size_t stream_message_bytes = std::size_t{1} << 20;  ///< one that comes in
    std::size_t stream_queue_bytes = std::size_t{4} << 20;    ///< beyond it the stream is closed
    std::chrono::milliseconds handshake{10'000};
    std::chrono::milliseconds header{10'000};  ///< from the first byte to the end of the headers
    std::chrono::milliseconds body{30'000};
    std::chrono::milliseconds idle{75'000};         ///< between two requests
    std::chrono::milliseconds write{30'000};        ///< without a byte taken by the other end
    std::chrono::milliseconds stop{5'000};          ///< for what is under way when it ends
    std::chrono::milliseconds stream_ping{20'000};  ///< a stream that was silent so long is asked
    std::chrono::milliseconds stream_silence{60'000};  ///< and after so long is dead
    std::chrono::milliseconds stream_close{5'000};     ///< between our close frame and its answer
};

/// Files in PEM.
struct TlsFiles {
    std::string certificate_chain;
    std::string private_key;
};

struct ListenAddress {
    std::string address;          ///< an IP address
    std::uint16_t port = 0;       ///< 0: any free one
    std::optional<TlsFiles> tls;  ///< absent: plain HTTP
};

struct NetworkError {
    std::string where;  ///< address or file
    std::string text;   ///< what is wrong, what was expected
};

/// Counts since the start; read from any thread.
struct NetworkCounts {
    std::uint64_t accepted = 0;
    std::uint64_t open = 0;
    std::uint64_t streams = 0;
    std::uint64_t refused_connections = 0;  ///< over a limit
    std::uint64_t timeouts = 0;
    std::uint64_t bad_requests = 0;
};

/// HTTP/1.1 and WebSocket over TCP, plain or TLS 1.3 with optional client certificates. One thread:
/// the one that calls `run`. A resource; the service outlives it.
class Network {
  public:
    static base::Expected<std::unique_ptr<Network>, NetworkError> open(
        const std::vector<ListenAddress>& addresses, const NetworkLimits& limits, Service& service);
    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;
    virtual ~Network() = default;

    /// "http://127.0.0.1:8480", in the order of the addresses.
    virtual std::vector<std::string> urls() const = 0;
    /// Serves until `stop`, then ends what is open in order, and returns.
    virtual void run() = 0;
    /// From any thread, a signal handler excepted.
    virtual void stop() = 0;
    /// Runs this on the network's thread, soon. From any thread.
    virtual void post(std::function<void()> work) = 0;
    /// Runs this on the network's thread after that time, and never after `stop`.
    virtual void after(std::chrono::milliseconds time, std::function<void()> work) = 0;
    virtual NetworkCounts counts() const = 0;

  protected:
    Network() = default;
};

}  // namespace comity::server
