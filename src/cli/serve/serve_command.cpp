// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The node on the network: a ledger of its own, or a scenario that plays and lets people in.
#include "commands.hpp"
#include "input.hpp"
#include "ledger/ledger_files.hpp"
#include "replay/scenario_files.hpp"
#include "serve/data_folder.hpp"
#include "serve/enrolled_parties.hpp"
#include "serve/program.hpp"
#include "serve/scenario_people.hpp"
#include "serve/serve_log.hpp"

#include "comity/base/memory_disk.hpp"
#include "comity/geo/instant.hpp"
#include "comity/node/derived.hpp"
#include "comity/node/scenario_run.hpp"
#include "comity/seal/ed25519.hpp"
#include "comity/server/feed_reader.hpp"
#include "comity/system/system_clock.hpp"
#include "comity/system/system_entropy.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/core.h>

namespace comity::cli {
namespace {

namespace fs = std::filesystem;

// Reports are looked at this soon after they came.
constexpr geo::Milliseconds kSweepPeriod{20};

struct Options {
    std::string config;
    std::string data;
    std::string listen;
    std::string admin;
    std::string console;
    std::string scenario;
    std::string from;
    double speed = 1.0;
    std::string borders = "build/borders";
    std::string test_data;
};

server::Config::Listener listener_from(const std::string& option, const std::string& text) {
    const auto fail = [&] {
        return Failure(kBadInput, fmt::format("{}: '{}', expected ADDRESS:PORT on this machine, "
                                              "such as 127.0.0.1:8480 or [::1]:8480",
                                              option, text));
    };
    // The configuration says what an address is; one listener is a configuration.
    const auto read =
        server::read_config(fmt::format("listen:\n  - address: \"{}\"\n", text), option);
    if (!read || read->listen.empty()) throw fail();
    return read->listen.front();
}

server::Config config_of(const Options& options) {
    server::Config config;
    if (!options.config.empty()) {
        auto read = server::read_config(file_content(options.config, server::Config::kMaxBytes),
                                        options.config);
        if (!read) {
            std::string text;
            for (const server::ConfigFault& fault : read.error()) {
                if (!text.empty()) text += "\ncomity: ";
                text += to_string(fault);
            }
            throw Failure(kBadInput, text);
        }
        config = *std::move(read);
    }
    if (!options.data.empty()) config.data = options.data;
    if (!options.listen.empty()) config.listen = {listener_from("--listen", options.listen)};
    if (!options.admin.empty()) config.admin = listener_from("--admin", options.admin);
    if (!options.console.empty()) config.console = options.console;
    return config;
}

server::ApiOptions api_options(const server::Config& config, std::string origin, std::string key,
                               std::string ledger) {
    const server::Config::Limits& limits = config.limits;
    return {.origin = std::move(origin),
            .key = std::move(key),
            .build = "comity",
            .public_origin = config.public_origin,
            .console = config.console.value_or(""),
            .ledger = std::move(ledger),
            .body_bytes = limits.body_bytes,
            .streams_per_party = limits.streams_per_party,
            .sign_in_per_minute = limits.sign_in_per_minute,
            .requests = {.count = limits.requests_per_second, .burst = limits.burst},
            .sessions = {.most = std::chrono::minutes(limits.session_minutes),
                         .idle = std::chrono::minutes(limits.session_idle_minutes)}};
}

// --- A node of its own
// ----------------------------------------------------------------------------

void run_node(DataFolder& data, const server::Config& config, const server::Log& log,
              server::Engine& engine, const std::function<void()>& is_open) {
    DataFolder::Opened opened = data.open();
    if (!opened.damage.empty()) {
        log({.level = server::LogLine::Level::kError,
             .event = "warn_only",
             .members = {{"damage", opened.damage}}});
    }
    system::SystemClock clock;
    // A machine without a clock begins in 1970, and each second since would be one of the log.
    if (clock.now().time < std::chrono::sys_days(std::chrono::year{2026} / 1 / 1)) {
        throw Failure(kEnvironment, fmt::format("the system's clock says {}, expected the time",
                                                geo::to_string(clock.now().time)));
    }
    system::SystemEntropy entropy;
    node::NodeOptions options{
        .clock_source = "system", .max_queue = config.limits.queue, .retells = true};
    options.is_synchronised = clock.now().error_bound < system::SystemClock::kUnknownError;
    options.watch.period = kSweepPeriod;
    auto node = node::Node::open({.ledger = opened.writer.get(),
                                  .secret = *opened.folder.secret,
                                  .store = *opened.folder.store,
                                  .clock = clock,
                                  .entropy = entropy,
                                  .outbox = engine.outbox(),
                                  .spool = opened.spool.get()},
                                 options);
    if (!node) throw failure_of(data.ledger_path(), node.error());
    for (const server::Config::Feed& feed : config.feeds) {
        (*node)->add_feed({.name = feed.name, .of = feed.of});
        engine.add_feed(feed.name, feed.of);
    }
    engine.keep_feeds(opened.recorder.get());
    std::vector<std::unique_ptr<server::FeedReader>> readers;
    for (const server::Config::Feed& feed : config.feeds) {
        readers.push_back(std::make_unique<server::FeedReader>(
            feed, engine.inbox(), engine.counts().dropped_batches,
            [log](const std::string& name, const std::string& what, bool is_bad) {
                log({.level =
                         is_bad ? server::LogLine::Level::kWarning : server::LogLine::Level::kInfo,
                     .event = "feed",
                     .members = {{"name", name}, {"what", what}}});
            }));
    }
    engine.on_ready(is_open);
    engine.run({.node = **node, .secret = *opened.folder.secret, .store = *opened.folder.store},
               clock, kSweepPeriod);
    readers.clear();
    if ((*node)->failure()) throw failure_of(data.ledger_path(), *(*node)->failure());
    if (auto closed = opened.folder.store->close(); !closed && opened.writer != nullptr) {
        throw failure_of(data.ledger_path(), ledger::from_store(closed.error()));
    }
}

ExitCode serve_node(const server::Config& config) {
    const server::Log log = make_log(config.log);
    DataFolder data(config.data, config.origin);
    server::AttachmentShelf shelf(data.attachments());
    server::Directory directory(data.access());
    (void)directory.reload_if_changed();
    server::Inbox* inbox = nullptr;
    Program program(
        {.config = config,
         .api = api_options(config, data.origin(), to_string(data.key()), data.ledger_path()),
         .directory = directory,
         .shelf = shelf,
         .log = log,
         .enrolled = [&](const server::Directory& enrolled) {
             if (inbox != nullptr) file_parties(*inbox, data.origin(), enrolled);
         }});
    inbox = &program.engine().inbox();
    file_parties(*inbox, data.origin(), directory);
    return program.run(
        [&](server::Engine& engine, const std::function<void()>& is_open) {
            run_node(data, config, log, engine, is_open);
        },
        [&](const std::string&) {
            if (!directory.parties().empty()) return std::string();
            return fmt::format("nobody takes part yet: comity enrol FILE --data {}\n", config.data);
        });
}

// --- A scenario
// -----------------------------------------------------------------------------------

geo::Instant instant_in(const wire::Scenario& scenario, const std::string& text) {
    // A time of the scenario's day, or a whole one.
    const std::string day = geo::to_string(scenario.start).substr(0, 11);
    auto time = geo::parse_instant(text);
    if (!time) time = geo::parse_instant(day + text + "Z");
    if (time) return *time;
    throw Failure(kBadInput, fmt::format("--from: '{}', expected a time such as 07:18:30", text));
}

// A folder that is gone when this is.
class OwnFolder {
  public:
    OwnFolder() {
        std::string name = (fs::temp_directory_path() / "comity-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) {
            throw Failure(kEnvironment, fmt::format("{}: no folder can be made there", name));
        }
        path = name;
    }
    OwnFolder(const OwnFolder&) = delete;
    OwnFolder& operator=(const OwnFolder&) = delete;
    ~OwnFolder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    std::string path;
};

std::string words_of(const std::vector<ScenarioPerson>& people, const std::string& url) {
    std::string text = fmt::format("open {} and sign in as one of:\n", url);
    for (const ScenarioPerson& one : people) {
        text += fmt::format("  {:<12} password {}   ({})\n", one.sign_in, one.password, one.name);
    }
    return text;
}

void play(const wire::Scenario& scenario, const ScenarioFiles& files, const std::string& folder,
          server::Engine& engine, const std::function<void()>& is_open) {
    const auto ledger = open_disk(folder, system::Access::kCreate);
    const auto recording = open_disk(folder + "/recording", system::Access::kCreate);
    for (const wire::ScenarioFeed& feed : scenario.feeds) engine.add_feed(feed.id, feed.of);
    engine.on_ready(is_open);
    const auto run = node::run_scenario(
        scenario, {.ledger = *ledger,
                   .recording = *recording,
                   .read_file = [&](const std::string& path) { return files.content(path); },
                   .reached = {},
                   .live = &engine});
    if (run) return;
    const bool is_ledger = run.error().fault == node::RunFault::kLedger;
    if (is_ledger) throw failure_of(folder, run.error().ledger);
    throw Failure(kBadInput, fmt::format("{}: {}", run.error().where, run.error().text));
}

ExitCode serve_scenario(const Options& options, const server::Config& config) {
    const char* data = std::getenv("COMITY_DATA");
    const ScenarioFiles files(options.scenario,
                              {.borders = options.borders,
                               .data = !options.test_data.empty() ? options.test_data
                                       : data == nullptr          ? ""
                                                                  : data});
    const wire::Scenario scenario = files.read();
    files.require_all(scenario);
    std::optional<OwnFolder> own;
    if (options.data.empty()) own.emplace();
    const std::string folder = own ? own->path : options.data;
    std::error_code error;
    if (!own && fs::exists(folder, error) && !fs::is_empty(folder, error)) {
        throw Failure(kBadInput, fmt::format("{}: not empty, expected a new or an empty folder for "
                                             "what the scenario leads to",
                                             folder));
    }
    server::Pace pace{.speed = options.speed};
    if (!options.from.empty()) pace.from = instant_in(scenario, options.from);
    const seal::Hash seed = node::derived_key(scenario.seed, "log");
    const seal::NamedSigner log{.name = scenario.origin,
                                .signer = std::make_unique<seal::SeedSigner>(seed.span())};

    base::MemoryDisk access_disk;
    base::MemoryDisk attachments;
    system::SystemEntropy entropy;
    const auto people = enrol_people(scenario, access_disk, entropy);
    server::Directory directory(access_disk);
    (void)directory.reload_if_changed();
    server::AttachmentShelf shelf(attachments);
    server::ApiOptions api =
        api_options(config, scenario.origin, to_string(log.verifier_key()), folder);
    api.scenario = server::PlayedScenario{.title = scenario.title,
                                          .about = scenario.about,
                                          .start = scenario.start,
                                          .end = scenario.end,
                                          .pace = options.speed};
    Program program({.config = config,
                     .api = std::move(api),
                     .directory = directory,
                     .shelf = shelf,
                     .log = make_log(config.log),
                     .enrolled = {}});
    program.engine().set_pace(pace);
    return program.run(
        [&](server::Engine& engine, const std::function<void()>& is_open) {
            play(scenario, files, folder, engine, is_open);
        },
        [&](const std::string& url) { return words_of(people, url); });
}

ExitCode run(const Options& options) {
    server::Config config = config_of(options);
    if (options.scenario.empty()) {
        if (options.from.empty() && options.speed == 1.0) return serve_node(config);
        throw Failure(kBadInput, "--from and --speed are of a scenario, expected --scenario");
    }
    if (!config.feeds.empty()) {
        throw Failure(kBadInput,
                      "a scenario has feeds of its own, expected none in " + options.config);
    }
    if (!(options.speed > 0) || options.speed > 1'000) {
        throw Failure(kBadInput, "--speed: expected more than 0, at most 1000");
    }
    return serve_scenario(options, config);
}

}  // namespace

void add_serve(CLI::App& app, Action& action) {
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "serve", "the node on the network: HTTP, streams and the console, until SIGTERM");
    command
        ->add_option("--config", options->config, "what the node is to do (docs/configuration.md)")
        ->option_text("FILE");
    command->add_option("--data", options->data, "folder of everything that the node keeps")
        ->option_text("DIR");
    command->add_option("--listen", options->listen, "where (default 127.0.0.1:8480)")
        ->option_text("ADDRESS:PORT");
    command
        ->add_option("--admin", options->admin, "where metrics and health are (default: nowhere)")
        ->option_text("ADDRESS:PORT");
    command->add_option("--console", options->console, "folder of the console's files")
        ->option_text("DIR");
    command
        ->add_option("--scenario", options->scenario,
                     "plays it, and lets people of its parties take part")
        ->option_text("FILE|FOLDER");
    command
        ->add_option("--from", options->from,
                     "of the scenario: as fast as can be until this time of its day")
        ->option_text("TIME");
    command
        ->add_option("--speed", options->speed,
                     "of the scenario: its seconds in a second (default 1)")
        ->option_text("N");
    command->add_option("--borders", options->borders, "folder of borders that a scenario names")
        ->option_text("DIR");
    command
        ->add_option("--test-data", options->test_data,
                     "folder of recordings that a scenario names (default $COMITY_DATA)")
        ->option_text("DIR");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace comity::cli
