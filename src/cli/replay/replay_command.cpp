// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"
#include "progress.hpp"
#include "replay/closing.hpp"
#include "replay/replay_json.hpp"
#include "replay/replay_ledger.hpp"
#include "replay/scenario_files.hpp"
#include "replay/story.hpp"

#include "comity/base/check.hpp"
#include "comity/node/scenario_run.hpp"
#include "comity/seal/base64.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include <fmt/core.h>

namespace comity::cli {
namespace {

constexpr double kLeastSpeed = 0.001;
constexpr double kGreatestSpeed = 1'000'000.0;
// Rows of one moment's tables that are shown without --all.
constexpr std::size_t kMomentRows = 40;

struct Options {
    std::string scenario;
    std::string speed = "max";
    std::optional<std::string> ledger;
    bool resumes = false;
    bool all = false;
    ScenarioFiles::Folders folders;
    Format format = Format::kText;
};

/// Prints a replay for people: at its end, or as it happens.
class TextReplay {
  public:
    TextReplay(const wire::Scenario& scenario, bool all)
        : scenario_(scenario),
          all_(all),
          names_(scenario),
          page_(Page::of_standard_output()),
          story_(names_),
          timeline_(page_, who_width()) {}

    void begin() { print(opening(page_, scenario_, names_) + timeline_.head()); }
    void go_on(const node::History& history) { print(timeline_.rows(story_.take(history, false))); }
    /// The rest of the timeline and all that comes after it.
    void end(const node::RunResult& result, const std::vector<node::Checked>& checked,
             bool is_shown) {
        const node::History& history = result.history;
        const std::vector<Row> rows = story_.take(history, true);
        const std::size_t most = all_ ? SIZE_MAX : kMomentRows;
        std::string out = is_shown || all_ ? timeline_.rows(rows) : timeline_.shortened(rows);
        out += updates_words();
        for (const node::Moment& moment : history.moments) {
            out += moment_table(page_, moment, history, names_, scenario_, most);
        }
        out += assessments(page_, scenario_, history, names_);
        out += warning_times(page_, history, names_);
        out += expectations(page_, checked);
        print(out + ledger_words(result));
    }

  private:
    std::size_t who_width() const {
        std::size_t width = 0;
        for (const wire::ScenarioParty& party : scenario_.parties) {
            width = std::max(width, width_of(party.name));
        }
        return width;
    }
    std::string updates_words() const {
        if (story_.updates() == 0) return {};
        return "\n" + page_.paragraph(counted(story_.updates(), "update") +
                                          " of warnings changed times and distances alone and "
                                          "are left out; they were told as well.",
                                      10, Tone::kQuiet);
    }
    std::string ledger_words(const node::RunResult& result) const {
        return page_.heading("Ledger") +
               page_.paragraph(
                   fmt::format("Read again from its beginning, the ledger holds: {}, {}; {} of the "
                               "recording, which keeps {}.",
                               counted(result.records.size, "record"),
                               counted(result.deliveries, "delivery", "deliveries"),
                               counted(result.chunks, "chunk"),
                               counted(result.history.reports, "report")),
                   2, Tone::kGood);
    }

    const wire::Scenario& scenario_;
    bool all_;
    Names names_;
    Page page_;
    Story story_;
    Timeline timeline_;
};

/// Lets the scenario's time pass so many times faster than a clock on the wall.
class Pace {
  public:
    Pace(geo::Instant start, double speed)
        : start_(start), speed_(speed), began_(std::chrono::steady_clock::now()) {}

    void wait_until(geo::Instant time) const {
        const std::chrono::duration<double> passed = (time - start_) / speed_;
        std::this_thread::sleep_until(
            began_ + std::chrono::duration_cast<std::chrono::steady_clock::duration>(passed));
    }

