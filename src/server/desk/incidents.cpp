// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "incidents.hpp"

#include "comity/base/check.hpp"
#include "comity/wire/read_frame.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

namespace comity::server {
namespace {

accord::AlertPhase phase_from(const std::string& word) {
    using enum accord::AlertPhase;
    for (const accord::AlertPhase phase : {kPredicted, kInside, kResolved}) {
        if (word == to_string(phase)) return phase;
    }
    return kUnresolved;
}

void add_sample(PartyBoard& board, const std::string& incident, const TrackName& name,
                const TrackSample& sample) {
    std::vector<IncidentTrack>& tracks = board.incident_tracks[incident];
    auto found = std::ranges::find(tracks, name.feed, &IncidentTrack::feed);
    if (found == tracks.end()) {
        found = tracks.insert(tracks.end(), {.feed = name.feed, .track = name.track});
    }
    if (found->samples.size() >= PartyBoard::kMaxSamples) return;
    if (!found->samples.empty() && found->samples.back().time >= sample.time) return;
    found->samples.push_back(sample);
}

TrackSample sample_of(const wire::ReadTrack& track, geo::Instant sweep) {
    return {.time = sweep - track.age,
            .latitude = track.latitude,
            .longitude = track.longitude,
            .altitude_feet = track.altitude_feet,
            .speed_knots = track.speed_knots,
            .direction_degrees = track.direction_degrees};
}

// The numbers under which an incident's track stands in frames.
std::set<std::uint32_t> numbers_of(const PartyBoard& board, const IncidentBoard& incident) {
    if (incident.track.empty()) return {};
    const auto found = board.numbers.find(incident.track);
    return found == board.numbers.end() ? std::set<std::uint32_t>() : found->second;
}

void forget_name(PartyBoard& board, std::uint32_t number) {
    const auto name = board.names.find(number);
    if (name == board.names.end()) return;
    const auto numbers = board.numbers.find(name->second.track);
    numbers->second.erase(number);
    if (numbers->second.empty()) board.numbers.erase(numbers);
    board.names.erase(name);
}

// What was seen of it before it was an incident.
void add_past(PartyBoard& board, const IncidentBoard& incident) {
    for (const std::uint32_t number : numbers_of(board, incident)) {
        for (const FrameEvent& frame : board.frames) {
            const auto track = wire::find_track(*frame.frame, number);
            if (!track || track->is_lost) continue;
            add_sample(board, incident.id, board.names.at(number), sample_of(*track, frame.sweep));
        }
    }
}

bool is_followed(const IncidentBoard& incident, geo::Instant now) {
    return !incident.closed || now <= *incident.closed + PartyBoard::kAfter;
}

// The oldest one that is over makes room; all open ones stay.
void make_room(PartyBoard& board) {
    if (board.incidents.size() < PartyBoard::kMaxIncidents) return;
    const IncidentBoard* oldest = nullptr;
    for (const auto& [id, incident] : board.incidents) {
        if (!incident.closed) continue;
        if (oldest == nullptr || *incident.closed < *oldest->closed) oldest = &incident;
    }
    if (oldest == nullptr) return;
    const std::string id = oldest->id;
    board.incident_tracks.erase(id);
    board.incidents.erase(id);
}

}  // namespace

void follow_warning(PartyBoard& board, const ToldEvent& event) {
    // Our own words (wire::delivery_bytes).
    const auto content = nlohmann::json::parse(*event.content);
    const auto& warning = content.at("warning");
    const bool is_new = !board.incidents.contains(event.item.id);
    if (is_new) make_room(board);
    IncidentBoard& incident = board.incidents[event.item.id];
    if (is_new) {
        incident.id = event.item.id;
        incident.opened = event.time;
    }
    if (event.number > 0) incident.deliveries.push_back(event.number);
    incident.phase = phase_from(warning.at("phase"));
    incident.airspace = warning.at("airspace");
    if (warning.contains("track")) incident.track = warning.at("track");
    if (const auto& by = warning.at("by_intent"); by.is_object() && by.at("intent").is_string()) {
        incident.intent = by.at("intent");
    }
    incident.closed.reset();
    if (is_closed(incident.phase)) incident.closed = event.time;
    if (!is_new) return;
    add_past(board, incident);
}

void follow_frame(PartyBoard& board, const FrameEvent& event) {
    for (const TrackName& name : event.names) {
        board.names.insert_or_assign(name.number, name);
        board.numbers[name.track].insert(name.number);
    }
    for (const auto& [id, incident] : board.incidents) {
        if (!is_followed(incident, event.sweep)) continue;
        for (const std::uint32_t number : numbers_of(board, incident)) {
            const auto track = wire::find_track(*event.frame, number);
            if (!track || track->is_lost) continue;
            add_sample(board, id, board.names.at(number), sample_of(*track, event.sweep));
        }
    }
    // A number is not used again.
    wire::each_track(*event.frame, [&](const wire::ReadTrack& track) {
        if (track.is_lost) forget_name(board, track.number);
    });
    board.frames.push_back({.to = event.to, .sweep = event.sweep, .frame = event.frame});
    board.frame_bytes += event.frame->size();
    while (board.frames.size() > PartyBoard::kMaxFrames ||
           (board.frames.size() > 1 && board.frame_bytes > PartyBoard::kMaxFrameBytes)) {
        board.frame_bytes -= board.frames.front().frame->size();
        board.frames.pop_front();
    }
}

}  // namespace comity::server
