// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "replay/closing.hpp"

#include "table.hpp"

#include <algorithm>
#include <optional>
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

std::string passed_on_words(const accord::Notice& notice, const Names& names) {
    if (notice.passed_on.empty()) return step_words(notice, accord::Stage::kPassedOn);
    std::vector<std::string> words;
    for (const auto& [to, act] : notice.passed_on) {
        words.push_back(names.party(to) + " " + Names::clock(act.at));
    }
    return joined(words);
}

void add_indented(std::string& out, const std::string& table) {
    std::size_t begin = 0;
    while (begin < table.size()) {
        const std::size_t end = table.find('\n', begin) + 1;
        out += "  " + table.substr(begin, end - begin);
        begin = end;
    }
}

std::string seconds(geo::Seconds duration) {
    return fmt::format("{:.1f}", duration.count());
}

std::string whole_metres(geo::Distance distance) {
    return distance_words(static_cast<std::int64_t>(distance.in_metres() + 0.5));
}

}  // namespace

std::string step_words(const accord::Notice& notice, accord::Stage stage) {
    const bool is_received = stage == accord::Stage::kReceived;
    const auto& act = is_received ? notice.received : notice.read;
    if (stage != accord::Stage::kPassedOn && act) return Names::clock(act->at);
    if (notice.missed.contains(stage)) return "late";
    const auto due = notice.due.find(stage);
    return due == notice.due.end() ? "-" : "due " + Names::clock(due->second);
}

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
    std::optional<accord::ItemRef> item;
    std::optional<Table> table;
    std::set<accord::PartyId> knew;
    std::size_t rows = 0;
    std::size_t left_out = 0;
    const auto end_table = [&] {
        if (table) add_indented(out, table->to_string(Format::kText) + "\n");
        table.reset();
    };
    for (const auto& [key, notice] : moment.notices) {
        // The signatories know what they signed.
        if (key.first.kind == accord::ItemKind::kAgreement) continue;
        knew.insert(key.second);
        if (rows == max_rows) {
            ++left_out;
            continue;
        }
        ++rows;
        if (item != key.first) {
            end_table();
            item = key.first;
            out += "  " + page.toned(names.item(*item, history), Tone::kStrong) + "\n";
            table.emplace(std::vector<Table::Column>{{"party", "party"},
                                                     {"level", "level"},
                                                     {"told", "told"},
                                                     {"received", "received"},
                                                     {"read", "read"},
                                                     {"passed_on", "passed on"}});
        }
        table->add({words(names.party(key.second)),
                    words(notice.withdrawn ? "withdrawn" : to_string(notice.level)),
                    words(Names::clock(notice.first.at)),
                    words(step_words(notice, accord::Stage::kReceived)),
                    words(step_words(notice, accord::Stage::kRead)),
                    words(passed_on_words(notice, names))});
    }
    end_table();
    if (left_out > 0) {
        out += page.paragraph(counted(left_out, "row") + " more (--all shows them).", 2);
    }
    std::set<accord::PartyId> others;
    for (const wire::ScenarioParty& party : scenario.parties) {
        if (!knew.contains(party.id)) others.insert(party.id);
    }
    if (!others.empty()) {
        out += page.paragraph("Nothing had been released to " + names.parties(others) + ".", 2);
    }
    return out;
}

std::string assessments(const Page& page, const wire::Scenario& scenario,
                        const node::History& history, const Names& names) {
    if (history.assessed.empty()) return {};
    std::string out = page.heading("After the fact");
    Table table({{"track", "aircraft"},
                 {"airspace", "airspace"},
                 {"entry", "entry"},
                 {"exit", "exit"},
                 {"surely", "surely s"},
                 {"nominally", "nominally s"},
                 {"possibly", "possibly s"},
                 {"nearest", "nearest"}});
    for (const node::Assessed& assessed : history.assessed) {
        for (const airspace::Stay& stay : assessed.stays) {
            const auto time = [&](const std::optional<geo::Instant>& at) {
                return at ? words(names.time(*at)) : words("");
            };
            const auto& outside = stay.min_distance_outside;
            table.add({words(assessed.track),
                       words(assessed.airspace),
                       time(stay.entry),
                       time(stay.exit),
                       {.text = seconds(stay.surely_inside), .kind = Cell::kNumber},
                       {.text = seconds(stay.inside), .kind = Cell::kNumber},
                       {.text = seconds(stay.possibly_inside), .kind = Cell::kNumber},
                       words(outside ? whole_metres(*outside) : "inside")});
        }
    }
    add_indented(out, table.to_string(Format::kText));
    out += "\n";
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
