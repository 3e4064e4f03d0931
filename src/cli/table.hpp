// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace comity::cli {

enum class Format { kText, kCsv, kJson };

/// What is known of a cell; an empty text is unknown, whatever the kind.
struct Cell {
    enum Kind { kWords, kNumber };
    std::string text;
    Kind kind = kWords;
};

Cell words(std::string text);
/// `value` with `decimals` digits behind the point; never "-0".
Cell number(double value, int decimals);

/// Rows under named columns, to be printed in any of the formats.
class Table {
  public:
    struct Column {
        std::string key;    ///< in CSV and JSON
        std::string title;  ///< for people
    };

    explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

    /// As many cells as there are columns.
    void add(std::vector<Cell> row);
    std::size_t row_count() const { return rows_.size(); }

    /// Text: aligned columns, numbers to the right, "-" for what is unknown. CSV: RFC 4180 with LF.
    /// JSON: one object a line, null for what is unknown.
    std::string to_string(Format format) const;

  private:
    std::string to_text() const;
    std::string to_csv() const;
    std::string to_json() const;

    std::vector<Column> columns_;
    std::vector<std::vector<Cell>> rows_;
};

/// Writes to standard output; a Failure where that fails (disk full).
void print(std::string_view text);

}  // namespace comity::cli
