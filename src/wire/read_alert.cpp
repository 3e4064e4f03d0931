// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "bodies.hpp"
#include "values.hpp"
#include "words.hpp"

#include "comity/accord/alert.hpp"
#include "comity/accord/request.hpp"
#include "comity/wire/request.hpp"

#include <cstdint>
#include <string>
#include <utility>

namespace comity::wire {
namespace {

using accord::Alert;
using accord::PartyId;

Result read_distance(dom::element value, std::int64_t& out) {
    return read_whole(value, {.least = -BodyLimits::kMaxMetres, .most = BodyLimits::kMaxMetres},
                      out);
}

Result read_accuracy(dom::element value, std::int64_t& out) {
    return read_whole(value, {.least = 0, .most = BodyLimits::kMaxMetres}, out);
}

// The intent that the aircraft follows; it need not lead into the airspace.
Result read_by_intent(dom::element value, Alert& out) {
    if (value.is_null()) return {};
    return Members(value)
        .required("intent", read_id, out.intent.emplace())
        .nullable("entry", read_time, out.entry_by_intent)
        .finish();
}

Result read_alert(dom::element value, Alert& out) {
    const auto read_phase = [](dom::element phase, accord::AlertPhase& to) {
        return read_word(phase, kPhases, to);
    };
    const auto read_track = [](dom::element track, std::string& to) {
        return read_text(track, {.least = 1, .most = BodyLimits::kMaxText}, to);
    };
    return Members(value)
        .required("phase", read_phase, out.phase)
        .required("track", read_track, out.track)
        .nullable("operator", read_party, out.operated_by, PartyId{std::string()})
        .required("feed_of", read_party, out.feed_of)
        .required("airspace", read_id, out.airspace)
        .required("by_intent", read_by_intent, out)
        .nullable("by_track", read_time, out.entry_by_track)
        .nullable("entered", read_time, out.entered)
        .nullable("left", read_time, out.left)
        .required("distance_m", read_distance, out.distance_m)
        .required("track_accuracy_m", read_accuracy, out.track_accuracy_m)
        .required("area_accuracy_m", read_accuracy, out.area_accuracy_m)
        .required("sweep", read_time, out.sweep)
        .required("as_of_record", read_number, out.as_of_record)
        .finish();
}

// Over which an alert is read.
Alert blank_alert() {
    return {.id = {}, .track = {}, .feed_of = PartyId{std::string()}, .airspace = {}};
}

}  // namespace

Result read_put_alert(const Body& body, accord::Operation& out) {
    accord::PutAlert put{.alert = blank_alert()};
    Result read = read_alert(body.value, put.alert);
    if (read) out = std::move(put);
    return read;
}

Result read_put_spooled(const Body& body, accord::Operation& out) {
    constexpr Count kTold{.least = 0, .most = BodyLimits::kMaxTold};
    accord::PutSpooled put{.alert = blank_alert(), .told = {}};
    Result read =
        Members(body.value)
            .required("spool", read_number, put.spool_number)
            .required("left_at", read_time, put.left_at)
            .required("told",
                      [&](dom::element list) { return read_party_set(list, kTold, put.told); })
            .required("alert", read_alert, put.alert)
            .finish();
    if (read) out = std::move(put);
    return read;
}

}  // namespace comity::wire
