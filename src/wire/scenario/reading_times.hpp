// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/instant.hpp"
#include "comity/wire/yaml_reading.hpp"

namespace comity::wire {

/// The days and times of a scenario. A value.
struct Times {
    geo::Instant start{};
    geo::Instant end{};
};
/// RFC 3339 or Unix seconds.
geo::Instant full_instant_of(Reading& reading, const YamlNode* node);
/// RFC 3339, Unix seconds, or a time of the day on which the scenario starts (UTC).
geo::Instant instant_of(Reading& reading, const YamlNode* node, const Times& times);
/// From the start to the end; the start where the key is not there.
geo::Instant instant_within(Reading& reading, const YamlNode* node, const Times& times);

}  // namespace comity::wire
