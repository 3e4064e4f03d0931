// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "replay/scenario_files.hpp"

#include "failure.hpp"
#include "input.hpp"
#include "ledger/ledger_files.hpp"

#include "comity/wire/scenario_reader.hpp"

#include <filesystem>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/core.h>

namespace comity::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBorders = "$BORDERS/";
constexpr std::string_view kData = "$DATA/";

}  // namespace

ScenarioFiles::ScenarioFiles(const std::string& path, Folders folders)
    : path_(path), folders_(std::move(folders)) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) path_ = (fs::path(path) / "scenario.yaml").string();
    folder_ = fs::path(path_).parent_path().string();
}

wire::Scenario ScenarioFiles::read() const {
    auto scenario = wire::read_scenario(file_content(path_, wire::ScenarioLimits::kMaxBytes));
    if (scenario) return *std::move(scenario);
    throw Failure(kBadInput,
                  fmt::format("{}:{}: {}", path_, scenario.error().line, scenario.error().text));
}

void ScenarioFiles::require_all(const wire::Scenario& scenario) const {
    for (const wire::ScenarioAirspace& filed : scenario.airspaces) {
        const auto* file = std::get_if<wire::AreaFile>(&filed.area);
        if (file != nullptr) require(file->path, filed.line);
    }
    for (const wire::ScenarioFeed& feed : scenario.feeds) require(feed.path, feed.line);
}

void ScenarioFiles::require(const std::string& named, std::size_t line) const {
    const std::string file = resolved(named);
    if (can_open(file)) return;
    if (named.starts_with(kBorders)) {
        throw Failure(kEnvironment,
                      fmt::format("{} is missing: a border that {}:{} names, of those that ./dev "
                                  "run fetches (--borders DIR)",
                                  file, path_, line));
    }
    if (named.starts_with(kData)) {
        throw Failure(
            kEnvironment,
            fmt::format("{} is missing: a recording that {}:{} names and that is not part "
                        "of the project (--data DIR, else $COMITY_DATA)",
                        file, path_, line));
    }
    throw Failure(
        kBadInput,
        fmt::format("{}:{}: '{}' cannot be read, expected a file in the scenario's folder", path_,
                    line, named));
}

std::string ScenarioFiles::resolved(const std::string& named) const {
    if (named.starts_with(kBorders)) {
        return (fs::path(folders_.borders) / named.substr(kBorders.size())).string();
    }
    if (named.starts_with(kData)) {
        return (fs::path(folders_.data) / named.substr(kData.size())).string();
    }
    return (fs::path(folder_) / named).string();
}

base::Expected<std::string, std::string> ScenarioFiles::content(const std::string& named) const {
    try {
        return file_content(resolved(named), kMaxBytes);
    } catch (const Failure& failure) {
        return base::Unexpected(std::string(failure.what()));
    }
}

}  // namespace comity::cli
