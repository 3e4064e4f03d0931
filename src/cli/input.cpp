// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "input.hpp"

#include "failure.hpp"

#include "comity/chart/file_buffer.hpp"
#include "comity/chart/geojson.hpp"
#include "comity/surveillance/sbs.hpp"
#include "comity/surveillance/track_csv.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <system_error>
#include <utility>

#include <fmt/core.h>

namespace comity::cli {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{1} << 18;

class InputFile {
  public:
    explicit InputFile(const std::string& path) : path_(path), file_(open(path), &std::fclose) {}

    /// As many bytes as there are, at most `into`; 0 at the end.
    std::size_t read(std::span<std::byte> into) {
        const std::size_t count = std::fread(into.data(), 1, into.size(), file_.get());
        if (count == 0 && std::ferror(file_.get()) != 0) {
            const int code = errno == EISDIR ? kBadInput : kEnvironment;
            throw Failure(
                static_cast<ExitCode>(code),
                fmt::format("{}: {}, expected a readable file", path_, std::strerror(errno)));
        }
        return count;
    }

  private:
    static std::FILE* open(const std::string& path) {
        std::FILE* file = std::fopen(path.c_str(), "rb");
        if (file == nullptr) {
            const ExitCode code = errno == ENOENT || errno == ENOTDIR ? kBadInput : kEnvironment;
            throw Failure(
                code, fmt::format("{}: {}, expected a readable file", path, std::strerror(errno)));
        }
        return file;
    }

    std::string path_;
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

// Feeds a whole file to a decoder and says what it skipped.
template <typename Decoder>
void decode(const TrackSource& source, Decoder& decoder, const char* unit) {
    const auto check = [&](const auto& result) {
        if (!result) {
            throw Failure(kBadInput, fmt::format("{}:{}: {}", source.path, result.error().line,
                                                 result.error().text));
        }
    };
    InputFile file(source.path);
    std::vector<std::byte> chunk(kChunkBytes);
    while (const std::size_t count = file.read(chunk)) {
        check(decoder.feed(std::span(chunk).first(count)));
    }
    check(decoder.finish());
    if (decoder.faults().total() == 0) return;
    say(fmt::format("{}: {} {}{} skipped:", source.path, decoder.faults().total(), unit,
                    decoder.faults().total() == 1 ? "" : "s"));
    for (const auto& cause : decoder.faults().counts()) {
        say(fmt::format("  {:>8}  {} (first in line {}: {})", cause.count, to_string(cause.fault),
                        cause.first_line, cause.first_text));
    }
}

}  // namespace

void read_tracks(const TrackSource& source,
                 const std::function<void(const report::TrackReport&)>& sink) {
    std::size_t count = 0;
    const auto counted = [&](const report::TrackReport& report) {
        if (++count > kMaxReports) {
            throw Failure(kBadInput, fmt::format("{}: more than {} reports, expected at most that "
                                                 "many in one file: split it by time",
                                                 source.path, kMaxReports));
        }
        sink(report);
    };
    if (source.dialect == "sbs") {
        surveillance::SbsDecoder decoder({.strict = source.strict}, counted);
        decode(source, decoder, "message");
        return;
    }
    const std::optional<surveillance::Dialect> dialect = surveillance::dialect_from(source.dialect);
    if (!dialect) {
        throw Failure(kBadInput,
                      fmt::format("--dialect: '{}', expected comity, opensky, traffic or "
                                  "sbs",
                                  source.dialect));
    }
    surveillance::TrackCsvDecoder decoder({.dialect = *dialect, .strict = source.strict}, counted);
    decode(source, decoder, "row");
}

std::vector<airspace::Airspace> read_airspaces(const std::string& path) {
    InputFile file(path);
    std::error_code no_size;
    const std::uintmax_t size = std::filesystem::file_size(path, no_size);
    if (no_size) {
        throw Failure(kBadInput,
                      fmt::format("{}: {}, expected a regular file", path, no_size.message()));
    }
    if (size > chart::GeoJsonLimits::kMaxFileBytes) {
        throw Failure(kBadInput, fmt::format("{}:1: {} bytes, expected at most {}", path, size,
                                             chart::GeoJsonLimits::kMaxFileBytes));
    }
    chart::FileBuffer buffer(size);
    std::size_t filled = 0;
    while (const std::size_t count = file.read(buffer.bytes().subspan(filled))) filled += count;
    buffer.truncate(filled);
    auto airspaces = chart::read_geojson(buffer);
    if (!airspaces) {
        throw Failure(kBadInput, fmt::format("{}:{}: {}", path, airspaces.error().line,
                                             airspaces.error().text));
    }
    return *std::move(airspaces);
}

bool can_open(const std::string& path) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(
        std::fopen(path.c_str(), "rb"), [](std::FILE* f) { return f ? std::fclose(f) : 0; });
    return file != nullptr;
}

}  // namespace comity::cli
