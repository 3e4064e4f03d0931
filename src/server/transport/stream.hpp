// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "asio_types.hpp"

#include "comity/seal/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <boost/asio/buffer.hpp>

// OpenSSL's names, so that its headers stay out of this one.
struct ssl_ctx_st;
struct ssl_st;

namespace comity::server {

/// What a step of a stream came to.
struct Step {
    /// What the socket must be ready for before the same step is tried again.
    enum class Need : std::uint8_t { kNothing, kRead, kWrite };

    std::size_t bytes = 0;
    Need need = Need::kNothing;
    ErrorCode error;  ///< boost::asio::error::eof where the other end said that it ends
};

/// One connection's bytes, plain or TLS over the same socket. Steps never wait: whoever takes them
/// waits for what they need. OpenSSL writes to the socket itself and frees its buffers between
/// steps, so that an idle stream holds little. A resource.
class Stream {
  public:
    /// Gathered by one write.
    static constexpr std::size_t kMaxBuffers = 8;

    /// Plain where `tls` is null.
    Stream(Socket socket, ssl_ctx_st* tls);
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream();

    bool is_tls() const { return ssl_ != nullptr; }
    Socket& socket() { return socket_; }

    /// TLS alone, before all other steps.
    Step shake_hands();
    /// SHA-256 of the certificate that the other end showed, after the handshake.
    std::optional<seal::Hash> peer_certificate() const;

    Step read(std::span<char> into);
    /// At most kMaxBuffers of them; `bytes` may be fewer than they hold.
    Step write(std::span<const boost::asio::const_buffer> buffers);
    /// Throws away what came, whether it is whole or not.
    Step discard();
    /// Bytes that the next reads give before all others.
    void unread(std::string_view bytes);

    /// When the other end last gave or took a byte; at first, when the stream began.
    Monotonic::time_point last_read() const { return last_read_; }
    Monotonic::time_point last_write() const { return last_write_; }

    /// Ends every wait for the socket.
    void cancel();
    /// Says that nothing more is sent.
    void shut_down();
    void close();

  private:
    struct Free {
        void operator()(ssl_st* ssl) const;
    };

    Step read_plain(std::span<char> into);
    Step write_plain(std::span<const boost::asio::const_buffer> buffers);
    Step write_tls(std::span<const boost::asio::const_buffer> buffers);
    Step tls_step(int result, std::size_t bytes);
    /// The number of a socket that was closed may be another one's by now.
    bool is_open() const { return socket_.is_open(); }

    Socket socket_;
    std::unique_ptr<ssl_st, Free> ssl_;
    bool is_shaken_ = false;
    std::string unread_;
    Monotonic::time_point last_read_ = Monotonic::now();
    Monotonic::time_point last_write_ = last_read_;
};

}  // namespace comity::server
