// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// GeoJSON. Beside "no crash": what is read has names, vertices and ranges as promised; reading
// twice gives the same; a byte order mark changes nothing and an empty line before the text only
// moves the error's line; and what simdjson's other, tree-building parser refuses is refused.
#include "comity/airspace/airspace.hpp"
#include "comity/base/check.hpp"
#include "comity/base/expected.hpp"
#include "comity/chart/file_buffer.hpp"
#include "comity/chart/geojson.hpp"
#include "comity/geo/polygon.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

namespace {

using namespace comity;

using Result = base::Expected<std::vector<airspace::Airspace>, chart::ChartError>;

Result read(std::string_view text) {
    return chart::read_geojson(chart::FileBuffer::copy_of(text));
}

bool same(const geo::Polygon& a, const geo::Polygon& b) {
    if (a.ring_count() != b.ring_count()) return false;
    for (std::size_t i = 0; i < a.ring_count(); ++i) {
        if (!std::ranges::equal(a.ring(i), b.ring(i))) return false;
    }
    return true;
}

bool same(const airspace::Airspace& a, const airspace::Airspace& b) {
    return a.name == b.name && a.type == b.type && a.owner == b.owner && a.source == b.source &&
           a.accuracy == b.accuracy && a.validity == b.validity &&
           std::ranges::equal(a.footprint, b.footprint,
                              [](const auto& p, const auto& q) { return same(p, q); });
}

bool same(const Result& a, const Result& b, std::size_t lines_before) {
    if (a.has_value() != b.has_value()) return false;
    if (!a) {
        return a.error().code == b.error().code && a.error().text == b.error().text &&
               a.error().line + lines_before == b.error().line;
    }
    return std::ranges::equal(*a, *b, [](const auto& p, const auto& q) { return same(p, q); });
}

void check_read(const std::vector<airspace::Airspace>& airspaces, std::size_t file_size) {
    COMITY_CHECK(!airspaces.empty());
    std::size_t vertices = 0;
    for (const airspace::Airspace& one : airspaces) {
        COMITY_CHECK(!one.name.empty());
        COMITY_CHECK(one.name.size() <= chart::GeoJsonLimits::kMaxNameBytes);
        COMITY_CHECK(!one.accuracy || one.accuracy->in_metres() >= 0.0);
        COMITY_CHECK(!one.validity || one.validity->begin <= one.validity->end);
        COMITY_CHECK(!one.footprint.empty());
        for (const geo::Polygon& polygon : one.footprint) {
            COMITY_CHECK(polygon.ring_count() > 0);
            for (std::size_t i = 0; i < polygon.ring_count(); ++i) {
                COMITY_CHECK(polygon.ring(i).size() >= 3);
            }
            vertices += polygon.vertex_count();
        }
    }
    // Each vertex takes at least [0,0] and a comma.
    COMITY_CHECK(vertices * 6 <= file_size);
}

/// What the tree-building parser thinks of the text; success where its own limits are in the way.
bool is_json(std::string_view text) {
    simdjson::dom::parser parser;
    const auto error = parser.parse(text.data(), text.size()).error();
    // It reads integers of more than 64 bits as errors; they are numbers all the same.
    return error == simdjson::SUCCESS || error == simdjson::NUMBER_ERROR;
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    const std::string text(reinterpret_cast<const char*>(data), size);
    const Result result = read(text);
    if (result) {
        check_read(*result, size);
    } else {
        COMITY_CHECK(result.error().line >= 1);
        COMITY_CHECK(result.error().line <=
                     1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
        COMITY_CHECK(result.error().text.find("expected") != std::string::npos);
    }
    COMITY_CHECK(same(result, read(text), 0));
    if (!text.starts_with(kMark)) {
        COMITY_CHECK(same(result, read(std::string(kMark) + text), 0));
        COMITY_CHECK(same(result, read("\n" + text), 1));
        if (!is_json(text)) COMITY_CHECK(!result);
    }
    return 0;
}
