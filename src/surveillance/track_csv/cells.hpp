// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace comity::surveillance {

/// The cells of one line of CSV, without blanks at their ends. A cell may be quoted (RFC 4180, 2.5
/// to 2.7: two quotes inside stand for one); a quoted cell ends on its line. The storage is reused
/// from line to line.
class Cells {
  public:
    /// False where a quote is not closed, or where text follows one that closes.
    bool split(std::string_view line);
    /// Views into the line, or into this for cells with doubled quotes, until the next `split`.
    const std::vector<std::string_view>& all() const { return cells_; }

  private:
    bool split_quoted(std::string_view line);

    std::vector<std::string_view> cells_;
    std::string unquoted_;
};

}  // namespace comity::surveillance
