// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/ids.hpp"

#include <compare>
#include <string>
#include <variant>

namespace comity::wire {

/// A warning as people name it, since they do not know the id of its alert: "warning TRACK in
/// AIRSPACE".
struct WarningName {
    std::string track;
    std::string airspace;
    friend auto operator<=>(const WarningName&, const WarningName&) = default;
};

/// What can be told, as a scenario names it. The reference is never of a warning. A value.
using ScenarioItem = std::variant<accord::ItemRef, WarningName>;

/// "intent/S1", "warning S1 in north-airspace".
std::string to_string(const ScenarioItem& item);

}  // namespace comity::wire
