// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Track files in every dialect. Beside "no crash": reports are within their ranges, every row is
// either a report or a counted fault, the cuts between chunks change nothing, and strict reading
// stops exactly at the first fault.
#include "chunks.hpp"
#include "report_checks.hpp"

#include "comity/base/check.hpp"
#include "comity/report/track_report.hpp"
#include "comity/surveillance/fault_tally.hpp"
#include "comity/surveillance/track_csv.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace {

using namespace comity;
using surveillance::RowFault;
using surveillance::TrackCsvDecoder;
using surveillance::TrackCsvOptions;

struct Result {
    std::vector<report::TrackReport> reports;
    surveillance::FaultTally<RowFault> faults;
    std::uint64_t rows = 0;
    std::optional<surveillance::TrackFileError> error;
    friend bool operator==(const Result&, const Result&) = default;
};

Result decode(std::span<const std::byte> bytes, TrackCsvOptions options, bool in_chunks) {
    Result result;
    TrackCsvDecoder decoder(options, [&result](const report::TrackReport& one) {
        fuzz::check_report(one);
        result.reports.push_back(one);
    });
    if (in_chunks) {
        fuzz::feed_in_chunks(bytes, [&decoder](std::span<const std::byte> chunk) {
            static_cast<void>(decoder.feed(chunk));
        });
    } else {
        static_cast<void>(decoder.feed(bytes));
    }
    if (const auto finished = decoder.finish(); !finished) result.error = finished.error();
    result.faults = decoder.faults();
    result.rows = decoder.row_count();
    COMITY_CHECK(decoder.report_count() == result.reports.size());
    COMITY_CHECK(result.rows == result.reports.size() + result.faults.total());
    return result;
}

std::size_t first_fault_line(const Result& result) {
    std::size_t line = std::numeric_limits<std::size_t>::max();
    for (const auto& one : result.faults.counts()) line = std::min(line, one.first_line);
    return line;
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::span bytes(reinterpret_cast<const std::byte*>(data), size);
    for (const auto dialect : {surveillance::Dialect::kComity, surveillance::Dialect::kOpenSky,
                               surveillance::Dialect::kTraffic}) {
        const Result whole = decode(bytes, {.dialect = dialect}, false);
        COMITY_CHECK(whole == decode(bytes, {.dialect = dialect}, true));
        const Result strict = decode(bytes, {.dialect = dialect, .strict = true}, true);
        if (whole.faults.total() == 0) {
            COMITY_CHECK(strict == whole);
        } else {
            COMITY_CHECK(strict.error.has_value());
            COMITY_CHECK(strict.error->fault == surveillance::TrackFileFault::kBadRow);
            COMITY_CHECK(strict.error->line == first_fault_line(whole));
            COMITY_CHECK(strict.faults.total() == 1);
        }
    }
    return 0;
}
