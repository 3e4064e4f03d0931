// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "replay/page.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/core.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace comity::cli {
namespace {

constexpr std::size_t kWidthElsewhere = 100;

const char* code_of(Tone tone) {
    switch (tone) {
        case Tone::kPlain:
            return "";
        case Tone::kStrong:
            return "1";
        case Tone::kQuiet:
            return "2";
        case Tone::kGood:
            return "32";
        case Tone::kCaution:
            return "33";
        case Tone::kAlarm:
            return "1;31";
        case Tone::kLate:
            return "35";
    }
    return "";
}

std::size_t width_of_output(bool is_terminal) {
    if (const char* columns = std::getenv("COLUMNS")) {
        const auto set = std::strtoul(columns, nullptr, 10);
        if (set > 0) return set;
    }
    winsize size{};
    if (is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return size.ws_col;
    }
    return kWidthElsewhere;
}

}  // namespace

std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    std::string line;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (word.empty()) continue;
        if (!line.empty() && width_of(line) + 1 + width_of(word) > width) {
            lines.push_back(std::move(line));
            line.clear();
        }
        if (!line.empty()) line += ' ';
        line += word;
    }
    lines.push_back(std::move(line));
    return lines;
}

std::string padded(std::string text, std::size_t width) {
    text.append(width - std::min(width, width_of(text)), ' ');
    return text;
}

Page Page::of_standard_output() {
    const bool is_terminal = isatty(STDOUT_FILENO) == 1;
    const char* no_colour = std::getenv("NO_COLOR");
    const bool has_colours = is_terminal && (no_colour == nullptr || *no_colour == '\0');
    return {std::clamp(width_of_output(is_terminal), kLeastWidth, kGreatestWidth), has_colours};
}

std::string Page::toned(std::string_view text, Tone tone) const {
    if (!has_colours_ || tone == Tone::kPlain || text.empty()) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", code_of(tone), text);
}

std::string Page::heading(std::string_view text) const {
    return "\n" + toned(text, Tone::kStrong) + "\n\n";
}

std::string Page::paragraph(std::string_view text, std::size_t indent, Tone tone) const {
    std::string out;
    for (const std::string& line : wrapped(text, width_ - indent)) {
        out += std::string(indent, ' ') + toned(line, tone) + "\n";
    }
    return out;
}

std::string Page::entry(std::string_view word, std::size_t word_width,
                        std::string_view text) const {
    const std::size_t begin = word_width + 4;
    std::string out = "  " + toned(padded(std::string(word), word_width), Tone::kStrong) + "  ";
    bool is_first = true;
    for (const std::string& line : wrapped(text, width_ - begin)) {
        out += (is_first ? "" : std::string(begin, ' ')) + line + "\n";
        is_first = false;
    }
    return out;
}

}  // namespace comity::cli
