// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/server/config.hpp"
#include "comity/wire/yaml_reading.hpp"

#include <vector>

namespace comity::server {

/// What the node listens on: a list, not empty.
std::vector<Config::Listener> listeners_of(wire::Reading& reading, const wire::YamlNode& node);
/// Where the one who runs the node looks.
Config::Listener admin_of(wire::Reading& reading, const wire::YamlNode& node);
/// A fault where two of them are the same; the nodes are those that they were read from, or none.
void check_different(wire::Reading& reading, const Config& config, const wire::YamlNode* listen,
                     const wire::YamlNode* admin);

std::vector<Config::Feed> feeds_of(wire::Reading& reading, const wire::YamlNode* node);

}  // namespace comity::server
