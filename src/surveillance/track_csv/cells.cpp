// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "track_csv/cells.hpp"

#include "field.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace comity::surveillance {

bool Cells::split(std::string_view line) {
    cells_.clear();
    if (line.find('"') != std::string_view::npos) return split_quoted(line);
    for (;;) {
        const std::size_t comma = line.find(',');
        cells_.push_back(trimmed(line.substr(0, comma)));
        if (comma == std::string_view::npos) return true;
        line.remove_prefix(comma + 1);
    }
}

bool Cells::split_quoted(std::string_view line) {
    unquoted_.clear();
    unquoted_.reserve(line.size());  // so that the views into it stay valid
    for (;;) {
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        if (!line.starts_with('"')) {
            const std::size_t comma = line.find(',');
            const std::string_view cell = trimmed(line.substr(0, comma));
            if (cell.find('"') != std::string_view::npos) return false;
            cells_.push_back(cell);
            if (comma == std::string_view::npos) return true;
            line.remove_prefix(comma + 1);
            continue;
        }
        const std::size_t begin = unquoted_.size();
        for (;;) {
            line.remove_prefix(1);  // the quote that opens, or the second of two
            const std::size_t quote = line.find('"');
            if (quote == std::string_view::npos) return false;
            unquoted_.append(line.substr(0, quote));
            line.remove_prefix(quote + 1);
            if (!line.starts_with('"')) break;
            unquoted_.push_back('"');
        }
        cells_.push_back(trimmed(std::string_view(unquoted_).substr(begin)));
        const std::string_view after = trimmed(line.substr(0, line.find(',')));
        if (!after.empty()) return false;
        const std::size_t comma = line.find(',');
        if (comma == std::string_view::npos) return true;
        line.remove_prefix(comma + 1);
    }
}

}  // namespace comity::surveillance
