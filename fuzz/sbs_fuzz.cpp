// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// SBS-1 messages. Beside "no crash": reports are within their ranges, the cuts between chunks
// change nothing, a message is at most one report or one fault, and strict reading stops at the
// first fault.
#include "chunks.hpp"
#include "report_checks.hpp"

#include "comity/base/check.hpp"
#include "comity/report/track_report.hpp"
#include "comity/surveillance/fault_tally.hpp"
#include "comity/surveillance/sbs.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace {

using namespace comity;
using surveillance::SbsDecoder;
using surveillance::SbsOptions;

struct Result {
    std::vector<report::TrackReport> reports;
    surveillance::FaultTally<surveillance::SbsFault> faults;
    std::optional<surveillance::SbsError> error;
    friend bool operator==(const Result&, const Result&) = default;
};

Result decode(std::span<const std::byte> bytes, SbsOptions options, bool in_chunks) {
    Result result;
    SbsDecoder decoder(options, [&result](const report::TrackReport& one) {
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
    COMITY_CHECK(decoder.report_count() == result.reports.size());
    COMITY_CHECK(decoder.message_count() >= result.reports.size() + result.faults.total());
    COMITY_CHECK(decoder.aircraft_count() <= decoder.message_count());
    return result;
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::span bytes(reinterpret_cast<const std::byte*>(data), size);
    const Result whole = decode(bytes, {}, false);
    COMITY_CHECK(!whole.error);
    COMITY_CHECK(whole == decode(bytes, {}, true));
    const Result strict = decode(bytes, {.strict = true}, true);
    COMITY_CHECK(strict.error.has_value() == (whole.faults.total() > 0));
    if (strict.error) {
        COMITY_CHECK(strict.error->fault == whole.faults.counts()[0].fault);
        COMITY_CHECK(strict.error->line == whole.faults.counts()[0].first_line);
    }
    return 0;
}
