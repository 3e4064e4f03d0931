// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/feed_reader.hpp"

#include "comity/base/check.hpp"
#include "comity/server/feed_decoder.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include <fcntl.h>
#include <fmt/core.h>
#include <netdb.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace comity::server {
namespace {

constexpr int kConnectMs = 5'000;
constexpr int kRestMs = 2'000;
// A feed that says nothing for so long is connected to anew: half-open connections say nothing for
// ever.
constexpr int kSilentMs = 30'000;

struct AddressesDeleter {
    void operator()(addrinfo* all) const { freeaddrinfo(all); }
};
using Addresses = std::unique_ptr<addrinfo, AddressesDeleter>;

}  // namespace

FeedReader::FeedReader(Config::Feed feed, Inbox& inbox, std::atomic<std::uint64_t>& dropped,
                       Say say)
    : feed_(std::move(feed)),
      inbox_(inbox),
      dropped_(dropped),
      say_(std::move(say)),
      wake_(eventfd(0, EFD_CLOEXEC)) {
    COMITY_CHECK(wake_ >= 0);
    thread_ = std::thread([this] { run(); });
}

FeedReader::~FeedReader() {
    is_stopping_ = true;
    const std::uint64_t one = 1;
    COMITY_CHECK(write(wake_, &one, sizeof one) == sizeof one);
    thread_.join();
    close(wake_);
}

void FeedReader::run() {
    do {
        const int socket = connect_once();
        if (socket < 0) continue;
        read(socket);
        close(socket);
    } while (rests());
}

// True where it is to go on.
bool FeedReader::rests() {
    pollfd woken{.fd = wake_, .events = POLLIN, .revents = 0};
    poll(&woken, 1, kRestMs);
    return !is_stopping_;
}

// A socket, or -1.
int FeedReader::connect_once() {
    const auto fail = [this](const std::string& what) {
        // Once for each change: a feed that is away for a night fills no log.
        if (what != std::exchange(last_said_, what)) say_(feed_.name, what, true);
        return -1;
    };
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const std::string port = std::to_string(feed_.port);
    const int looked_up = getaddrinfo(feed_.host.c_str(), port.c_str(), &hints, &found);
    if (looked_up != 0) return fail(fmt::format("{}: {}", feed_.host, gai_strerror(looked_up)));
    const Addresses addresses(found);
    std::string why = "no address";
    for (const addrinfo* at = addresses.get(); at != nullptr; at = at->ai_next) {
        const int made = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (made < 0) return fail(std::strerror(errno));
        int error = connect(made, at->ai_addr, at->ai_addrlen) == 0 ? 0 : errno;
        if (error == EINPROGRESS) {
            std::array<pollfd, 2> polled{pollfd{.fd = made, .events = POLLOUT, .revents = 0},
                                         pollfd{.fd = wake_, .events = POLLIN, .revents = 0}};
            error = ETIMEDOUT;
            socklen_t size = sizeof error;
            if (poll(polled.data(), polled.size(), kConnectMs) > 0 && polled[0].revents != 0) {
                getsockopt(made, SOL_SOCKET, SO_ERROR, &error, &size);
            }
        }
        if (error == 0) {
            last_said_.clear();
            say_(feed_.name, fmt::format("connected to {}:{}", feed_.host, feed_.port), false);
            return made;
        }
        why = std::strerror(error);
        close(made);
    }
    return fail(fmt::format("{}:{}: {}", feed_.host, feed_.port, why));
}

void FeedReader::read(int socket) {
    FeedDecoder decoder(feed_);
    std::array<std::byte, 65'536> buffer{};
    while (!is_stopping_) {
        std::array<pollfd, 2> polled{pollfd{.fd = socket, .events = POLLIN, .revents = 0},
                                     pollfd{.fd = wake_, .events = POLLIN, .revents = 0}};
        const int ready = poll(polled.data(), polled.size(), kSilentMs);
        if (ready == 0) return say_(feed_.name, "silent for 30 s: connecting anew", true);
        if (polled[0].revents == 0) continue;
        const ssize_t got = recv(socket, buffer.data(), buffer.size(), 0);
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (got <= 0) return say_(feed_.name, "the other end closed the connection", true);
        auto batch = decoder.take(std::span(buffer).first(static_cast<std::size_t>(got)));
        if (!batch) return say_(feed_.name, batch.error(), true);
        if (batch->bytes.empty()) continue;
        if (!inbox_.report(*std::move(batch))) ++dropped_;
    }
}

}  // namespace comity::server
