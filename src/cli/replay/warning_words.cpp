// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "replay/closing.hpp"
#include "replay/warning_time.hpp"

#include <chrono>

#include <fmt/core.h>

namespace comity::cli {
namespace {

// "4 min 52 s before", "at": of a moment that is not after the other.
std::string lead_words(geo::Instant warned, geo::Instant entry) {
    return warned == entry ? "0 s" : duration_words(entry - warned);
}

// A straight line that warned for another reason says so: it pointed at another entry.
std::string pointed_elsewhere(const WarningTime& time) {
    constexpr std::chrono::minutes kFar{1};
    if (!time.line_entry || std::chrono::abs(*time.line_entry - *time.entry) <= kFar) return {};
    const auto pointed = std::chrono::round<std::chrono::seconds>(*time.line_entry);
    return fmt::format(", and pointed at an entry at {}", Names::clock(pointed));
}

std::string entered_words(const WarningTime& time) {
    if (time.by_flight && (!time.by_line || *time.by_flight < *time.by_line)) {
        return fmt::format(
            "Warned {} before the line with the flight announced in advance; a straight line alone "
            "would have given {}{}.",
            lead_words(*time.by_flight, *time.entry),
            time.by_line ? lead_words(*time.by_line, *time.entry) : "no warning before it",
            pointed_elsewhere(time));
    }
    if (!time.by_line) return "No warning before the line.";
    return fmt::format("Warned {} before the line, by a straight line{}.",
                       lead_words(*time.by_line, *time.entry),
                       time.by_flight ? "; the announced flight gave no more" : "");
}

std::string near_words(const WarningTime& time) {
    if (time.by_flight && (!time.by_line || *time.by_flight < *time.by_line)) {
        return fmt::format(
            "Did not enter. Warned at {} with the flight announced in advance; a straight line "
            "alone would have warned {}.",
            Names::clock(*time.by_flight),
            time.by_line ? duration_words(*time.by_line - *time.by_flight) + " later" : "never");
    }
    if (!time.by_line) return "Did not enter. No warning.";
    return fmt::format("Did not enter. Warned at {} by a straight line.",
                       Names::clock(*time.by_line));
}

std::string first_told_words(const WarningTime& time, const Names& names) {
    if (!time.first_told) return time.by_flight || time.by_line ? " Told to nobody." : "";
    const std::string who = names.party(*time.first_told);
    std::string text = fmt::format(" First told to {} at {}", who, Names::clock(*time.told_at));
    if (!time.read_at) return text + ", not read there.";
    const std::string by = time.person.empty() ? "" : " by " + time.person;
    return text + fmt::format(", read there{} at {}.", by, Names::clock(*time.read_at));
}

}  // namespace

std::string warning_times(const Page& page, const node::History& history, const Names& names) {
    const std::vector<WarningTime> times = warning_times(history);
    if (times.empty()) return {};
    std::string out = page.heading("What the warnings were worth");
    for (const WarningTime& time : times) {
        std::string title = time.track + " and " + time.airspace;
        if (time.entry) title += ", entry " + names.time(*time.entry) + " (after the fact)";
        out += "  " + page.toned(title, Tone::kStrong) + "\n";
        out += page.paragraph(time.entry ? entered_words(time) : near_words(time), 4, Tone::kGood);
        const std::string told = first_told_words(time, names);
        if (!told.empty()) out += page.paragraph(told, 4);
    }
    return out;
}

}  // namespace comity::cli
