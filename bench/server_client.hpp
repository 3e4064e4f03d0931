// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct ssl_ctx_st;
struct ssl_st;

/// Clients of a node on this machine that cost little themselves.
namespace comity::bench {

using Steady = std::chrono::steady_clock;

/// Times that were measured, in microseconds.
class Latencies {
  public:
    void add(Steady::duration time) {
        times_.push_back(static_cast<std::uint32_t>(
            std::chrono::duration_cast<std::chrono::microseconds>(time).count()));
    }
    void add(const Latencies& more) {
        times_.insert(times_.end(), more.times_.begin(), more.times_.end());
    }
    std::size_t count() const { return times_.size(); }
    /// In milliseconds: that of the least time that this share of them does not exceed.
    double ms(double share) const;

  private:
    std::vector<std::uint32_t> times_;
};

/// A connection over TLS 1.3. Opened at once; from then on nothing waits. A resource.
class TlsLine {
  public:
    explicit TlsLine(std::uint16_t port);
    TlsLine(const TlsLine&) = delete;
    TlsLine& operator=(const TlsLine&) = delete;
    ~TlsLine();

    int socket() const { return socket_; }
    /// All of it goes: what is sent here fits into the socket's room.
    void send(std::string_view bytes);
    /// Adds what has come. False where the other end closed.
    bool receive(std::string& in);

  private:
    struct FreeSsl {
        void operator()(ssl_st* ssl) const;
    };
    int socket_;
    std::unique_ptr<ssl_st, FreeSsl> ssl_;
};

/// Which of these sockets have something, at the latest after this time.
class Poller {
  public:
    Poller();
    Poller(const Poller&) = delete;
    Poller& operator=(const Poller&) = delete;
    ~Poller();

    void add(int socket, std::size_t index);
    /// Valid until the next call.
    std::span<const std::size_t> wait(Steady::duration longest);

  private:
    int poll_;
    std::vector<std::size_t> ready_;
};

/// A stream of the node (api/stream.md).
class StreamClient {
  public:
    using Take = std::function<void(unsigned opcode, std::string_view payload)>;

    /// Waits until the stream is open.
    StreamClient(std::uint16_t port, const std::string& api_key, bool has_tracks);

    int socket() const { return line_.socket(); }
    /// What has come, message by message; pings are answered.
    void receive(const Take& take);

  private:
    TlsLine line_;
    std::string in_;
};

inline constexpr unsigned kText = 1;
inline constexpr unsigned kBinary = 2;

}  // namespace comity::bench
