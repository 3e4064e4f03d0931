// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "geojson/json_reader.hpp"

#include "geojson/json_faults.hpp"

#include "comity/base/expected.hpp"
#include "comity/chart/geojson.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <fmt/core.h>
#include <simdjson.h>

namespace comity::chart {

base::Expected<json::object, ChartError> JsonReader::open() {
    const simdjson::padded_string_view padded(text_, text_.size() + padding_);
    if (const auto error = parser_.iterate(padded).get(document_)) return fail(error, "JSON");
    at_ = text_.data() + std::min(text_.find_first_not_of(" \t\r\n"), text_.size());
    json::object object;
    const auto error = document_.get_object().get(object);
    if (error == simdjson::INCORRECT_TYPE) {
        return fail(ChartErrorCode::kNotGeoJson,
                    "the file's value is not an object, expected a GeoJSON FeatureCollection or "
                    "Feature");
    }
    if (error) return fail(error, "an object");
    return object;
}

Checked JsonReader::close() {
    const auto location = document_.current_location();
    if (location.error() == simdjson::OUT_OF_BOUNDS) return {};
    const std::size_t trailing = find_trailing_content(text_);
    return fail_at(trailing, ChartErrorCode::kTrailingContent,
                   "text after the end of the JSON value, expected the end of the file");
}

Failure JsonReader::fail_at(std::size_t offset, ChartErrorCode code, std::string text) const {
    return Failure(ChartError{.code = code,
                              .line = line_at(text_, std::min(offset, text_.size())),
                              .text = std::move(text)});
}

Failure JsonReader::fail(ChartErrorCode code, std::string text) const {
    return fail_at(static_cast<std::size_t>(at_ - text_.data()), code, std::move(text));
}

/// Where the parser stands: the end of the text where it has none left.
std::size_t JsonReader::location() {
    const char* place = nullptr;
    if (document_.current_location().get(place)) return text_.size();
    return std::min(static_cast<std::size_t>(place - text_.data()), text_.size());
}

Failure JsonReader::fail(simdjson::error_code error, std::string_view expected) {
    switch (error) {
        case simdjson::EMPTY:
            return fail_at(text_.size(), ChartErrorCode::kEmpty,
                           "the file is empty, expected GeoJSON");
        case simdjson::UTF8_ERROR:
            return fail_at(find_invalid_utf8(text_), ChartErrorCode::kInvalidUtf8,
                           "bytes that are not UTF-8, expected JSON in UTF-8");
        case simdjson::UNCLOSED_STRING:
            return fail_at(find_string_fault(text_), ChartErrorCode::kTruncated,
                           "a string is not closed, expected a quote before the end of the file");
        case simdjson::UNESCAPED_CHARS:
            return fail_at(find_string_fault(text_), ChartErrorCode::kSyntax,
                           "a control character in a string, expected it as \\u00XX");
        case simdjson::CAPACITY:
        case simdjson::MEMALLOC:
            return fail_at(0, ChartErrorCode::kTooLarge,
                           "not enough memory for the file, expected a smaller one");
        case simdjson::INCOMPLETE_ARRAY_OR_OBJECT: {
            const std::size_t trailing = find_trailing_content(text_);
            if (trailing < text_.size()) {
                return fail_at(trailing, ChartErrorCode::kTrailingContent,
                               "text after the end of the JSON value, expected the end of the "
                               "file");
            }
            return fail_at(text_.size(), ChartErrorCode::kTruncated,
                           "the file ends inside an array or object, expected its closing bracket");
        }
        case simdjson::STRING_ERROR:
            return fail(ChartErrorCode::kSyntax,
                        "a backslash that begins no escape, expected one of RFC 8259");
        case simdjson::NUMBER_ERROR:
            return fail(ChartErrorCode::kNotANumber,
                        fmt::format("not a finite decimal number, expected {}", expected));
        case simdjson::INCORRECT_TYPE:
            return fail(ChartErrorCode::kMemberType,
                        fmt::format("a value of another kind, expected {}", expected));
        default:
            break;
    }
    const std::size_t place = location();
    if (place == text_.size()) {
        return fail_at(text_.size(), ChartErrorCode::kTruncated,
                       fmt::format("the file ends too early, expected {}", expected));
    }
    return fail_at(place, ChartErrorCode::kSyntax,
                   fmt::format("not JSON, expected {} and a comma or a closing bracket", expected));
}

base::Expected<json::object, ChartError> JsonReader::object(json::value& value,
                                                            std::string_view expected) {
    stand_at(value);
    json::object object;
    if (const auto error = value.get_object().get(object)) return fail(error, expected);
    return object;
}

base::Expected<json::array, ChartError> JsonReader::array(json::value& value,
                                                          std::string_view expected) {
    stand_at(value);
    json::array array;
    if (const auto error = value.get_array().get(array)) return fail(error, expected);
    return array;
}

base::Expected<double, ChartError> JsonReader::number(json::value& value,
                                                      std::string_view expected) {
    stand_at(value);
    double number = 0.0;
    if (value.get_double().get(number)) {
        return fail(simdjson::NUMBER_ERROR, expected);
    }
    return number;
}

base::Expected<bool, ChartError> JsonReader::is_null(json::value& value) {
    stand_at(value);
    bool null = false;
    if (value.is_null().get(null)) return fail(ChartErrorCode::kSyntax, "not JSON, expected null");
    return null;
}

base::Expected<std::string, ChartError> JsonReader::text(json::value& value, std::string_view what,
                                                         std::size_t most_bytes) {
    stand_at(value);
    json::raw_json_string raw;
    if (const auto error = value.get_raw_json_string().get(raw)) {
        return fail(error, fmt::format("{} to be text", what));
    }
    const auto text = key_of(raw);
    if (!text) return base::Unexpected(text.error());
    if (text->size() > most_bytes) {
        return fail(
            ChartErrorCode::kTextTooLong,
            fmt::format("{} has {} bytes, expected at most {}", what, text->size(), most_bytes));
    }
    const auto is_control = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    };
    if (std::any_of(text->begin(), text->end(), is_control)) {
        return fail(ChartErrorCode::kControlCharacter,
                    fmt::format("{} has a control character, expected printable text", what));
    }
    return std::string(*text);
}

