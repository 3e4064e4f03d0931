// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "listener.hpp"

#include <utility>

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <fmt/format.h>

namespace comity::server {
namespace {

namespace asio = boost::asio;

std::string name_of(const Tcp::endpoint& endpoint) {
    const std::string address = endpoint.address().to_string();
    return endpoint.address().is_v6() ? fmt::format("[{}]:{}", address, endpoint.port())
                                      : fmt::format("{}:{}", address, endpoint.port());
}

std::string words_of(const ErrorCode& error) {
    if (error == asio::error::address_in_use) {
        return "is in use; expected a port that no other program listens on";
    }
    if (error == asio::error::access_denied) {
        return "may not be listened on by this user; expected a port from 1024 up";
    }
    if (error == boost::system::errc::address_not_available) {
        return "is no address of this machine; expected one of its own, 127.0.0.1 or 0.0.0.0";
    }
    return "cannot be listened on (" + error.message() + "); expected a free address and port";
}

}  // namespace

base::Expected<Listener, NetworkError> listen(const Executor& executor,
                                              const ListenAddress& address) {
    ErrorCode error;
    const auto ip = asio::ip::make_address(address.address, error);
    if (error) {
        return base::Unexpected(
            NetworkError{.where = address.address,
                         .text = "is no IP address; expected one as 127.0.0.1 or ::1"});
    }
    Listener listener{.acceptor = boost::asio::basic_socket_acceptor<Tcp, Executor>(executor),
                      .tls = nullptr,
                      .url = {}};
    if (address.tls) {
        auto context = make_tls_context(*address.tls);
        if (!context) return base::Unexpected(context.error());
        listener.tls = *std::move(context);
    }
    const Tcp::endpoint endpoint(ip, address.port);
    auto& acceptor = listener.acceptor;
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
    // An IPv4 address is listened on where it is asked for, and by that name.
    if (!error && ip.is_v6()) acceptor.set_option(asio::ip::v6_only(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    Tcp::endpoint bound;
    if (!error) bound = acceptor.local_endpoint(error);
    if (error) {
        return base::Unexpected(NetworkError{.where = name_of(endpoint), .text = words_of(error)});
    }
    listener.url = (address.tls ? "https://" : "http://") + name_of(bound);
    return listener;
}

}  // namespace comity::server
