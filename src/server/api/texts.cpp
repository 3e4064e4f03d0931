// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "texts.hpp"

#include "comity/base/json_text.hpp"
#include "comity/geo/instant.hpp"
#include "comity/wire/read_frame.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

namespace comity::server {
namespace {

void append_number_or_null(std::string& out, const std::optional<double>& number, int digits) {
    if (number) {
        fmt::format_to(std::back_inserter(out), "{:.{}f}", *number, digits);
    } else {
        out += "null";
    }
}

void append_comma(std::string& out) {
    if (out.back() != '[' && out.back() != '{') out += ',';
}

void append_track(std::string& out, const wire::ReadTrack& track, const TrackName& name,
                  geo::Instant sweep) {
    out += R"({"feed":)";
    append_text(out, name.feed);
    out += R"(,"track":)";
    append_text(out, name.track);
    out += R"(,"callsign":)";
    append_text(out, name.callsign);
    out += R"(,"operator":)";
    if (name.party.empty()) {
        out += "null";
    } else {
        append_text(out, name.party);
    }
    fmt::format_to(std::back_inserter(out), R"(,"lat":{:.7f},"lon":{:.7f},"at":)", track.latitude,
                   track.longitude);
    append_time(out, sweep - track.age);
    out += R"(,"altitude_ft":)";
    append_number_or_null(out, track.altitude_feet, 1);
    if (track.altitude_feet) {
        out += R"(,"altitude_datum":)";
        out += track.datum == 0 ? R"("pressure")" : track.datum == 1 ? R"("msl")" : R"("wgs84")";
    }
    out += R"(,"speed_kt":)";
    append_number_or_null(out, track.speed_knots, 1);
    out += R"(,"track_deg":)";
    append_number_or_null(out, track.direction_degrees, 2);
    out += R"(,"vertical_rate_fpm":)";
    append_number_or_null(out, track.rate_feet_per_minute, 0);
    out += track.is_on_ground ? R"(,"is_on_ground":true)" : R"(,"is_on_ground":false)";
    out += track.is_estimated ? R"(,"is_estimated":true})" : R"(,"is_estimated":false})";
}

void append_sample(std::string& out, const TrackSample& sample) {
    fmt::format_to(std::back_inserter(out), "[{},{:.7f},{:.7f},",
                   sample.time.time_since_epoch().count(), sample.latitude, sample.longitude);
    append_number_or_null(out, sample.altitude_feet, 1);
    out += ',';
    append_number_or_null(out, sample.speed_knots, 1);
    out += ',';
    append_number_or_null(out, sample.direction_degrees, 2);
    out += ']';
}

void append_party(std::string& out, const PartyLine& line, const accord::PartyId& viewer,
                  const std::map<accord::PartyId, std::string>& names) {
    const auto name = names.find(line.id);
    out += R"({"id":)";
    append_text(out, line.id.value());
    out += R"(,"name":)";
    append_text(out, name == names.end() ? line.id.value() : name->second);
    out += R"(,"keys":[)";
    for (const std::string& key : line.keys) {
        append_comma(out);
        append_text(out, key);
    }
    out += R"(],"group":)";
    if (line.group) {
        out += R"({"lead":)";
        append_text(out, line.group->lead.value());
        out += R"(,"members":[)";
        for (const accord::PartyId& member : line.group->members) {
            append_comma(out);
            append_text(out, member.value());
        }
        out += "]}";
    } else {
        out += "null";
    }
    out += line.id == viewer ? R"(,"is_you":true})" : R"(,"is_you":false})";
}

}  // namespace

void append_text(std::string& out, std::string_view text) {
    base::append_json_text(out, text);
}

void append_time(std::string& out, geo::Instant time) {
    out += '"';
    out += geo::to_string_ms(time);
    out += '"';
}

const char* mode_word(node::Mode mode) {
    return mode == node::Mode::kRecording ? "recording" : "warn_only";
}

std::string delivery_text(const ToldEvent& told) {
    std::string out = fmt::format(R"({{"number":{},"item":)", told.number);
    append_text(out, to_string(told.item));
    out += fmt::format(R"(,"version":{},"time":)", told.version);
    append_time(out, told.time);
    out += R"(,"content":)";
    append_text(out, *told.content);
    out += '}';
    return out;
}

std::string notices_text(const ItemBoard& board, const accord::PartyId& viewer) {
    std::string out = "[";
    const auto own = board.notices.find(viewer);
    if (own != board.notices.end()) out += *own->second;
    for (const auto& [to, notice] : board.notices) {
        if (to == viewer) continue;
        append_comma(out);
        out += *notice;
    }
    out += ']';
    return out;
}

std::string item_text(const accord::ItemRef& item, const ItemBoard& board,
                      const accord::PartyId& viewer) {
    std::string out = R"({"item":)";
    append_text(out, to_string(item));
    out += R"(,"id":)";
    append_text(out, item.id);
    out += fmt::format(R"(,"version":{},"is_own":{},"time":)", board.version, board.is_own);
    append_time(out, board.time);
    out += R"(,"number":)";
    out += board.number ? std::to_string(*board.number) : "null";
    out += R"(,"content":)";
    out += *board.json;
    out += R"(,"notices":)";
    out += notices_text(board, viewer);
    out += '}';
    return out;
}

std::string incident_text(const IncidentBoard& incident) {
    std::string out = R"({"id":)";
    append_text(out, incident.id);
    out += R"(,"item":)";
    append_text(out, "warning/" + incident.id);
    out += R"(,"opened":)";
    append_time(out, incident.opened);
    out += R"(,"closed":)";
    if (incident.closed) {
        append_time(out, *incident.closed);
    } else {
        out += "null";
    }
    out += R"(,"airspace":)";
    append_text(out, incident.airspace);
    out += R"(,"track":)";
    if (incident.track.empty()) {
        out += "null";
    } else {
        append_text(out, incident.track);
    }
    out += R"(,"phase":)";
    append_text(out, to_string(incident.phase));
    out += '}';
    return out;
}

std::string incident_tracks_text(const IncidentBoard& incident,
                                 const std::vector<IncidentTrack>& tracks, geo::Instant now) {
    geo::Instant from = incident.opened;
    for (const IncidentTrack& track : tracks) {
        if (!track.samples.empty()) from = std::min(from, track.samples.front().time);
    }
    std::string out = R"({"from":)";
    append_time(out, from);
    out += R"(,"until":)";
    // It may have opened within the second of the last beat.
    append_time(out, incident.closed ? *incident.closed + PartyBoard::kAfter : std::max(from, now));
    out += R"(,"items":[)";
    for (const IncidentTrack& track : tracks) {
        append_comma(out);
        out += R"({"feed":)";
        append_text(out, track.feed);
        out += R"(,"track":)";
        append_text(out, track.track);
        out += R"(,"samples":[)";
        for (const TrackSample& sample : track.samples) {
            append_comma(out);
            append_sample(out, sample);
        }
        out += "]}";
    }
    out += "]}";
    return out;
}

std::string parties_text(const PartyBoard& board, const accord::PartyId& viewer,
                         const std::map<accord::PartyId, std::string>& names) {
    std::string out = R"({"items":[)";
    for (const PartyLine& line : board.parties) {
        append_comma(out);
        append_party(out, line, viewer, names);
    }
    out += "]}";
    return out;
}

std::string feeds_text(const BeatEvent& beat, const accord::PartyId& viewer) {
    std::string out = "[";
    for (const FeedLine& feed : beat.feeds) {
        if (feed.of != viewer) continue;
        append_comma(out);
        out += R"({"name":)";
        append_text(out, feed.name);
        out += R"(,"of":)";
        append_text(out, feed.of.value());
        out += R"(,"age_ms":)";
        out += feed.age ? std::to_string(feed.age->count()) : "null";
        out += '}';
    }
    out += ']';
    return out;
}

std::string tracks_text(const PartyBoard& board, const BeatEvent& beat,
                        const accord::PartyId& viewer) {
    std::string out = R"({"time":)";
    const FrameEvent* frame = board.frames.empty() ? nullptr : &board.frames.back();
    append_time(out, frame == nullptr ? beat.time : frame->sweep);
    out += R"(,"feeds":)";
    out += feeds_text(beat, viewer);
    out += R"(,"items":[)";
    if (frame != nullptr) {
        wire::each_track(*frame->frame, [&](const wire::ReadTrack& track) {
            const auto name = board.names.find(track.number);
            if (track.is_lost || name == board.names.end()) return;
            append_comma(out);
            append_track(out, track, name->second, frame->sweep);
        });
    }
    out += "]}";
    return out;
}

std::string names_text(const std::map<std::uint32_t, TrackName>& names) {
    std::string out = R"({"type":"names","names":[)";
    for (const auto& [number, name] : names) {
        append_comma(out);
        out += fmt::format("[{},", number);
        append_text(out, name.track);
        out += ',';
        append_text(out, name.callsign);
        out += ',';
        append_text(out, name.feed);
        out += ',';
        if (name.party.empty()) {
            out += "null";
        } else {
            append_text(out, name.party);
        }
        out += ']';
    }
    out += "]}";
    return out;
}

}  // namespace comity::server