  private:
    geo::Instant start_;
    double speed_;
    std::chrono::steady_clock::time_point began_;
};

Failure failure_of_run(const ScenarioFiles& files, const ReplayLedger& ledger,
                       const node::RunError& error) {
    if (error.fault == node::RunFault::kLedger) return ledger.failure(error.ledger);
    const ExitCode code = error.fault == node::RunFault::kFile ? kEnvironment : kBadInput;
    return {code, fmt::format("{}: {}", files.resolved(error.where), error.text)};
}

ExitCode run(const Options& options) {
    const ScenarioFiles files(options.scenario, options.folders);
    const wire::Scenario scenario = files.read();
    files.require_all(scenario);
    ReplayLedger ledger(options.ledger, options.resumes);
    const bool is_text = options.format == Format::kText;
    const bool is_paced = options.speed != "max";
    TextReplay text(scenario, options.all);
    const Pace pace(scenario.start, is_paced ? std::stod(options.speed) : 1.0);
    const auto seconds = [&](geo::Instant time) {
        return static_cast<std::size_t>((time - scenario.start) / std::chrono::seconds(1));
    };
    std::optional<Progress> progress;
    if (!is_paced) progress.emplace("seconds replayed", seconds(scenario.end) + 1);
    bool has_begun = false;
    const auto reached = [&](geo::Instant time, const node::History& history) {
        if (progress) return progress->reached(seconds(time));
        if (is_text && !has_begun) text.begin();
        has_begun = true;
        pace.wait_until(time);
        if (is_text) text.go_on(history);
    };
    const auto result = node::run_scenario(
        scenario, {.ledger = ledger.disk(),
                   .recording = ledger.recording(),
                   .read_file = [&](const std::string& path) { return files.content(path); },
                   .resumes = ledger.has_begun(),
                   .reached = reached});
    progress.reset();
    if (!result) {
        ledger.drop();
        throw failure_of_run(files, ledger, result.error());
    }
    ledger.keep();
    const ledger::LedgerSummary whole = ledger.check();
    COMITY_CHECK(whole.ticks.root == result->ticks.root);
    const std::vector<node::Checked> checked = check_expectations(scenario, result->history);
    if (is_text) {
        if (!has_begun) text.begin();
        text.end(*result, checked, has_begun);
        print(fmt::format("\nticks {} records {} root {}\n", whole.ticks.size, whole.records.size,
                          seal::encode_base64(whole.ticks.root.span())));
    } else {
        print(replay_json(scenario, *result, checked));
    }
    if (result->history.refused_alerts > 0) {
        say(counted(result->history.refused_alerts, "change of an alert", "changes of alerts") +
            " were refused: nobody was warned of them");
    }
    if (result->history.skipped > 0) {
        say(counted(result->history.skipped, "row or message", "rows or messages") +
            " of the feeds could not be read and were skipped");
    }
    bool holds = true;
    for (const node::Checked& one : checked) {
        if (one.holds) continue;
        holds = false;
        say(fmt::format("{}:{}: {}, expected {}", files.path(), one.line, one.found, one.expected));
    }
    return holds ? kDone : kDoesNotHold;
}

CLI::Validator speed() {
    const auto check = [](const std::string& text) {
        double value = 0.0;
        const bool is_number = CLI::detail::lexical_cast(text, value) && kLeastSpeed <= value &&
                               value <= kGreatestSpeed;
        if (text == "max" || is_number) return std::string();
        return fmt::format("'{}', expected max or a number from {} to {}", text, kLeastSpeed,
                           kGreatestSpeed);
    };
    return {check, "", ""};
}

std::string data_folder() {
    const char* set = std::getenv("COMITY_DATA");
    return set != nullptr ? set : "../shared/data";
}

}  // namespace

void add_replay(CLI::App& app, Action& action) {
    const auto options = std::make_shared<Options>();
    options->folders.data = data_folder();
    CLI::App* command = app.add_subcommand(
        "replay", "run a scenario through the whole node and tell what happened");
    command
        ->add_option("SCENARIO", options->scenario,
                     "a scenario (YAML), or a folder with scenario.yaml")
        ->required();
    command
        ->add_option("--speed", options->speed,
                     "max (default), or N: N times as fast as time passes, shown as it happens")
        ->check(speed())
        ->option_text("max|N");
    CLI::Option* ledger =
        command
            ->add_option("--ledger", options->ledger,
                         "new directory for the ledger and the recording (default: in memory)")
            ->option_text("DIR");
    command
        ->add_flag("--resume", options->resumes,
                   "go on with a replay of this scenario that was ended in --ledger")
        ->needs(ledger);
    command
        ->add_option("--borders", options->folders.borders,
                     "where $BORDERS/ of a scenario leads (default build/borders)")
        ->option_text("DIR");
    command
        ->add_option("--data", options->folders.data,
                     "where $DATA/ of a scenario leads (default $COMITY_DATA, else ../shared/data)")
        ->option_text("DIR");
    command->add_flag("--all", options->all, "every line, however many there are");
    add_text_or_json(*command, options->format);
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace comity::cli
