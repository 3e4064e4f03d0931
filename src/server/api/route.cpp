// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "route.hpp"

#include <array>

namespace comity::server {
namespace {

// Up to the next slash; what is left begins behind it.
std::string_view cut(std::string_view& rest) {
    const std::size_t end = rest.find('/');
    const std::string_view part = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    return part;
}

}  // namespace

std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
    std::vector<std::string> parts;
    while (!pattern.empty()) {
        if (path.empty()) return std::nullopt;
        const std::string_view expected = cut(pattern);
        if (expected == "{*}") {
            parts.emplace_back(path);
            return parts;
        }
        const bool ends = path.find('/') == std::string_view::npos;
        const std::string_view part = cut(path);
        // "a/" is not "a".
        if (pattern.empty() != ends) return std::nullopt;
        if (expected == "{}") {
            if (part.empty()) return std::nullopt;
            parts.emplace_back(part);
        } else if (part != expected) {
            return std::nullopt;
        }
    }
    if (!path.empty()) return std::nullopt;
    return parts;
}

Found find_route(std::string_view method, const std::string& path) {
    Found found;
    const std::string_view looked_for = method == "HEAD" ? "GET" : method;
    for (const auto& routes : std::array{item_routes(), act_routes(), session_routes(),
                                         track_routes(), ledger_routes(), service_routes()}) {
        for (const Route& route : routes) {
            auto parts = match(route.path, std::string_view(path).substr(1));
            if (!parts) continue;
            if (route.method == looked_for) {
                return {.route = &route, .parts = *std::move(parts)};
            }
            if (!found.allowed.empty()) found.allowed += ", ";
            found.allowed += route.method;
        }
    }
    return found;
}

}  // namespace comity::server
