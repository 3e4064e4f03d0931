// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What one party had been told by a moment, and what it had done with it: from the records up to
// then, and nothing after.
#include "ledger/ledger_commands.hpp"
#include "ledger/ledger_files.hpp"
#include "ledger/replayed.hpp"
#include "replay/closing.hpp"
#include "replay/replay_json.hpp"
#include "table.hpp"

#include "comity/accord/state.hpp"
#include "comity/geo/instant.hpp"
#include "comity/node/replayer.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/core.h>

namespace comity::cli {
namespace {

struct Options {
    std::string directory;
    std::string party;
    std::string at;
    std::string about;
    Format format = Format::kText;
};

geo::Instant time_from(const std::string& text) {
    const auto time = geo::parse_instant(text);
    if (time) return *time;
    throw Failure(kBadInput, fmt::format("--at: '{}', {}", text, to_string(time.error())));
}

std::optional<accord::ItemRef> item_from(const std::string& text) {
    if (text.empty()) return std::nullopt;
    if (auto item = accord::item_from(text)) return item;
    throw Failure(kBadInput, fmt::format("--about: '{}', expected agreement/ID, intent/ID, "
                                         "airspace/ID or warning/ID",
                                         text));
}

// The state as the records up to this time lead to it.
void replay_until(OpenLedger& opened, geo::Instant at, accord::State& state) {
    std::optional<node::ReplayFinding> finding;
    node::Replayer replayer(state, {.verifies_signatures = true, .secret = nullptr},
                            [&](const node::ReplayFinding& one) {
                                if (!finding) finding = one;
                            });
    replay_records(opened, replayer,
                   [at](const ledger::Record& record) { return record.time <= at; });
    if (!finding) return;
    throw Failure(kDoesNotHold,
                  fmt::format("{}: record {}: {} (comity ledger audit lists them)",
                              opened.directory, finding->record, to_string(finding->fault)));
}

// Times of the day that was asked for without it.
class Clock {
  public:
    explicit Clock(geo::Instant at) : day_(std::chrono::floor<std::chrono::days>(at)) {}

    std::string of(geo::Instant time) const {
        const std::string text = geo::to_string(time);
        if (std::chrono::floor<std::chrono::days>(time) != day_) return text;
        return Names::clock(time);
    }
    // An act is about a version: the first one goes without saying.
    std::string of(const accord::Act& act) const {
        if (act.version == 1) return of(act.at);
        return fmt::format("{} (v{})", of(act.at), act.version);
    }

