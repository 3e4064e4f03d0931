// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/network.hpp"

#include "asio_types.hpp"
#include "connection.hpp"
#include "hub.hpp"
#include "listener.hpp"

#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace comity::server {
namespace {

namespace asio = boost::asio;

// An IPv4 address has one name, also where it came over a socket of IPv6.
asio::ip::address plain_address(const asio::ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    }
    return address;
}

// Where a coroutine fails, something of ours does: the program ends with it.
void rethrow(const std::exception_ptr& failure) {
    if (failure) std::rethrow_exception(failure);
}

class AsioNetwork final : public Network {
  public:
    AsioNetwork(const NetworkLimits& limits, Service& service)
        : hub_(limits, service), work_(asio::make_work_guard(io_)) {
        hub_.on_empty = [this] { io_.stop(); };
    }
    ~AsioNetwork() override { hub_.on_empty = nullptr; }

    base::Expected<void, NetworkError> listen_on(const ListenAddress& address);

    std::vector<std::string> urls() const override;
    void run() override;
    void stop() override;
    void post(std::function<void()> work) override { asio::post(io_, std::move(work)); }
    void after(std::chrono::milliseconds time, std::function<void()> work) override;
    NetworkCounts counts() const override;

  private:
    asio::awaitable<void> accept_on(Listener& listener);
    void take(Socket socket, Listener& listener);
    void begin_stop();

    // Before the context: what ends with it looks into the hub for the last time.
    Hub hub_;
    asio::io_context io_{1};
    asio::executor_work_guard<Executor> work_;
    std::vector<std::unique_ptr<Listener>> listeners_;
    std::atomic<bool> is_stopped_{false};
};

base::Expected<void, NetworkError> AsioNetwork::listen_on(const ListenAddress& address) {
    auto listener = listen(io_.get_executor(), address);
    if (!listener) return base::Unexpected(listener.error());
    listeners_.push_back(std::make_unique<Listener>(*std::move(listener)));
    return {};
}

std::vector<std::string> AsioNetwork::urls() const {
    std::vector<std::string> urls;
    for (const auto& listener : listeners_) urls.push_back(listener->url);
    return urls;
}

void AsioNetwork::run() {
    for (const auto& listener : listeners_) {
        asio::co_spawn(io_, accept_on(*listener), rethrow);
    }
    io_.run();
}

void AsioNetwork::take(Socket socket, Listener& listener) {
    ErrorCode error;
    const auto endpoint = socket.remote_endpoint(error);
    if (error) return;  // it is gone already
    const auto address = plain_address(endpoint.address());
    Peer peer{.address = address.to_string(),
              .is_loopback = address.is_loopback(),
              .is_tls = listener.tls != nullptr,
              .certificate = std::nullopt};
    if (!hub_.has_room_for(peer.address)) {
        ++hub_.counters.refused_connections;
        return;
    }
    auto connection =
        std::make_shared<Connection>(hub_, std::move(socket), std::move(peer), listener.tls.get());
    asio::co_spawn(io_, Connection::serve(std::move(connection)), rethrow);
}

asio::awaitable<void> AsioNetwork::accept_on(Listener& listener) {
    // For who asks while the process has no file or memory left.
    constexpr std::chrono::milliseconds kPause{100};
    Timer pause(io_.get_executor());
    while (!hub_.is_stopping) {
        ErrorCode error;
        Socket socket = co_await listener.acceptor.async_accept(
            asio::redirect_error(asio::use_awaitable, error));
        if (hub_.is_stopping) break;
        if (!error) {
            take(std::move(socket), listener);
        } else if (error != asio::error::connection_aborted) {
            pause.expires_after(kPause);
            co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
        }
    }
}

void AsioNetwork::stop() {
    if (is_stopped_.exchange(true)) return;
    asio::post(io_, [this] { begin_stop(); });
}

void AsioNetwork::begin_stop() {
    hub_.is_stopping = true;
    for (const auto& listener : listeners_) {
        ErrorCode ignored;
        listener->acceptor.close(ignored);
    }
    for (Connection* const connection : hub_.connections()) connection->stop();
    const auto timer = std::make_shared<Timer>(io_.get_executor(), hub_.limits.stop);
    timer->async_wait([this, timer](const ErrorCode&) {
        for (Connection* const connection : hub_.connections()) connection->abort();
    });
    if (hub_.connections().empty()) io_.stop();
}

void AsioNetwork::after(std::chrono::milliseconds time, std::function<void()> work) {
    const auto timer = std::make_shared<Timer>(io_.get_executor(), time);
    // The timer itself belongs to the network's thread.
    asio::post(io_, [this, timer, work = std::move(work)]() mutable {
        timer->async_wait([this, timer, work = std::move(work)](const ErrorCode& error) {
            if (!error && !is_stopped_) work();
        });
    });
}

NetworkCounts AsioNetwork::counts() const {
    const Hub::Counters& counters = hub_.counters;
    return {.accepted = counters.accepted,
            .open = counters.open,
            .streams = counters.streams,
            .refused_connections = counters.refused_connections,
            .timeouts = counters.timeouts,
            .bad_requests = counters.bad_requests};
}

}  // namespace

base::Expected<std::unique_ptr<Network>, NetworkError> Network::open(
    const std::vector<ListenAddress>& addresses, const NetworkLimits& limits, Service& service) {
    auto network = std::make_unique<AsioNetwork>(limits, service);
    for (const ListenAddress& address : addresses) {
        if (auto listening = network->listen_on(address); !listening) {
            return base::Unexpected(listening.error());
        }
    }
    return network;
}

}  // namespace comity::server
