// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "stream.hpp"

#include "socket_bio.hpp"

#include "comity/base/check.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <boost/asio/error.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <sys/uio.h>

namespace comity::server {
namespace {

namespace asio = boost::asio;

// What one record of TLS holds, and what one read of a socket asks for.
constexpr std::size_t kChunk = std::size_t{16} << 10;

Step failed(int error) {
    return {.error = ErrorCode(error, boost::system::system_category())};
}

// The outcome of a call to the system that would wait, was broken off, or failed.
Step step_of(ssize_t result, Step::Need need) {
    if (result >= 0) return {.bytes = static_cast<std::size_t>(result)};
    if (errno == EAGAIN || errno == EINTR) return {.need = need};
    return failed(errno);
}

}  // namespace

void Stream::Free::operator()(ssl_st* ssl) const {
    SSL_free(ssl);
}

Stream::Stream(Socket socket, ssl_ctx_st* tls) : socket_(std::move(socket)) {
    ErrorCode ignored;  // a socket that is closed already fails at the first step
    socket_.native_non_blocking(true, ignored);
    socket_.set_option(Tcp::no_delay(true), ignored);
    if (tls == nullptr) return;
    ssl_.reset(SSL_new(tls));
    COMITY_CHECK(ssl_ != nullptr);
    BIO* const bio = make_socket_bio(socket_.native_handle());
    SSL_set_bio(ssl_.get(), bio, bio);
    SSL_set_accept_state(ssl_.get());
}

Stream::~Stream() = default;

Step Stream::tls_step(int result, std::size_t bytes) {
    if (result > 0) return {.bytes = bytes};
    const int system_error = errno;
    switch (SSL_get_error(ssl_.get(), result)) {
        case SSL_ERROR_WANT_READ:
            return {.need = Step::Need::kRead};
        case SSL_ERROR_WANT_WRITE:
            return {.need = Step::Need::kWrite};
        case SSL_ERROR_ZERO_RETURN:
            return {.error = asio::error::eof};
        case SSL_ERROR_SYSCALL:
            is_shaken_ = false;
            return system_error == 0 ? Step{.error = asio::error::eof} : failed(system_error);
        default:
            // After such a failure nothing more may be sent, a farewell neither.
            is_shaken_ = false;
            return failed(EPROTO);
    }
}

Step Stream::shake_hands() {
    if (!is_open()) return {.error = asio::error::operation_aborted};
    ERR_clear_error();
    errno = 0;
    const Step step = tls_step(SSL_do_handshake(ssl_.get()), 0);
    is_shaken_ = !step.error && step.need == Step::Need::kNothing;
    return step;
}

std::optional<seal::Hash> Stream::peer_certificate() const {
    if (ssl_ == nullptr) return std::nullopt;
    const X509* const certificate = SSL_get0_peer_certificate(ssl_.get());
    if (certificate == nullptr) return std::nullopt;
    seal::Hash hash;
    unsigned size = 0;
    COMITY_CHECK(X509_digest(certificate, EVP_sha256(),
                             reinterpret_cast<unsigned char*>(hash.bytes.data()), &size) == 1 &&
                 size == seal::Hash::kSize);
    return hash;
}

Step Stream::read_plain(std::span<char> into) {
    Step step =
        step_of(::recv(socket_.native_handle(), into.data(), into.size(), 0), Step::Need::kRead);
    if (step.bytes == 0 && step.need == Step::Need::kNothing && !step.error) {
        step.error = asio::error::eof;
    }
    return step;
}

Step Stream::read(std::span<char> into) {
    if (!is_open()) return {.error = asio::error::operation_aborted};
    if (into.empty()) return {};
    if (!unread_.empty()) {
        const std::size_t count = std::min(into.size(), unread_.size());
        std::memcpy(into.data(), unread_.data(), count);
        unread_.erase(0, count);
        if (unread_.empty()) unread_.shrink_to_fit();
        return {.bytes = count};
    }
    Step step;
    if (is_tls()) {
        ERR_clear_error();
        errno = 0;
        std::size_t bytes = 0;
        const int result = SSL_read_ex(ssl_.get(), into.data(), into.size(), &bytes);
        step = tls_step(result, bytes);
    } else {
        step = read_plain(into);
    }
    if (step.bytes > 0) last_read_ = Monotonic::now();
    return step;
}

void Stream::unread(std::string_view bytes) {
    unread_.insert(0, bytes);
}

Step Stream::write_plain(std::span<const asio::const_buffer> buffers) {
    std::array<iovec, kMaxBuffers> parts{};
    for (std::size_t i = 0; i < buffers.size(); ++i) {
        // The system's structure has no const in it, but writes only read.
        parts[i] = {.iov_base = const_cast<void*>(buffers[i].data()), .iov_len = buffers[i].size()};
    }
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = buffers.size();
    return step_of(::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL), Step::Need::kWrite);
}

// One record at a time. Small pieces share one; a step that is tried again gathers the same bytes
// again, as OpenSSL demands.
Step Stream::write_tls(std::span<const asio::const_buffer> buffers) {
    std::array<char, kChunk> gathered;
    asio::const_buffer record = buffers.front();
    if (record.size() < kChunk && buffers.size() > 1) {
        record = asio::buffer(gathered, asio::buffer_copy(asio::buffer(gathered), buffers));
    }
    ERR_clear_error();
    errno = 0;
    std::size_t bytes = 0;
    const int result =
        SSL_write_ex(ssl_.get(), record.data(), std::min(record.size(), kChunk), &bytes);
    return tls_step(result, bytes);
}

Step Stream::write(std::span<const asio::const_buffer> buffers) {
    if (!is_open()) return {.error = asio::error::operation_aborted};
    buffers = buffers.first(std::min(buffers.size(), kMaxBuffers));
    while (!buffers.empty() && buffers.front().size() == 0) buffers = buffers.subspan(1);
    if (buffers.empty()) return {};
    const Step step = is_tls() ? write_tls(buffers) : write_plain(buffers);
    if (step.bytes > 0) last_write_ = Monotonic::now();
    return step;
}

Step Stream::discard() {
    std::array<char, kChunk> thrown_away;
    return read_plain(thrown_away);
}

void Stream::cancel() {
    ErrorCode ignored;
    socket_.cancel(ignored);
}

void Stream::shut_down() {
    if (!is_open()) return;
    if (is_tls() && std::exchange(is_shaken_, false)) {
        ERR_clear_error();
        SSL_shutdown(ssl_.get());
    }
    ErrorCode ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
}

void Stream::close() {
    ErrorCode ignored;
    socket_.close(ignored);
}

}  // namespace comity::server
