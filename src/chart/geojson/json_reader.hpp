// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/chart/geojson.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <simdjson.h>

namespace comity::chart {

namespace json = simdjson::ondemand;

using Checked = base::Expected<void, ChartError>;
using Failure = base::Unexpected<ChartError>;

/// One pass over a JSON text, On Demand: values are read as they come and no tree is built. It
/// knows where it stands, so that each error has its line. Every value is to be consumed, by `walk`
/// where it has no meaning: what is only skipped is not checked. After an error it is only to be
/// destroyed. A resource.
class JsonReader {
  public:
    /// `padding` bytes after the text may be read.
    JsonReader(std::string_view text, std::size_t padding)
        : text_(text), padding_(padding), at_(text.data()) {}
    JsonReader(const JsonReader&) = delete;
    JsonReader& operator=(const JsonReader&) = delete;

    /// The text's one value, which is to be an object.
    base::Expected<json::object, ChartError> open();
    /// To be called when that object has been consumed: nothing may follow it.
    Checked close();

    /// An error at the value that is being read.
    Failure fail(ChartErrorCode code, std::string text) const;
    /// What the parser found; `expected` says what it was to find.
    Failure fail(simdjson::error_code error, std::string_view expected);
    /// Makes `value`, of which nothing has been read yet, the one that is being read.
    void stand_at(json::value& value) { at_ = value.raw_json_token().data(); }

    /// Calls `f(key, value)` for each member; the key is valid until the next read.
    template <typename F>
    Checked each_member(json::object& object, F&& f);
    /// Calls `f(value)` for each element.
    template <typename F>
    Checked each_element(json::array& array, std::string_view expected, F&& f);

    base::Expected<json::object, ChartError> object(json::value& value, std::string_view expected);
    base::Expected<json::array, ChartError> array(json::value& value, std::string_view expected);
    /// A finite number.
    base::Expected<double, ChartError> number(json::value& value, std::string_view expected);
    /// True, and the value is consumed, where it is null.
    base::Expected<bool, ChartError> is_null(json::value& value);
    /// A text of at most `most_bytes`, without control characters; `what` names it in an error.
    base::Expected<std::string, ChartError> text(json::value& value, std::string_view what,
                                                 std::size_t most_bytes);
    /// The member `type` of an object, wherever in it, empty where it has none. The object is then
    /// at its beginning again.
    base::Expected<std::string, ChartError> type_of(json::object& object);

    /// Consumes and checks a value that has no meaning here.
    Checked walk(json::value& value);

  private:
    base::Expected<std::string_view, ChartError> key_of(json::raw_json_string raw);
    Failure fail_at(std::size_t offset, ChartErrorCode code, std::string text) const;
    std::size_t location();

    std::string_view text_;
    std::size_t padding_;
    json::parser parser_;
    json::document document_;
    const char* at_;
    std::string unescaped_;
};

template <typename F>
Checked JsonReader::each_member(json::object& object, F&& f) {
    for (auto member : object) {
        json::field field;
        if (const auto error = std::move(member).get(field)) return fail(error, "a member");
        const auto key = key_of(field.key());
        if (!key) return Failure(key.error());
        json::value value = field.value();
        stand_at(value);
        if (Checked done = f(*key, value); !done) return done;
    }
    return {};
}

template <typename F>
Checked JsonReader::each_element(json::array& array, std::string_view expected, F&& f) {
    for (auto element : array) {
        json::value value;
        if (const auto error = std::move(element).get(value)) return fail(error, expected);
        if (Checked done = f(value); !done) return done;
    }
    return {};
}

}  // namespace comity::chart
