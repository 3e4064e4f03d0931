// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

namespace comity::server {

/// The object that a small body holds; absent where it is larger, none, or has a member twice: two
/// programs would read two different ones.
std::optional<nlohmann::json> parse_object(const std::string& body, std::size_t most);

}  // namespace comity::server
