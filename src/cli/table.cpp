// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "table.hpp"

#include "failure.hpp"

#include "comity/base/check.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace comity::cli {
namespace {

// Characters, not bytes: continuation bytes of UTF-8 take no place.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

std::string padded(std::string_view text, std::size_t width, bool to_the_right) {
    const std::string blanks(width - std::min(width, width_of(text)), ' ');
    return to_the_right ? blanks + std::string(text) : std::string(text) + blanks;
}

std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

}  // namespace

Cell words(std::string text) {
    return {.text = std::move(text)};
}

Cell number(double value, int decimals) {
    std::string text = fmt::format("{:.{}f}", value, decimals);
    if (text.find_first_not_of("-0.") == std::string::npos && text.front() == '-') {
        text.erase(0, 1);
    }
    return {.text = std::move(text), .kind = Cell::kNumber};
}

void Table::add(std::vector<Cell> row) {
    COMITY_CHECK(row.size() == columns_.size());
    rows_.push_back(std::move(row));
}

std::string Table::to_string(Format format) const {
    switch (format) {
        case Format::kText:
            return to_text();
        case Format::kCsv:
            return to_csv();
        case Format::kJson:
            return to_json();
    }
    return {};
}

std::string Table::to_text() const {
    std::vector<std::size_t> widths;
    std::vector<bool> are_numbers;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        std::size_t width = width_of(columns_[i].title);
        bool any_number = false;
        for (const std::vector<Cell>& row : rows_) {
            width = std::max({width, width_of(row[i].text), std::size_t{1}});
            any_number = any_number || row[i].kind == Cell::kNumber;
        }
        widths.push_back(width);
        are_numbers.push_back(any_number);
    }
    std::string out;
    const auto add_line = [&](const auto& text_of) {
        std::string line;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (i > 0) line += "  ";
            line += padded(text_of(i), widths[i], are_numbers[i]);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + '\n';
    };
    add_line([&](std::size_t i) { return std::string_view(columns_[i].title); });
    add_line([&](std::size_t i) { return std::string(widths[i], '-'); });
    for (const std::vector<Cell>& row : rows_) {
        add_line([&](std::size_t i) { return row[i].text.empty() ? "-" : row[i].text.c_str(); });
    }
    return out;
}

std::string Table::to_csv() const {
    std::string out;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        out += (i > 0 ? "," : "") + columns_[i].key;
    }
    out += '\n';
    for (const std::vector<Cell>& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            out += (i > 0 ? "," : "") + csv_cell(row[i].text);
        }
        out += '\n';
    }
    return out;
}

std::string Table::to_json() const {
    std::string out;
    for (const std::vector<Cell>& row : rows_) {
        out += '{';
        for (std::size_t i = 0; i < row.size(); ++i) {
            const Cell& cell = row[i];
            out += fmt::format("{}\"{}\":", i > 0 ? "," : "", columns_[i].key);
            if (cell.text.empty()) {
                out += "null";
            } else if (cell.kind == Cell::kNumber) {
                out += cell.text;
            } else {
                out += nlohmann::json(cell.text).dump();
            }
        }
        out += "}\n";
    }
    return out;
}

void print(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() ||
        std::fflush(stdout) != 0) {
        throw Failure(kEnvironment, fmt::format("standard output: {}", std::strerror(errno)));
    }
}

}  // namespace comity::cli
