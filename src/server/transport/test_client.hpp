// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct ssl_ctx_st;
struct ssl_st;

namespace comity::server {

/// A client that says exactly what a test tells it to. Waits at most twenty seconds for anything.
class TestClient {
  public:
    struct Tls {
        std::string certificate = {};  ///< a file; none is shown where it is empty
        std::string key = {};
        std::string protocols = {};  ///< as ALPN writes them
        bool is_old = false;         ///< offers TLS 1.2 alone
    };
    struct Response {
        unsigned status = 0;  ///< 0: the connection ended first, or something else came
        std::string head;     ///< with its empty line
        std::string body;

        std::string header(std::string_view name) const;
    };
    struct Frame {
        unsigned opcode = 0;  ///< 0: the connection ended first
        std::string payload;

        /// Of a close frame.
        unsigned close_code() const;
    };

    explicit TestClient(std::uint16_t port, const std::optional<Tls>& tls = std::nullopt,
                        int receive_buffer = 0);
    TestClient(const TestClient&) = delete;
    TestClient& operator=(const TestClient&) = delete;
    ~TestClient();

    /// The handshake was done; TLS alone.
    bool is_shaken() const { return is_shaken_; }
    std::string tls_version() const;
    std::string chosen_protocol() const;

    /// False where the other end took not all of it.
    bool send(std::string_view bytes);
    /// Says that nothing more is sent.
    void half_close();

    Response read_response(bool without_body = false);
    /// Takes that many bytes in; they are part of the next response.
    void read_at_least(std::size_t more) { read_up_to(in_.size() + more); }
    /// What comes until the other end closes; absent where it does not.
    std::optional<std::string> read_to_end();
    /// The other end threw away what was sent, and perhaps its own last word with it.
    bool was_reset() const { return was_reset_; }

    /// Asks for a WebSocket with "comity.v1".
    Response upgrade(std::string_view more_headers = "");
    bool send_frame(unsigned opcode, std::string_view payload, bool is_last = true);
    Frame read_frame();

  private:
    struct FreeContext {
        void operator()(ssl_ctx_st* context) const;
    };
    struct FreeSsl {
        void operator()(ssl_st* ssl) const;
    };

    void shake_hands(const Tls& tls);
    bool read_some();
    bool read_up_to(std::size_t size);

    int socket_;
    std::unique_ptr<ssl_ctx_st, FreeContext> context_;
    std::unique_ptr<ssl_st, FreeSsl> ssl_;
    bool is_shaken_ = false;
    bool is_ended_ = false;
    bool was_reset_ = false;
    std::string in_;
};

constexpr std::string_view kHandshake =
    "GET /stream HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

constexpr unsigned kText = 1;
constexpr unsigned kBinary = 2;
constexpr unsigned kClose = 8;
constexpr unsigned kPing = 9;
constexpr unsigned kPong = 10;

/// The payload of a close frame.
std::string close_payload(unsigned code);

}  // namespace comity::server
