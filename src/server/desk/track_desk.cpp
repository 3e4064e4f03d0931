// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/track_desk.hpp"

#include "comity/wire/track_frame.hpp"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

namespace comity::server {
namespace {

struct Making {
    wire::FrameWriter writer;
    std::vector<TrackName> names;
};

wire::FrameTrack frame_track(std::uint32_t number, const watch::TrackView& view,
                             geo::Instant sweep) {
    const geo::Milliseconds age = std::max(sweep - view.reported, geo::Milliseconds(0));
    return {.number = number,
            .position = view.position,
            .altitude = view.altitude,
            .ground_speed = view.ground_speed,
            .track = view.track,
            .vertical_rate = view.vertical_rate,
            .accuracy = view.accuracy,
            .age = age,
            .is_estimated = age > TrackDesk::kEstimated,
            .is_on_ground = view.on_ground};
}

}  // namespace

void TrackDesk::add_feed(const std::string& name, const accord::PartyId& of) {
    feeds_.insert_or_assign(name, Feed{.of = of});
}

std::vector<FrameEvent> TrackDesk::sweep(const watch::Watch& watch, geo::Instant sweep) {
    std::map<accord::PartyId, Making> making;
    for (const auto& [name, feed] : feeds_) {
        making.try_emplace(feed.of, Making{.writer = wire::FrameWriter(sweep)});
    }
    watch.each_track([&](const watch::TrackView& view) {
        const auto feed = feeds_.find(view.feed);
        if (feed == feeds_.end()) return;
        Making& of_party = making.at(feed->second.of);
        auto known = feed->second.tracks.find(view.id);
        const bool is_new = known == feed->second.tracks.end();
        if (is_new) {
            known = feed->second.tracks.emplace(std::string(view.id), Known{}).first;
            known->second.number = next_number_++;
        }
        Known& track = known->second;
        if (is_new || track.callsign != view.callsign || track.party != view.party) {
            track.callsign = view.callsign;
            track.party = view.party;
            of_party.names.push_back({.number = track.number,
                                      .track = known->first,
                                      .callsign = track.callsign,
                                      .feed = feed->first,
                                      .party = track.party});
        }
        track.last = view;
        track.is_seen = true;
        auto& last_report = feed->second.last_report;
        last_report = std::max(last_report.value_or(view.reported), view.reported);
        of_party.writer.add(frame_track(track.number, view, sweep));
    });
    // Those that are lost are in one more frame, and then forgotten.
    for (auto& [name, feed] : feeds_) {
        Making& of_party = making.at(feed.of);
        for (auto at = feed.tracks.begin(); at != feed.tracks.end();) {
            Known& track = at->second;
            if (std::exchange(track.is_seen, false)) {
                ++at;
                continue;
            }
            wire::FrameTrack lost = frame_track(track.number, track.last, sweep);
            lost.is_lost = true;
            of_party.writer.add(lost);
            at = feed.tracks.erase(at);
        }
    }
    std::vector<FrameEvent> frames;
    for (auto& [party, made] : making) {
        frames.push_back({.to = party,
                          .names = std::move(made.names),
                          .sweep = sweep,
                          .frame = std::make_shared<const std::string>(made.writer.take())});
    }
    return frames;
}

std::vector<FeedLine> TrackDesk::feeds(geo::Instant now) const {
    std::vector<FeedLine> lines;
    for (const auto& [name, feed] : feeds_) {
        FeedLine line{.name = name, .of = feed.of};
        if (feed.last_report) {
            line.age = std::max(now - *feed.last_report, geo::Milliseconds(0));
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace comity::server
