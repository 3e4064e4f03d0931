// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "hub.hpp"

#include "response_head.hpp"

#include <algorithm>
#include <chrono>
#include <span>

namespace comity::server {

bool Hub::has_room_for(const std::string& address) const {
    if (connections_.size() >= limits.connections) return false;
    const auto found = per_address_.find(address);
    return found == per_address_.end() || found->second < limits.connections_per_address;
}

void Hub::add(Connection& connection, const std::string& address) {
    connections_.insert(&connection);
    ++per_address_[address];
    ++counters.accepted;
    ++counters.open;
}

void Hub::remove(Connection& connection, const std::string& address) {
    connections_.erase(&connection);
    const auto found = per_address_.find(address);
    if (--found->second == 0) per_address_.erase(found);
    --counters.open;
    if (is_stopping && connections_.empty() && on_empty) on_empty();
}

std::string Hub::name_request(std::string_view asked_for) {
    constexpr std::size_t kMaxName = 64;
    const bool is_harmless = std::ranges::all_of(asked_for, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-';
    });
    if (!asked_for.empty() && asked_for.size() <= kMaxName && is_harmless) {
        return std::string(asked_for);
    }
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::array<std::byte, 8> bytes{};
    entropy_.fill(bytes);
    std::string name;
    for (const std::byte byte : bytes) {
        name += kDigits[std::to_integer<std::size_t>(byte >> 4)];
        name += kDigits[std::to_integer<std::size_t>(byte & std::byte{15})];
    }
    return name;
}

std::string_view Hub::date() {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const std::int64_t second = now.time_since_epoch().count();
    if (second != date_second_) {
        date_second_ = second;
        date_ = http_date(now);
    }
    return date_;
}

}  // namespace comity::server
