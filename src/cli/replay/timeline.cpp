// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "replay/page.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <span>

#include <fmt/core.h>

namespace comity::cli {
namespace {

constexpr std::size_t kClockWidth = 8;
constexpr std::size_t kGap = 2;
// A longer silence is a blank line.
constexpr std::chrono::minutes kSilence{2};

Tone tone_of(RowKind kind) {
    switch (kind) {
        case RowKind::kTold:
        case RowKind::kReceived:
            return Tone::kQuiet;
        case RowKind::kWarning:
            return Tone::kCaution;
        case RowKind::kInside:
            return Tone::kAlarm;
        case RowKind::kClosed:
            return Tone::kGood;
        case RowKind::kLate:
        case RowKind::kRefused:
            return Tone::kLate;
        default:
            return Tone::kPlain;
    }
}

const char* plural_of(RowKind kind) {
    switch (kind) {
        case RowKind::kParty:
            return "parties taken in";
        case RowKind::kAgreement:
            return "steps of agreements";
        case RowKind::kFiled:
            return "filings";
        case RowKind::kTold:
            return "items told later";
        case RowKind::kReceived:
            return "receptions";
        case RowKind::kRead:
            return "readings";
        case RowKind::kPassedOn:
            return "passed on";
        case RowKind::kCalled:
            return "calls";
        case RowKind::kAnswered:
            return "objections and withdrawals";
        case RowKind::kWarning:
            return "warnings";
        case RowKind::kInside:
            return "reported inside";
        case RowKind::kClosed:
            return "situations that ended";
        case RowKind::kLate:
            return "deadlines that passed";
        case RowKind::kRefused:
            return "requests refused";
    }
    return "";
}

std::string counts_of(std::span<const Row> rows) {
    std::map<RowKind, std::uint64_t> counts;
    for (const Row& row : rows) ++counts[row.kind];
    std::vector<std::string> words;
    for (const auto& [kind, count] : counts) {
        words.push_back(fmt::format("{} {}", with_commas(count), plural_of(kind)));
    }
    return joined(words);
}

}  // namespace

Timeline::Timeline(const Page& page, std::size_t who_width)
    : page_(page), who_width_(std::clamp(who_width, std::size_t{6}, kGreatestWho)) {}

std::string Timeline::head() const {
    const std::string columns =
        padded("UTC", kClockWidth + kGap) + padded("who", who_width_ + kGap) + "what happened";
    return page_.toned(columns, Tone::kStrong) + "\n";
}

std::string Timeline::rows(const std::vector<Row>& rows) {
    std::string out;
    for (const Row& one : rows) out += row(one);
    return out;
}

std::string Timeline::shortened(const std::vector<Row>& rows) {
    if (rows.size() <= kMaxRows) return this->rows(rows);
    constexpr std::size_t kFirst = kMaxRows / 2;
    constexpr std::size_t kLast = kMaxRows / 4;
    const auto middle = std::span(rows).subspan(kFirst, rows.size() - kFirst - kLast);
    std::string out;
    for (const Row& one : std::span(rows).first(kFirst)) out += row(one);
    out += "\n" + page_.paragraph(fmt::format("... {} lines more (--all shows them): {} ...",
                                              with_commas(middle.size()), counts_of(middle)),
                                  kClockWidth + kGap, Tone::kQuiet);
    for (const Row& one : std::span(rows).last(kLast)) out += row(one);
    return out;
}

std::string Timeline::row(const Row& row) {
    std::string out;
    const std::string text = geo::to_string(row.time);
    const std::string day = text.substr(0, text.find('T'));
    const bool is_new_day = day != day_;
    if (is_new_day) {
        out += (day_.empty() ? "" : "\n") + page_.toned(day, Tone::kStrong) + "\n";
    } else if (row.time - last_ >= kSilence) {
        out += "\n";
    }
    day_ = day;
    last_ = row.time;
    // To the second: what lies between is in the ledger.
    std::string clock = Names::clock(row.time).substr(0, kClockWidth);
    const bool is_same = clock == clock_ && !is_new_day;
    clock_ = clock;
    if (is_same) clock.clear();

    const std::size_t begin = kClockWidth + who_width_ + 2 * kGap;
    const std::vector<std::string> who = wrapped(row.who, who_width_);
    const std::vector<std::string> what = wrapped(row.what, page_.width() - begin);
    std::vector<std::string> told;
    if (!row.told.empty()) told = wrapped("told: " + row.told, page_.width() - begin - kGap);
    const Tone tone = tone_of(row.kind);
    for (std::size_t i = 0; i < std::max(who.size(), what.size() + told.size()); ++i) {
        std::string line = page_.toned(padded(i == 0 ? clock : "", kClockWidth), Tone::kQuiet);
        line += std::string(kGap, ' ');
        line += padded(i < who.size() ? who[i] : "", who_width_ + kGap);
        if (i < what.size()) {
            line += page_.toned(what[i], tone);
        } else if (i < what.size() + told.size()) {
            line += std::string(kGap, ' ') + page_.toned(told[i - what.size()], Tone::kQuiet);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    }
    return out;
}

}  // namespace comity::cli
