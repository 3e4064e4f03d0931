// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "asio_types.hpp"
#include "tls_context.hpp"

#include "comity/base/expected.hpp"
#include "comity/server/network.hpp"

#include <string>

#include <boost/asio/basic_socket_acceptor.hpp>

namespace comity::server {

/// A socket that listens.
struct Listener {
    boost::asio::basic_socket_acceptor<Tcp, Executor> acceptor;
    TlsContext tls;  ///< null: plain
    std::string url;
};

base::Expected<Listener, NetworkError> listen(const Executor& executor,
                                              const ListenAddress& address);

}  // namespace comity::server
