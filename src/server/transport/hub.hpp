// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "asio_types.hpp"

#include "comity/server/http.hpp"
#include "comity/server/network.hpp"
#include "comity/system/system_entropy.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace comity::server {

class Connection;

/// What the connections of one network share. Network's thread, the counts excepted.
class Hub {
  public:
    Hub(const NetworkLimits& its_limits, Service& its_service)
        : limits(its_limits), service(its_service) {}

    const NetworkLimits limits;
    Service& service;
    bool is_stopping = false;
    /// Called when the last connection goes while it is stopping.
    std::function<void()> on_empty;

    struct Counters {
        std::atomic<std::uint64_t> accepted{0};
        std::atomic<std::uint64_t> open{0};
        std::atomic<std::uint64_t> streams{0};
        std::atomic<std::uint64_t> refused_connections{0};
        std::atomic<std::uint64_t> timeouts{0};
        std::atomic<std::uint64_t> bad_requests{0};
    };
    Counters counters;

    /// Where each read puts its bytes first, so that nobody who waits for some holds room for them.
    std::array<char, std::size_t{16} << 10> scratch{};

    bool has_room_for(const std::string& address) const;
    void add(Connection& connection, const std::string& address);
    void remove(Connection& connection, const std::string& address);
    const std::set<Connection*>& connections() const { return connections_; }

    /// What names a request: the client's own word for it where that is harmless, else 16 digits.
    std::string name_request(std::string_view asked_for);
    /// Now, as in the header "date".
    std::string_view date();

  private:
    std::set<Connection*> connections_;
    std::map<std::string, std::size_t> per_address_;
    system::SystemEntropy entropy_;
    std::int64_t date_second_ = -1;
    std::string date_;
};

}  // namespace comity::server
