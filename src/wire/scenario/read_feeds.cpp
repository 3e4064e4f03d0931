// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Feeds, and what is shown and assessed of them in the end.
#include "sections.hpp"

#include <chrono>
#include <utility>

namespace comity::wire {
namespace {

// Enough to move any recording to any scenario.
constexpr geo::Milliseconds kMostShift = std::chrono::hours{24 * 366 * 200};
constexpr DurationRange kShift{.least = -kMostShift, .most = kMostShift};

FeedFormat format_of(Reading& reading, const YamlNode* node) {
    constexpr std::pair<std::string_view, FeedFormat> kFormats[] = {{"tracks", FeedFormat::kTracks},
                                                                    {"sbs", FeedFormat::kSbs}};
    return value_of<FeedFormat>(reading, node, kFormats);
}

FeedDialect dialect_of(Reading& reading, const YamlNode* node) {
    constexpr std::pair<std::string_view, FeedDialect> kDialects[] = {
        {"comity", FeedDialect::kComity},
        {"opensky", FeedDialect::kOpenSky},
        {"traffic", FeedDialect::kTraffic}};
    return value_of<FeedDialect>(reading, node, kDialects);
}

void read_feed(Context& context, const YamlKey& key, const YamlNode& node) {
    Reading& reading = context.reading;
    Fields fields(reading, node, "a feed");
    ScenarioFeed feed{
        .line = key.line,
        .id = key.text,
        .of = party_of(context, fields.need("of")),
        .path = name_of(reading, fields.need("file")),
        .format = format_of(reading, fields.need("format")),
        .dialect = dialect_of(reading, fields.find("dialect")),
        .shift = duration_of(reading, fields.find("shift"), kShift, geo::Milliseconds(0)),
        .accuracy = accuracy_of(reading, fields.find("accuracy_m")),
        .operators = party_by_text(context, fields.find("operators")),
        .parties = party_by_text(context, fields.find("parties"))};
    const YamlNode* of_tracks =
        fields.has("dialect") ? fields.find("dialect") : fields.find("parties");
    fields.finish();
    if (feed.format != FeedFormat::kTracks && of_tracks != nullptr) {
        reading.fail(ScenarioFault::kConflict, of_tracks->line,
                     "columns of a file that has none, expected 'dialect' and 'parties' only where "
                     "the format is tracks");
    }
    context.scenario.feeds.push_back(std::move(feed));
}

}  // namespace

void read_feeds(Context& context, const YamlNode* node) {
    for (const auto& [key, value] : mapping_of(context.reading, node, ScenarioLimits::kMaxFeeds)) {
        check_id(context, *key);
        read_feed(context, *key, *value);
    }
}

void read_moments(Context& context, const YamlNode* node) {
    for (const YamlNode& one : list_of(context.reading, node, ScenarioLimits::kMaxMoments)) {
        context.scenario.moments.push_back(instant_within(context.reading, &one, context.times));
    }
}

void read_assessments(Context& context, const YamlNode* node) {
    for (const YamlNode& one : list_of(context.reading, node, ScenarioLimits::kMaxAssessments)) {
        Fields fields(context.reading, one, "an assessment");
        context.scenario.assess.push_back(
            {.line = one.line,
             .tracks = tracks_of(context, fields.need("tracks"), ScenarioLimits::kMaxTracks),
             .airspace = airspace_of(context, fields.need("airspace"))});
        fields.finish();
    }
}

}  // namespace comity::wire
