// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "json_body.hpp"

#include <set>
#include <utility>
#include <vector>

namespace comity::server {

std::optional<nlohmann::json> parse_object(const std::string& body, std::size_t most) {
    if (body.size() > most) return std::nullopt;
    std::vector<std::set<std::string>> open;  // of each object, its members so far
    bool is_twice = false;
    const auto look = [&](int /*depth*/, nlohmann::json::parse_event_t event,
                          nlohmann::json& parsed) {
        using enum nlohmann::json::parse_event_t;
        if (event == object_start) open.emplace_back();
        if (event == object_end) open.pop_back();
        if (event == key) {
            is_twice = is_twice || !open.back().insert(parsed.get<std::string>()).second;
        }
        return true;
    };
    auto json = nlohmann::json::parse(body, look, false);
    if (is_twice || !json.is_object()) return std::nullopt;
    return json;
}

}  // namespace comity::server
