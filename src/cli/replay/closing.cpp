// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "replay/closing.hpp"

#include "table.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include <fmt/core.h>

namespace comity::cli {
namespace {

// Wide enough for the longest name that is shown in full.
std::size_t id_width(const wire::Scenario& scenario) {
    std::size_t width = 0;
    for (const wire::ScenarioParty& party : scenario.parties) {
        width = std::max(width, width_of(party.name));
    }
    return std::min(width, Timeline::kGreatestWho);
}

std::string party_words(const wire::ScenarioParty& party, const Names& names) {
    if (!party.group) return party.id.value();
    return fmt::format("{}: a group, {}; {} speaks for it", party.id.value(),
                       names.parties(party.group->members), names.party(party.group->lead));
}

// A time, "late", "due 07:24:05", or nothing.
std::string step_words(std::optional<geo::Instant> done, const accord::Notice& notice,
                       accord::Stage stage) {
    if (done) return Names::clock(*done);
    if (notice.missed.contains(stage)) return "late";
    const auto due = notice.due.find(stage);
    return due == notice.due.end() ? "" : "due " + Names::clock(due->second);
}

std::string passed_on_words(const accord::Notice& notice, const Names& names) {
    if (notice.passed_on.empty()) {
        return step_words(std::nullopt, notice, accord::Stage::kPassedOn);
    }
    std::vector<std::string> words;
    for (const auto& [to, act] : notice.passed_on) {
        words.push_back(names.party(to) + " " + Names::clock(act.at));
    }
    return joined(words);
}

struct ToldItem {
    accord::ItemRef item;
    geo::Instant first{};
    std::vector<const accord::Notice*> notices;  // in the order in which they were told
};

// In the order in which they were first told. The signatories know what they signed: agreements
// are not among them.
std::vector<ToldItem> told_items(const node::Moment& moment) {
    std::vector<ToldItem> items;
    for (const auto& [key, notice] : moment.notices) {
        if (key.first.kind == accord::ItemKind::kAgreement) continue;
        if (items.empty() || items.back().item != key.first) {
            items.push_back({.item = key.first, .first = notice.first.at, .notices = {}});
        }
        items.back().first = std::min(items.back().first, notice.first.at);
        items.back().notices.push_back(&notice);
    }
    std::ranges::stable_sort(items, {}, &ToldItem::first);
    for (ToldItem& item : items) {
        std::ranges::stable_sort(item.notices, {},
                                 [](const accord::Notice* one) { return one->first.at; });
    }
    return items;
}

std::string indented(const std::string& table) {
    std::string out;
    std::size_t begin = 0;
    while (begin < table.size()) {
        const std::size_t end = table.find('\n', begin) + 1;
        out += "  " + table.substr(begin, end - begin);
        begin = end;
    }
    return out;
}

std::string whole_metres(geo::Distance distance) {
    return distance_words(static_cast<std::int64_t>(distance.in_metres() + 0.5));
}

std::string stays_table(const std::vector<const node::Assessed*>& all, const Names& names) {
    Table table({{"track", "aircraft"},
                 {"entry", "entry"},
                 {"exit", "exit"},
                 {"surely", "surely s"},
                 {"nominally", "nominally s"},
                 {"possibly", "possibly s"},
                 {"outside", "outside by"}});
    const auto time = [&](const std::optional<geo::Instant>& at) {
        return at ? words(names.time(*at)) : words("");
    };
    for (const node::Assessed* assessed : all) {
        for (const airspace::Stay& stay : assessed->stays) {
            const auto& outside = stay.min_distance_outside;
            table.add({words(assessed->track), time(stay.entry), time(stay.exit),
                       number(stay.surely_inside.count(), 1), number(stay.inside.count(), 1),
                       number(stay.possibly_inside.count(), 1),
                       words(outside ? whole_metres(*outside) : "")});
        }
    }
    return table.to_string(Format::kText);
}

}  // namespace

std::string opening(const Page& page, const wire::Scenario& scenario, const Names& names) {
    std::string out = page.toned(scenario.title, Tone::kStrong) + "\n\n";
    if (!scenario.about.empty()) out += page.paragraph(scenario.about) + "\n";
    const std::size_t width = id_width(scenario);
    for (const wire::ScenarioParty& party : scenario.parties) {
        out += page.entry(party.name, width, party_words(party, names));
    }
    return out + "\n";
}

std::string moment_table(const Page& page, const node::Moment& moment, const node::History& history,
                         const Names& names, const wire::Scenario& scenario, std::size_t max_rows) {
    std::string out = page.heading("Who had been told what at " + names.time(moment.at));
    std::set<accord::PartyId> knew;
    std::size_t rows = 0;
    std::size_t left_out = 0;
    for (const ToldItem& told : told_items(moment)) {
        Table table({{"party", "party"},
                     {"level", "level"},
                     {"told", "told"},
                     {"received", "received"},
                     {"read", "read"},
                     {"passed_on", "passed on"}});
        for (const accord::Notice* notice : told.notices) {
            knew.insert(notice->to);
            if (rows == max_rows) {
                ++left_out;
                continue;
            }
            ++rows;
            table.add({words(names.party(notice->to)),
                       words(notice->withdrawn ? "withdrawn" : to_string(notice->level)),
                       words(Names::clock(notice->first.at)),
                       words(step_words(notice->first_received, *notice, accord::Stage::kReceived)),
                       words(step_words(notice->first_read, *notice, accord::Stage::kRead)),
                       words(passed_on_words(*notice, names))});
        }
        if (table.row_count() == 0) continue;
        out += "  " + page.toned(names.item(told.item, history), Tone::kStrong) + "\n";
        out += indented(table.to_string(Format::kText)) + "\n";
    }
    if (left_out > 0) {
        out += page.paragraph(counted(left_out, "row") + " more (--all shows them).", 2);
    }
    std::set<accord::PartyId> others;
    for (const wire::ScenarioParty& party : scenario.parties) {
        if (!knew.contains(party.id)) others.insert(party.id);
    }
    if (others.empty()) return out;
    return out +
           page.paragraph(
               "No flight, airspace or warning had been told to " + names.parties(others) + ".", 2);
}

std::string assessments(const Page& page, const wire::Scenario& scenario,
                        const node::History& history, const Names& names) {
    if (history.assessed.empty()) return {};
    std::string out = page.heading("After the fact");
    std::map<std::string, std::vector<const node::Assessed*>> by_airspace;
    for (const node::Assessed& assessed : history.assessed) {
        by_airspace[assessed.airspace].push_back(&assessed);
    }
    for (const auto& [airspace, all] : by_airspace) {
        out += "  " + page.toned(airspace, Tone::kStrong) + "\n";
        out += indented(stays_table(all, names)) + "\n";
    }
    std::vector<std::string> assumed;
    for (const wire::ScenarioAssessment& assessment : scenario.assess) {
        const auto filed =
            std::ranges::find(scenario.airspaces, assessment.airspace, &wire::ScenarioAirspace::id);
        const std::string line =
            filed != scenario.airspaces.end() && filed->accuracy
                ? fmt::format("the line of {} accurate to {}", filed->id,
                              whole_metres(*filed->accuracy))
                : fmt::format("the line of {} as accurate as its file states", assessment.airspace);
        if (std::ranges::find(assumed, line) == assumed.end()) assumed.push_back(line);
    }
    for (const wire::ScenarioFeed& feed : scenario.feeds) {
        if (!feed.accuracy) continue;
        assumed.push_back(fmt::format("{} accurate to {} where it states nothing", feed.id,
                                      whole_metres(*feed.accuracy)));
    }
    return out + page.paragraph("Assumed (95 % radii): " + joined(assumed) +
                                    ". Surely: inside by more than both together; possibly: not "
                                    "outside by more than both.",
                                2, Tone::kQuiet);
}

std::string expectations(const Page& page, const std::vector<node::Checked>& checked) {
    if (checked.empty()) return {};
    std::string out = page.heading("Expectations");
    std::size_t held = 0;
    for (const node::Checked& one : checked) {
        if (one.holds) {
            ++held;
            continue;
        }
        out += page.paragraph(fmt::format("line {}: {}", one.line, one.expected), 2, Tone::kAlarm);
        out += page.paragraph("found: " + one.found, 4);
    }
    const bool all = held == checked.size();
    return out + page.paragraph(fmt::format("{} of {} hold.", held, checked.size()), 2,
                                all ? Tone::kGood : Tone::kAlarm);
}

}  // namespace comity::cli
