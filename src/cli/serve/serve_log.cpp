// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "serve/serve_log.hpp"

#include <algorithm>
#include <memory>
#include <string>

#include <nlohmann/json.hpp>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace comity::cli {
namespace {

using Level = server::LogLine::Level;

spdlog::level::level_enum level_of(Level level) {
    switch (level) {
        case Level::kDebug:
            return spdlog::level::debug;
        case Level::kInfo:
            return spdlog::level::info;
        case Level::kWarning:
            return spdlog::level::warn;
        case Level::kError:
            return spdlog::level::err;
    }
    return spdlog::level::err;
}

spdlog::level::level_enum level_of(server::Config::LogLevel level) {
    using enum server::Config::LogLevel;
    switch (level) {
        case kDebug:
            return spdlog::level::debug;
        case kInfo:
            return spdlog::level::info;
        case kWarning:
            return spdlog::level::warn;
        case kError:
            return spdlog::level::err;
    }
    return spdlog::level::err;
}

// What others chose may hold anything: as JSON text it ends no line and begins no member.
std::string quoted(const std::string& text) {
    const bool is_plain = !text.empty() && std::ranges::all_of(text, [](char c) {
        return ' ' < c && c <= '~' && c != '"' && c != '\\' && c != '=';
    });
    if (is_plain) return text;
    return nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

std::string as_text(const server::LogLine& line) {
    std::string out = line.event;
    for (const auto& [name, value] : line.members) out += " " + name + "=" + quoted(value);
    return out;
}

// The members of an object whose first ones the pattern writes.
std::string as_json(const server::LogLine& line) {
    nlohmann::ordered_json out{{"event", line.event}};
    for (const auto& [name, value] : line.members) out[name] = value;
    return out.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace).substr(1);
}

}  // namespace

server::Log make_log(const server::Config::Log& config) {
    const bool is_json = config.format == server::Config::LogFormat::kJson;
    const auto logger = std::make_shared<spdlog::logger>(
        "comity", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_level(level_of(config.level));
    logger->flush_on(spdlog::level::debug);
    auto formatter = std::make_unique<spdlog::pattern_formatter>(
        is_json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v)"
                : "%Y-%m-%dT%H:%M:%S.%eZ %l %v",
        spdlog::pattern_time_type::utc);
    logger->set_formatter(std::move(formatter));
    return [logger, is_json](const server::LogLine& line) {
        const auto level = level_of(line.level);
        if (!logger->should_log(level)) return;
        // The line is an argument and no format.
        logger->log(level, "{}", is_json ? as_json(line) : as_text(line));
    };
}

}  // namespace comity::cli
