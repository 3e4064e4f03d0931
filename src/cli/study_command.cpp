// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"
#include "study.hpp"

#include <cstdlib>
#include <memory>

#include <fmt/core.h>

namespace comity::cli {
namespace {

void add_folders(CLI::App& command, StudyFolders& folders) {
    command
        .add_option(
            "--borders", folders.borders,
            "folder with the borders that ./dev run hatay-2015 fetches (default build/borders)")
        ->option_text("DIR");
}

std::string data_folder() {
    const char* set = std::getenv("COMITY_DATA");
    return set != nullptr ? set : "../shared/data";
}

}  // namespace

void require_file(const std::string& path, const std::string& what_and_where_from) {
    if (!can_open(path)) {
        throw Failure(kEnvironment, fmt::format("{} is missing: {}", path, what_and_where_from));
    }
}

void add_study(CLI::App& app, Action& action) {
    CLI::App* study = app.add_subcommand("study", "a documented case, worked out from its sources");
    study->require_subcommand(1);

    const auto hatay_folders = std::make_shared<StudyFolders>();
    CLI::App* hatay = study->add_subcommand(
        "hatay-2015", "two published accounts of 24 November 2015 against three border files");
    hatay
        ->add_option("--scenarios", hatay_folders->scenarios,
                     "folder of the scenarios (default scenarios)")
        ->option_text("DIR");
    add_folders(*hatay, *hatay_folders);
    hatay->callback(
        [hatay_folders, &action] { action = [=] { return study_hatay(*hatay_folders); }; });

    const auto swiss_folders = std::make_shared<StudyFolders>();
    swiss_folders->data = data_folder();
    const auto all_flights = std::make_shared<bool>(false);
    CLI::App* swiss = study->add_subcommand(
        "switzerland-2018", "311 recorded flights against a border and against each other");
    swiss
        ->add_option("--data", swiss_folders->data,
                     "folder with trajectories/ (default $COMITY_DATA, else ../shared/data)")
        ->option_text("DIR");
    swiss->add_flag("--all", *all_flights, "list every stay, not only the first");
    add_folders(*swiss, *swiss_folders);
    swiss->callback([swiss_folders, all_flights, &action] {
        action = [=] { return study_switzerland(*swiss_folders, *all_flights); };
    });
}

}  // namespace comity::cli
