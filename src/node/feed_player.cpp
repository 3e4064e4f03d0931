// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "feed_player.hpp"

#include "comity/base/bytes.hpp"
#include "comity/surveillance/line_splitter.hpp"
#include "comity/surveillance/sbs.hpp"
#include "comity/surveillance/track_csv.hpp"

#include <optional>
#include <span>

namespace comity::node {
namespace {

surveillance::Dialect dialect_of(wire::FeedDialect dialect) {
    switch (dialect) {
        case wire::FeedDialect::kComity:
            return surveillance::Dialect::kComity;
        case wire::FeedDialect::kOpenSky:
            return surveillance::Dialect::kOpenSky;
        case wire::FeedDialect::kTraffic:
            return surveillance::Dialect::kTraffic;
    }
    return surveillance::Dialect::kComity;
}

report::TrackReport as_played(const wire::ScenarioFeed& feed, report::TrackReport report) {
    report.time += feed.shift;
    if (!report.accuracy) report.accuracy = feed.accuracy;
    // The file's own word for a party means nothing here unless the scenario says what it means.
    const auto operated = feed.operators.find(report.track_id);
    const auto party = feed.parties.find(report.party);
    if (operated != feed.operators.end()) {
        report.party = operated->second.value();
    } else {
        report.party = party != feed.parties.end() ? party->second.value() : "";
    }
    return report;
}

// Feeds a decoder line by line, so that each report is kept with the line that it came in.
template <typename Decoder>
std::optional<FeedFault> decode_lines(Decoder& decoder, std::string_view content,
                                      std::string& current) {
    std::optional<FeedFault> error;
    surveillance::LineSplitter splitter;
    const surveillance::LineSplitter::Sink sink = [&](const surveillance::Line& line) {
        current.assign(line.text);
        current += '\n';
        const auto fed = decoder.feed(base::bytes_of(current));
        if (!fed) error = FeedFault{.line = fed.error().line, .text = fed.error().text};
        return !error.has_value();
    };
    if (splitter.feed(base::bytes_of(content), sink)) splitter.finish(sink);
    if (error) return error;
    current.clear();
    const auto finished = decoder.finish();
    if (!finished) error = FeedFault{.line = finished.error().line, .text = finished.error().text};
    return error;
}

}  // namespace

base::Expected<FeedContent, FeedFault> load_feed(const wire::Scenario& scenario, std::size_t feed,
                                                 std::string_view content) {
    const wire::ScenarioFeed& of = scenario.feeds[feed];
    FeedContent loaded;
    std::string current;
    const auto sink = [&](const report::TrackReport& report) {
        loaded.played.push_back({.feed = feed, .report = as_played(of, report), .line = current});
    };
    std::optional<FeedFault> error;
    if (of.format == wire::FeedFormat::kTracks) {
        surveillance::TrackCsvDecoder decoder({.dialect = dialect_of(of.dialect)}, sink);
        error = decode_lines(decoder, content, current);
        loaded.skipped = decoder.faults().total();
    } else {
        surveillance::SbsDecoder decoder({}, sink);
        error = decode_lines(decoder, content, current);
        loaded.skipped = decoder.faults().total();
    }
    if (error) return base::Unexpected(*error);
    return loaded;
}

}  // namespace comity::node