  private:
    std::chrono::sys_days day_;
};

std::string why_words(const accord::Notice& notice) {
    std::string text = to_string(notice.why);
    if (notice.via) {
        text += (notice.why == accord::Why::kEscalated ? " after " : " by ") + notice.via->value();
    }
    return text;
}

// The first time; and, where another version was meant the last time, that one.
std::string step_words(const std::optional<geo::Instant>& first,
                       const std::optional<accord::Act>& latest, const accord::Notice& notice,
                       accord::Stage stage, const Clock& clock) {
    if (first && latest && latest->at != *first) {
        return fmt::format("{}, {}", clock.of(*first), clock.of(*latest));
    }
    if (first) return clock.of(*first);
    if (notice.missed.contains(stage)) return "late";
    const auto due = notice.due.find(stage);
    return due == notice.due.end() ? "" : "due " + clock.of(due->second);
}

std::string passed_on_words(const accord::Notice& notice, const Clock& clock) {
    std::vector<std::string> words;
    for (const auto& [to, act] : notice.passed_on) {
        words.push_back(fmt::format("{} {}", to.value(), clock.of(act.at)));
    }
    if (!words.empty()) return joined(words);
    return step_words(std::nullopt, std::nullopt, notice, accord::Stage::kPassedOn, clock);
}

std::string other_words(const accord::Notice& notice, const Clock& clock) {
    std::vector<std::string> words;
    if (notice.objected) words.push_back("objected " + clock.of(*notice.objected));
    if (notice.withdrawn) words.push_back("withdrawn " + clock.of(*notice.withdrawn));
    if (notice.left_at) words.push_back("left before its record, " + clock.of(*notice.left_at));
    return joined(words);
}

std::string table_of(const std::vector<const accord::Notice*>& notices, geo::Instant at) {
    const Clock clock(at);
    bool has_others = false;
    for (const accord::Notice* notice : notices) {
        has_others = has_others || !other_words(*notice, clock).empty();
    }
    std::vector<Table::Column> columns{
        {"item", "item"}, {"level", "level"},       {"why", "why"},   {"told", "told"},
        {"last", "last"}, {"received", "received"}, {"read", "read"}, {"passed_on", "passed on"}};
    if (has_others) columns.push_back({"other", "also"});
    Table table(std::move(columns));
    for (const accord::Notice* notice : notices) {
        std::vector<Cell> row{words(to_string(notice->item)),
                              words(to_string(notice->level)),
                              words(why_words(*notice)),
                              words(clock.of(notice->first)),
                              words(notice->last == notice->first ? "" : clock.of(notice->last)),
                              words(step_words(notice->first_received, notice->received, *notice,
                                               accord::Stage::kReceived, clock)),
                              words(step_words(notice->first_read, notice->read, *notice,
                                               accord::Stage::kRead, clock)),
                              words(passed_on_words(*notice, clock))};
        if (has_others) row.push_back(words(other_words(*notice, clock)));
        table.add(std::move(row));
    }
    return table.to_string(Format::kText);
}

// Which warning is which, to who was told of the aircraft itself.
std::string warnings_of(const std::vector<const accord::Notice*>& notices,
                        const accord::State& state) {
    std::string out;
    for (const accord::Notice* notice : notices) {
        const bool is_warning = notice->item.kind == accord::ItemKind::kWarning;
        const accord::Alert* alert = is_warning ? state.alert(notice->item.id) : nullptr;
        if (alert == nullptr || notice->level != accord::Level::kFull) continue;
        out += fmt::format("{}{}: {} in {}\n", out.empty() ? "\n" : "", to_string(notice->item),
                           alert->track, alert->airspace);
    }
    return out;
}

ExitCode run(const Options& options) {
    const geo::Instant at = time_from(options.at);
    const auto about = item_from(options.about);
    OpenLedger opened = open_to_read(options.directory);
    accord::State state(
        or_fail(options.directory, ledger::genesis_of(*opened.folder.store)).origin);
    replay_until(opened, at, state);
    const accord::PartyId party(options.party);
    // Whoever asks hears nothing of the parties that there are.
    if (state.party(party) == nullptr) {
        say(fmt::format("{} takes no part in this ledger at that time", options.party));
        return kDoesNotHold;
    }
    std::vector<const accord::Notice*> notices;
    for (const auto& [key, notice] : state.notices()) {
        if (key.second == party && (!about || key.first == *about)) notices.push_back(&notice);
    }
    if (options.format == Format::kJson) {
        for (const accord::Notice* notice : notices) print(line_of(json_of(*notice)));
        return kDone;
    }
    const std::string what = about ? " about " + to_string(*about) : "";
    if (notices.empty()) {
        print(fmt::format(
            "Nothing{} released to {} by then, in what is kept until a day after its end.\n", what,
            options.party));
        return kDone;
    }
    print(fmt::format(
        "What had been told to {}{} by {}, and what came of it (what had ended more than a day "
        "before is not kept):\n\n{}{}",
        options.party, what, geo::to_string(at), table_of(notices, at),
        warnings_of(notices, state)));
    return kDone;
}

}  // namespace

void add_ledger_knew(CLI::App& ledger, Action& action) {
    const auto options = std::make_shared<Options>();
    CLI::App* command = ledger.add_subcommand(
        "knew", "what a party had been told, had received, read and passed on at a moment");
    add_directory(*command, options->directory);
    command->add_option("--party", options->party, "whose knowledge")
        ->required()
        ->option_text("ID");
    command->add_option("--at", options->at, "when (RFC 3339 UTC, or Unix seconds)")
        ->required()
        ->option_text("TIME");
    command->add_option("--about", options->about, "of this item alone, such as intent/ID")
        ->option_text("ITEM");
    add_text_or_json(*command, options->format);
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace comity::cli
