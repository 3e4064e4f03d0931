// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "field.hpp"
#include "track_csv/cells.hpp"
#include "track_csv/dialect.hpp"

#include "comity/base/expected.hpp"
#include "comity/report/track_report.hpp"
#include "comity/surveillance/track_csv.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace comity::surveillance {

/// What is wrong with a row; the views live as long as the row.
struct RowProblem {
    RowFault fault;
    std::string_view column = {};  ///< the column's name; empty: the row as a whole
    std::string_view value = {};   ///< what stands there
    const char* expected = nullptr;
};

/// The problem in words: what is wrong, what was expected.
std::string describe(const RowProblem& problem);

/// Turns rows into reports, once a header has said which cell is what.
class RowReader {
  public:
    explicit RowReader(Dialect dialect) : rules_(rules_of(dialect)) {}

    /// Reads the header row; its line number is put into an error.
    base::Expected<void, TrackFileError> read_header(std::string_view line, std::size_t number);
    /// Reads a row into `report`, every field of which it sets; after a problem its fields have no
    /// meaning.
    base::Expected<void, RowProblem> read(std::string_view line, report::TrackReport& report);

  private:
    using Checked = base::Expected<void, RowProblem>;
    static constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);

    const ColumnRule& rule(Column column) const;
    std::string_view name(Column column) const { return rule(column).name; }
    std::string_view cell(Column column) const;
    RowProblem problem(Column column, RowFault fault, const char* expected = nullptr) const;
    /// The number in a cell that is not empty, in the unit of `range`.
    base::Expected<double, RowProblem> number(Column column, const NumberRange& range,
                                              RowFault out_of_range) const;
    template <typename Field, typename Make>
    Checked read_quantity(Column column, const NumberRange& range, Field& field, Make make,
                          RowFault out_of_range = RowFault::kOutOfRange) const;

    Checked split(std::string_view line);
    Checked read_names(report::TrackReport& report) const;
    Checked read_text(Column column, std::string& field, std::size_t most_bytes) const;
    Checked read_time(report::TrackReport& report) const;
    Checked read_position(report::TrackReport& report) const;
    Checked read_altitude(report::TrackReport& report) const;
    Checked read_movement(report::TrackReport& report) const;
    Checked read_codes(report::TrackReport& report) const;

    const DialectRules& rules_;
    Cells cells_;
    std::size_t cell_count_ = 0;
    std::array<std::size_t, kColumnCount> where_{};  ///< the cell of each column, or kAbsent
    std::array<const ColumnRule*, kColumnCount> rule_of_{};
};

}  // namespace comity::surveillance
