// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "sections.hpp"

#include "comity/geo/polygon.hpp"

#include <optional>
#include <utility>

namespace comity::wire {
namespace {

airspace::AirspaceType type_of(Reading& reading, const YamlNode* node) {
    using enum airspace::AirspaceType;
    constexpr airspace::AirspaceType kTypes[] = {
        kUnstated, kNational, kProhibited,          kRestricted,
        kDanger,   kHazard,   kTemporarySegregated, kTemporaryReserved,
        kBuffer};
    const std::string_view text = word_of(reading, node);
    if (text.empty()) return kUnstated;
    const auto type = airspace::airspace_type_from(text);
    if (!type) {
        std::vector<std::string> words;
        for (const auto known : kTypes) words.emplace_back(to_string(known));
        refuse_word(reading, *node, words);
    }
    return type.value_or(kUnstated);
}

geo::Interval validity_of(Context& context, const YamlNode& node) {
    Fields fields(context.reading, node, "a validity");
    const geo::Instant from = instant_of(context.reading, fields.need("from"), context.times);
    const geo::Instant until = instant_of(context.reading, fields.need("until"), context.times);
    fields.finish();
    if (until < from) {
        context.reading.fail(ScenarioFault::kConflict, node.line,
                             "'until' before 'from', expected a time at or after it");
    }
    return {.begin = from, .end = until};
}

std::optional<geo::Position> vertex_of(Context& context, const YamlNode& node) {
    if (node.kind != YamlKind::kList || node.children.size() != 2) {
        context.reading.fail(ScenarioFault::kKind, node.line,
                             "a position that is none, expected [latitude, longitude]");
        return std::nullopt;
    }
    return position_of(context, &node.children[0], &node.children[1]);
}

// One ring; it may be closed by its first position or not.
geo::Polygon polygon_of(Context& context, const YamlNode& node) {
    geo::PolygonBuilder builder(geo::EdgeKind::kStraightLonLat);
    std::optional<geo::Position> first;
    std::optional<geo::Position> last;
    const auto add = [&](geo::Position vertex, std::size_t line) {
        const auto added = builder.add(vertex);
        if (!added) context.reading.fail(ScenarioFault::kRange, line, to_string(added.error()));
        return added.has_value();
    };
    for (const YamlNode& one : list_of(context.reading, &node, ScenarioLimits::kMaxPolygon)) {
        const auto vertex = vertex_of(context, one);
        if (!vertex || !add(*vertex, one.line)) return {};
        if (!first) first = vertex;
        last = vertex;
    }
    if (first && first != last && !add(*first, node.line)) return {};
    if (const auto ended = builder.end_ring(); !ended) {
        context.reading.fail(ScenarioFault::kRange, node.line,
                             "a ring that is none, expected at least three positions");
        return {};
    }
    auto polygon = std::move(builder).finish();
    return polygon.value_or(geo::Polygon{});
}

std::variant<AreaFile, geo::Polygon> area_of(Context& context, Fields& fields) {
    const YamlNode* polygon = fields.find("polygon");
    const YamlNode* file = fields.find("file");
    const YamlNode* feature = fields.find("feature");
    if ((polygon == nullptr) == (file == nullptr)) {
        context.reading.fail(
            polygon == nullptr ? ScenarioFault::kMissingKey : ScenarioFault::kConflict,
            fields.line(),
            polygon == nullptr ? "an airspace without an area, expected 'file' or 'polygon'"
                               : "a file and a polygon, expected one of them");
        return AreaFile{};
    }
    if (polygon != nullptr && feature != nullptr) {
        context.reading.fail(ScenarioFault::kConflict, feature->line,
                             "a feature of a polygon, expected 'feature' beside 'file'");
    }
    if (polygon != nullptr) return polygon_of(context, *polygon);
    AreaFile area{.path = name_of(context.reading, file), .feature = {}};
    if (feature != nullptr) area.feature = name_of(context.reading, feature);
    return area;
}

void read_airspace(Context& context, const YamlKey& key, const YamlNode& node) {
    Reading& reading = context.reading;
    Fields fields(reading, node, "an airspace");
    ScenarioAirspace one{.line = key.line,
                         .id = key.text,
                         .owner = party_of(context, fields.need("owner")),
                         .at = instant_within(reading, fields.find("at"), context.times),
                         .type = type_of(reading, fields.find("type")),
                         .source = paragraph_of(reading, fields.find("source")),
                         .accuracy = accuracy_of(reading, fields.find("accuracy_m")),
                         .band = band_of(context, fields),
                         .validity = {},
                         .area = {}};
    if (const YamlNode* valid = fields.find("valid")) one.validity = validity_of(context, *valid);
    one.area = area_of(context, fields);
    fields.finish();
    context.scenario.airspaces.push_back(std::move(one));
}

}  // namespace

void read_airspaces(Context& context, const YamlNode* node) {
    for (const auto& [key, value] :
         mapping_of(context.reading, node, ScenarioLimits::kMaxAirspaces)) {
        check_id(context, *key);
        read_airspace(context, *key, *value);
        context.airspaces.add(key->text);
    }
}

}  // namespace comity::wire