/// A string without its escapes; valid until the next call.
base::Expected<std::string_view, ChartError> JsonReader::key_of(json::raw_json_string raw) {
    const char* const begin = raw.raw();
    const char* const quote = begin - 1;
    at_ = quote;
    const std::string_view escaped =
        raw_string(text_.substr(static_cast<std::size_t>(quote - text_.data())));
    if (escaped.find('\\') == std::string_view::npos) return escaped;
    if (!has_good_escapes(escaped)) return fail(simdjson::STRING_ERROR, "an escape");
    // The parser writes whole blocks beyond the end.
    unescaped_.resize(escaped.size() + simdjson::SIMDJSON_PADDING);
    auto* to = reinterpret_cast<std::uint8_t*>(unescaped_.data());
    std::string_view text;
    if (const auto error = parser_.unescape(raw, to).get(text)) return fail(error, "an escape");
    return text;
}

base::Expected<std::string, ChartError> JsonReader::type_of(json::object& object) {
    std::string type;
    for (auto member : object) {
        json::field field;
        if (const auto error = std::move(member).get(field)) return fail(error, "a member");
        const auto key = key_of(field.key());
        if (!key) return base::Unexpected(key.error());
        json::value value = field.value();
        if (*key == "type") {
            auto read = text(value, "type", GeoJsonLimits::kMaxNameBytes);
            if (!read) return read;
            type = std::move(*read);
            break;
        }
        if (const Checked walked = walk(value); !walked) return base::Unexpected(walked.error());
    }
    bool has_members = false;
    if (const auto error = object.reset().get(has_members)) return fail(error, "an object");
    return type;
}

Checked JsonReader::walk(json::value& value) {
    stand_at(value);
    json::json_type type{};
    if (const auto error = value.type().get(type)) return fail(error, "a value");
    if (value.current_depth() > GeoJsonLimits::kMaxDepth) {
        return fail(
            ChartErrorCode::kTooDeep,
            fmt::format("brackets nested deeper than {}, expected less", GeoJsonLimits::kMaxDepth));
    }
    switch (type) {
        case json::json_type::object: {
            auto members = object(value, "an object");
            if (!members) return Failure(members.error());
            return each_member(
                *members, [this](std::string_view, json::value& member) { return walk(member); });
        }
        case json::json_type::array: {
            auto elements = array(value, "an array");
            if (!elements) return Failure(elements.error());
            return each_element(*elements, "a value",
                                [this](json::value& element) { return walk(element); });
        }
        case json::json_type::number: {
            const auto read = number(value, "a number");
            if (!read) return Failure(read.error());
            return {};
        }
        case json::json_type::string: {
            json::raw_json_string raw;
            if (const auto error = value.get_raw_json_string().get(raw)) return fail(error, "text");
            const auto read = key_of(raw);
            if (!read) return Failure(read.error());
            return {};
        }
        case json::json_type::boolean: {
            bool truth = false;
            if (value.get_bool().get(truth))
                return fail(ChartErrorCode::kSyntax, "not JSON, expected true or false");
            return {};
        }
        case json::json_type::null: {
            const auto null = is_null(value);
            if (!null) return Failure(null.error());
            return {};
        }
    }
    return {};
}

}  // namespace comity::chart
