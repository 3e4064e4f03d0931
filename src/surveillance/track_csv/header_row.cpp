// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "field.hpp"
#include "track_csv/dialect.hpp"
#include "track_csv/row_reader.hpp"

#include "comity/base/expected.hpp"
#include "comity/surveillance/track_csv.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>

namespace comity::surveillance {
namespace {

constexpr Column kRequired[] = {Column::kTime, Column::kLatitude, Column::kLongitude};

base::Unexpected<TrackFileError> fault(TrackFileFault fault, std::size_t line, std::string text) {
    return base::Unexpected(TrackFileError{.fault = fault, .line = line, .text = std::move(text)});
}

}  // namespace

base::Expected<void, TrackFileError> RowReader::read_header(std::string_view line,
                                                            std::size_t number) {
    if (text_fault(line) || !cells_.split(line)) {
        return fault(TrackFileFault::kBadHeader, number,
                     "the header row is not text in UTF-8 with balanced quotes, expected the names "
                     "of the columns");
    }
    const std::vector<std::string_view>& names = cells_.all();
    cell_count_ = names.size();
    where_.fill(kAbsent);
    for (const ColumnRule& rule : rules_.columns) {
        const auto column = static_cast<std::size_t>(rule.column);
        rule_of_[column] = &rule;
        const auto found = std::find(names.begin(), names.end(), rule.name);
        if (found == names.end()) continue;
        where_[column] = static_cast<std::size_t>(found - names.begin());
        if (std::find(found + 1, names.end(), rule.name) != names.end()) {
            return fault(TrackFileFault::kDuplicateColumn, number,
                         fmt::format("the column {} is named twice, expected it once", rule.name));
        }
    }
    const auto named = [this](Column column) {
        return where_[static_cast<std::size_t>(column)] != kAbsent;
    };
    const auto missing = [&](std::string_view what) {
        return fault(
            TrackFileFault::kMissingColumn, number,
            fmt::format(
                "the header row does not name {}, expected the columns {}, {}, {} "
                "and {} (dialect {})",
                what, name(Column::kTime), name(Column::kLatitude), name(Column::kLongitude),
                rule_of_[static_cast<std::size_t>(Column::kTrackId)] == nullptr
                    ? std::string(name(Column::kIcao24))
                    : fmt::format("{} or {}", name(Column::kTrackId), name(Column::kIcao24)),
                rules_.name));
    };
    for (const Column column : kRequired) {
        if (!named(column)) return missing(name(column));
    }
    if (!named(Column::kTrackId) && !named(Column::kIcao24)) return missing("any id of the track");
    return {};
}

}  // namespace comity::surveillance
