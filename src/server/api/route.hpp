// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api_state.hpp"
#include "call.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace comity::server {

/// Who may use a route.
enum class Access : std::uint8_t {
    kAnybody,  ///< whoever can reach the node
    kPublic,   ///< the same, so many a second: it costs the node's thread something
    kCaller,   ///< a machine or a person of a party
    kActor,    ///< the same, but no observer
};

/// One address of api/openapi.yaml. `{}` in the path is a part of its own, `{*}` at the end all
/// that follows.
struct Route {
    std::string_view method;
    std::string_view path;
    Access access = Access::kCaller;
    void (*handle)(ApiState& state, const CallPtr& call) = nullptr;
};

/// All of them, each file of routes its own.
std::span<const Route> item_routes();
std::span<const Route> act_routes();
std::span<const Route> session_routes();
std::span<const Route> track_routes();
std::span<const Route> ledger_routes();
std::span<const Route> service_routes();

struct Found {
    const Route* route = nullptr;  ///< null: no such address, or not by this method
    std::vector<std::string> parts;
    std::string allowed;  ///< methods of the address, "GET, PUT"; empty: there is no such address
};
Found find_route(std::string_view method, const std::string& path);

/// The parts of a path that match the pattern; absent where it does not.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path);

}  // namespace comity::server
