// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/airspace/airspace.hpp"

#include <array>
#include <utility>

namespace comity::airspace {
namespace {

constexpr std::array<std::pair<AirspaceType, const char*>, 9> kTypeNames = {{
    {AirspaceType::kUnstated, "unstated"},
    {AirspaceType::kNational, "national"},
    {AirspaceType::kProhibited, "prohibited"},
    {AirspaceType::kRestricted, "restricted"},
    {AirspaceType::kDanger, "danger"},
    {AirspaceType::kHazard, "hazard"},
    {AirspaceType::kTemporarySegregated, "tsa"},
    {AirspaceType::kTemporaryReserved, "tra"},
    {AirspaceType::kBuffer, "buffer"},
}};

}  // namespace

const char* to_string(AirspaceType type) {
    for (const auto& [known, name] : kTypeNames) {
        if (known == type) return name;
    }
    return "unknown";
}

std::optional<AirspaceType> airspace_type_from(std::string_view name) {
    for (const auto& [type, known] : kTypeNames) {
        if (name == known) return type;
    }
    return std::nullopt;
}

}  // namespace comity::airspace
