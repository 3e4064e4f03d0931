// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Altitude limits and positions.
#include "sections.hpp"

#include <optional>

namespace comity::wire {
namespace {

using AnyAltitude = std::variant<geo::PressureAltitude, geo::AltitudeMsl, geo::AltitudeWgs84>;

AnyAltitude altitude_of(Context& context, const YamlNode& node) {
    constexpr NumberRange kFlightLevels{.least = -100.0, .most = 10'000.0, .unit = "hundred ft"};
    constexpr NumberRange kFeet{.least = -10'000.0, .most = 1'000'000.0, .unit = "ft"};
    constexpr NumberRange kMetres{.least = -3'000.0, .most = 300'000.0, .unit = "m"};
    Fields fields(context.reading, node, "an altitude limit");
    const YamlNode* level = fields.find("fl");
    const YamlNode* feet = fields.find("ft_msl");
    const YamlNode* metres = fields.find("m_wgs84");
    fields.finish();
    if (node.children.size() != 1) {
        context.reading.fail(ScenarioFault::kConflict, node.line,
                             std::to_string(node.children.size()) +
                                 " altitudes, expected one of fl, ft_msl, m_wgs84");
    }
    if (level != nullptr) {
        return geo::PressureAltitude::at(
            geo::Height::feet(100.0 * number_of(context.reading, level, kFlightLevels)));
    }
    if (feet != nullptr) {
        return geo::AltitudeMsl::at(geo::Height::feet(number_of(context.reading, feet, kFeet)));
    }
    return geo::AltitudeWgs84::at(geo::Height::metres(number_of(context.reading, metres, kMetres)));
}

template <typename AltitudeType>
airspace::Band<AltitudeType> band_between(Context& context, const std::optional<AnyAltitude>& lower,
                                          const std::optional<AnyAltitude>& upper,
                                          const YamlNode* node) {
    airspace::Band<AltitudeType> band;
    if (lower) band.lower = std::get<AltitudeType>(*lower);
    if (upper) band.upper = std::get<AltitudeType>(*upper);
    if (lower && upper && *band.lower > *band.upper) {
        context.reading.fail(ScenarioFault::kConflict, node->line,
                             "an upper limit below the lower one, expected one at or above it");
    }
    return band;
}

}  // namespace

airspace::AltitudeBand band_of(Context& context, Fields& fields) {
    const YamlNode* lower_node = fields.find("lower");
    const YamlNode* upper_node = fields.find("upper");
    std::optional<AnyAltitude> lower;
    std::optional<AnyAltitude> upper;
    if (lower_node != nullptr) lower = altitude_of(context, *lower_node);
    if (upper_node != nullptr) upper = altitude_of(context, *upper_node);
    if (!lower && !upper) return {};
    if (lower && upper && lower->index() != upper->index()) {
        context.reading.fail(ScenarioFault::kConflict, upper_node->line,
                             "limits of two kinds, expected both fl, both ft_msl or both m_wgs84");
        return {};
    }
    return std::visit(
        [&]<typename AltitudeType>(AltitudeType /*kind*/) -> airspace::AltitudeBand {
            return band_between<AltitudeType>(context, lower, upper, upper_node);
        },
        lower ? *lower : *upper);
}

geo::Position position_of(Context& context, const YamlNode* latitude, const YamlNode* longitude) {
    constexpr NumberRange kLatitudes{.least = -90.0, .most = 90.0, .unit = "degrees of latitude"};
    constexpr NumberRange kLongitudes{
        .least = -180.0, .most = 180.0, .unit = "degrees of longitude"};
    const auto position = geo::Position::from_degrees(
        {.latitude = number_of(context.reading, latitude, kLatitudes),
         .longitude = number_of(context.reading, longitude, kLongitudes)});
    return position.value_or(geo::Position{});
}

}  // namespace comity::wire
