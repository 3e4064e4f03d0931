// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "server_client.hpp"

#include "comity/base/check.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace comity::bench {
namespace {

constexpr unsigned kPing = 9;
constexpr unsigned kPong = 10;

SSL_CTX* context() {
    static SSL_CTX* const made = [] {
        SSL_CTX* const fresh = SSL_CTX_new(TLS_client_method());
        COMITY_CHECK(fresh != nullptr);
        SSL_CTX_set_mode(fresh, SSL_MODE_RELEASE_BUFFERS);
        return fresh;
    }();
    return made;
}

int connect_to(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    COMITY_CHECK(socket >= 0);
    sockaddr_in there{};
    there.sin_family = AF_INET;
    there.sin_port = htons(port);
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    COMITY_CHECK(::connect(socket, reinterpret_cast<const sockaddr*>(&there), sizeof there) == 0);
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

void wait_for(int socket) {
    constexpr int kLongestMs = 30'000;
    pollfd polled{.fd = socket, .events = POLLIN, .revents = 0};
    COMITY_CHECK(::poll(&polled, 1, kLongestMs) == 1);
}

std::string masked_frame(unsigned opcode, std::string_view payload) {
    COMITY_CHECK(payload.size() < 126);
    std::string frame;
    frame += static_cast<char>(opcode | 0x80U);
    frame += static_cast<char>(payload.size() | 0x80U);
    // A mask of zeros is one as any other.
    frame.append(4, '\0');
    return frame.append(payload);
}

}  // namespace

double Latencies::ms(double share) const {
    if (times_.empty()) return std::nan("");
    std::vector<std::uint32_t> sorted = times_;
    const auto at = sorted.begin() +
                    static_cast<std::ptrdiff_t>(share * static_cast<double>(sorted.size() - 1));
    std::ranges::nth_element(sorted, at);
    return static_cast<double>(*at) / 1e3;
}

void TlsLine::FreeSsl::operator()(ssl_st* ssl) const {
    SSL_free(ssl);
}

TlsLine::TlsLine(std::uint16_t port) : socket_(connect_to(port)), ssl_(SSL_new(context())) {
    COMITY_CHECK(SSL_set_fd(ssl_.get(), socket_) == 1 && SSL_connect(ssl_.get()) == 1);
    ::fcntl(socket_, F_SETFL, O_NONBLOCK);
}

TlsLine::~TlsLine() {
    ::close(socket_);
}

void TlsLine::send(std::string_view bytes) {
    const int sent = SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
    COMITY_CHECK(sent == static_cast<int>(bytes.size()));
}

bool TlsLine::receive(std::string& in) {
    for (std::array<char, 16'384> some{};;) {
        const int got = SSL_read(ssl_.get(), some.data(), static_cast<int>(some.size()));
        if (got <= 0) return SSL_get_error(ssl_.get(), got) == SSL_ERROR_WANT_READ;
        in.append(some.data(), static_cast<std::size_t>(got));
    }
}

Poller::Poller() : poll_(::epoll_create1(EPOLL_CLOEXEC)) {
    COMITY_CHECK(poll_ >= 0);
}
Poller::~Poller() {
    ::close(poll_);
}

void Poller::add(int socket, std::size_t index) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = index;
    COMITY_CHECK(::epoll_ctl(poll_, EPOLL_CTL_ADD, socket, &event) == 0);
}

std::span<const std::size_t> Poller::wait(Steady::duration longest) {
    std::array<epoll_event, 256> events{};
    const auto whole = std::max(longest, Steady::duration::zero());
    const auto seconds = std::chrono::floor<std::chrono::seconds>(whole);
    const timespec time{.tv_sec = seconds.count(), .tv_nsec = (whole - seconds).count()};
    const int count =
        ::epoll_pwait2(poll_, events.data(), static_cast<int>(events.size()), &time, nullptr);
    ready_.clear();
    for (int i = 0; i < count; ++i) ready_.push_back(events[static_cast<std::size_t>(i)].data.u64);
    return ready_;
}

StreamClient::StreamClient(std::uint16_t port, const std::string& api_key, bool has_tracks)
    : line_(port) {
    line_.send("GET /v1/stream" + std::string(has_tracks ? "?tracks=1" : "") +
               " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + api_key +
               "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
               "Sec-WebSocket-Protocol: comity.v1\r\n\r\n");
    std::size_t end = std::string::npos;
    while ((end = in_.find("\r\n\r\n")) == std::string::npos) {
        wait_for(line_.socket());
        COMITY_CHECK(line_.receive(in_));
    }
    COMITY_CHECK(in_.starts_with("HTTP/1.1 101 "));
    in_.erase(0, end + 4);
}

void StreamClient::receive(const Take& take) {
    COMITY_CHECK(line_.receive(in_));
    std::size_t begin = 0;
    const auto byte = [&](std::size_t at) {
        return static_cast<std::size_t>(static_cast<unsigned char>(in_[begin + at]));
    };
    while (in_.size() - begin >= 2) {
        std::size_t size = byte(1);
        const std::size_t digits = size < 126 ? 0 : size == 126 ? 2 : 8;
        if (in_.size() - begin < 2 + digits) break;
        if (digits > 0) size = 0;
        for (std::size_t i = 0; i < digits; ++i) size = size * 256 + byte(2 + i);
        if (in_.size() - begin < 2 + digits + size) break;
        const auto opcode = static_cast<unsigned>(byte(0) & 15U);
        const auto payload = std::string_view(in_).substr(begin + 2 + digits, size);
        if (opcode == kPing) line_.send(masked_frame(kPong, payload));
        if (opcode == kText || opcode == kBinary) take(opcode, payload);
        begin += 2 + digits + size;
    }
    in_.erase(0, begin);
}

}  // namespace comity::bench
