// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "replay/story.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// What a replay prints for people: lines of a terminal's width, coloured on a terminal alone.
namespace comity::cli {

enum class Tone : std::uint8_t { kPlain, kStrong, kQuiet, kGood, kCaution, kAlarm, kLate };

class Page {
  public:
    static constexpr std::size_t kLeastWidth = 60;
    static constexpr std::size_t kGreatestWidth = 120;

    /// `width` in characters.
    Page(std::size_t width, bool has_colours) : width_(width), has_colours_(has_colours) {}
    /// As standard output is: the width of the terminal, or 100; no colours where it is no terminal
    /// or NO_COLOR is set. COLUMNS goes before both.
    static Page of_standard_output();

    std::size_t width() const { return width_; }
    std::string toned(std::string_view text, Tone tone) const;
    /// A title between blank lines.
    std::string heading(std::string_view text) const;
    /// Wrapped, each line after so many blanks.
    std::string paragraph(std::string_view text, std::size_t indent = 0,
                          Tone tone = Tone::kPlain) const;
    /// A word, and behind it in a column what it says, wrapped.
    std::string entry(std::string_view word, std::size_t word_width, std::string_view text) const;

  private:
    std::size_t width_;
    bool has_colours_;
};

/// Rows in aligned columns: when, who, what.
class Timeline {
  public:
    static constexpr std::size_t kGreatestWho = 22;
    /// Of more rows the middle is counted, not shown.
    static constexpr std::size_t kMaxRows = 200;

    /// `who_width`: of the longest name.
    Timeline(const Page& page, std::size_t who_width);

    std::string head() const;
    /// In order, also over several calls.
    std::string rows(const std::vector<Row>& rows);
    /// The first and last of them, and a count of those between.
    std::string shortened(const std::vector<Row>& rows);

  private:
    std::string row(const Row& row);

    const Page& page_;
    std::size_t who_width_;
    std::string day_;
    std::string clock_;  ///< of the row before; a moment is written once
    geo::Instant last_{};
};

/// Characters, not bytes.
std::size_t width_of(std::string_view text);
/// Lines of at most `width` characters, broken at blanks; a longer word stays whole.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);
std::string padded(std::string text, std::size_t width);

}  // namespace comity::cli
