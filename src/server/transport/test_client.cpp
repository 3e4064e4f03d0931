// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "test_client.hpp"

#include "comity/base/check.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <boost/asio/ip/tcp.hpp>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace comity::server {
namespace {

int connect_to(std::uint16_t port, int receive_buffer) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    COMITY_CHECK(socket >= 0);
    const timeval patience{.tv_sec = 20, .tv_usec = 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (receive_buffer > 0) {
        ::setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    const boost::asio::ip::tcp::endpoint there(boost::asio::ip::address_v4::loopback(), port);
    COMITY_CHECK(::connect(socket, there.data(), static_cast<socklen_t>(there.size())) == 0);
    return socket;
}

}  // namespace

void TestClient::FreeContext::operator()(ssl_ctx_st* context) const {
    SSL_CTX_free(context);
}
void TestClient::FreeSsl::operator()(ssl_st* ssl) const {
    SSL_free(ssl);
}

std::string TestClient::Response::header(std::string_view name) const {
    const std::string line = "\r\n" + std::string(name) + ": ";
    const std::size_t found = head.find(line);
    if (found == std::string::npos) return {};
    const std::size_t begin = found + line.size();
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

unsigned TestClient::Frame::close_code() const {
    if (opcode != kClose || payload.size() < 2) return 0;
    return static_cast<unsigned char>(payload[0]) * 256U + static_cast<unsigned char>(payload[1]);
}

TestClient::TestClient(std::uint16_t port, const std::optional<Tls>& tls, int receive_buffer)
    : socket_(connect_to(port, receive_buffer)) {
    if (tls) shake_hands(*tls);
}

TestClient::~TestClient() {
    ::close(socket_);
}

void TestClient::shake_hands(const Tls& tls) {
    context_.reset(SSL_CTX_new(TLS_client_method()));
    if (tls.is_old) SSL_CTX_set_max_proto_version(context_.get(), TLS1_2_VERSION);
    if (!tls.certificate.empty()) {
        COMITY_CHECK(SSL_CTX_use_certificate_chain_file(context_.get(), tls.certificate.c_str()) ==
                     1);
        COMITY_CHECK(
            SSL_CTX_use_PrivateKey_file(context_.get(), tls.key.c_str(), SSL_FILETYPE_PEM) == 1);
    }
    ssl_.reset(SSL_new(context_.get()));
    if (!tls.protocols.empty()) {
        SSL_set_alpn_protos(ssl_.get(),
                            reinterpret_cast<const unsigned char*>(tls.protocols.data()),
                            static_cast<unsigned>(tls.protocols.size()));
    }
    SSL_set_fd(ssl_.get(), socket_);
    is_shaken_ = SSL_connect(ssl_.get()) == 1;
}

std::string TestClient::tls_version() const {
    return SSL_get_version(ssl_.get());
}

std::string TestClient::chosen_protocol() const {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(ssl_.get(), &name, &size);
    return std::string(reinterpret_cast<const char*>(name), size);
}

bool TestClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ssl_ != nullptr
                               ? SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()))
                               : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

void TestClient::half_close() {
    ::shutdown(socket_, SHUT_WR);
}

bool TestClient::read_some() {
    if (is_ended_) return false;
    std::array<char, 16384> bytes{};
    const auto count = ssl_ != nullptr
                           ? SSL_read(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()))
                           : ::recv(socket_, bytes.data(), bytes.size(), 0);
    // A reset is an end as well; that nothing came for so long is none.
    if (count <= 0) {
        was_reset_ = count < 0 && errno == ECONNRESET;
        is_ended_ = count == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
        return false;
    }
    in_.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
}

bool TestClient::read_up_to(std::size_t size) {
    while (in_.size() < size) {
        if (!read_some()) return false;
    }
    return true;
}

TestClient::Response TestClient::read_response(bool without_body) {
    Response response;
    std::size_t end = std::string::npos;
    while ((end = in_.find("\r\n\r\n")) == std::string::npos) {
        if (!read_some()) return response;
    }
    response.head = in_.substr(0, end + 4);
    in_.erase(0, end + 4);
    const auto size = static_cast<std::size_t>(
        std::strtoul(response.header("content-length").c_str(), nullptr, 10));
    if (!without_body) {
        if (!read_up_to(size)) return response;
        response.body = in_.substr(0, size);
        in_.erase(0, size);
    }
    if (!response.head.starts_with("HTTP/1.1 ")) return response;
    response.status = static_cast<unsigned>(std::strtoul(response.head.c_str() + 9, nullptr, 10));
    return response;
}

std::optional<std::string> TestClient::read_to_end() {
    while (read_some()) {
    }
    if (!is_ended_) return std::nullopt;
    return in_;
}

TestClient::Response TestClient::upgrade(std::string_view more_headers) {
    send(std::string(kHandshake) + "Sec-WebSocket-Protocol: other, comity.v1\r\n" +
         std::string(more_headers) + "\r\n");
    return read_response();
}

bool TestClient::send_frame(unsigned opcode, std::string_view payload, bool is_last) {
    constexpr std::array<char, 4> kMask = {'\x12', '\x34', '\x56', '\x78'};
    std::string frame;
    frame += static_cast<char>(opcode | (is_last ? 0x80U : 0U));
    // The shortest form of the length that holds it, as it must be.
    const unsigned digits = payload.size() < 126 ? 0 : payload.size() < 65'536 ? 2 : 8;
    const std::size_t first = digits == 0 ? payload.size() : digits == 2 ? 126 : 127;
    frame += static_cast<char>(first | 0x80U);
    for (unsigned i = digits; i > 0; --i) {
        frame += static_cast<char>(payload.size() >> (8 * (i - 1)));
    }
    frame.append(kMask.begin(), kMask.end());
    for (std::size_t i = 0; i < payload.size(); ++i) {
        frame += static_cast<char>(payload[i] ^ kMask[i % kMask.size()]);
    }
    return send(frame);
}

TestClient::Frame TestClient::read_frame() {
    if (!read_up_to(2)) return {};
    std::size_t size = static_cast<unsigned char>(in_[1]);
    std::size_t begin = 2;
    if (size >= 126) {
        const std::size_t digits = size == 126 ? 2 : 8;
        if (!read_up_to(2 + digits)) return {};
        size = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            size = size * 256 + static_cast<unsigned char>(in_[2 + i]);
        }
        begin += digits;
    }
    if (!read_up_to(begin + size)) return {};
    Frame frame{.opcode = static_cast<unsigned char>(in_[0]) & 15U,
                .payload = in_.substr(begin, size)};
    in_.erase(0, begin + size);
    return frame;
}

std::string close_payload(unsigned code) {
    return {static_cast<char>(code >> 8U), static_cast<char>(code & 255U)};
}

}  // namespace comity::server
