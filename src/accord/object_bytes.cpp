// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "object_bytes.hpp"

#include "comity/geo/polygon.hpp"

#include <variant>

namespace comity::accord {
namespace {

void write(Writer& w, geo::Position place) {
    w.i64(place.latitude().e7());
    w.i64(place.longitude().e7());
}

void write(Writer& w, const geo::Interval& interval) {
    w.time(interval.begin);
    w.time(interval.end);
}

// In whole tenths of a millimetre, as altitudes are.
void write(Writer& w, geo::Distance distance) {
    w.i64(geo::Height::metres(distance.in_metres()).in_tenths_of_mm());
}

void write(Writer& w, const geo::Polygon& polygon) {
    w.word(polygon.edge_kind());
    w.count(polygon.ring_count());
    for (std::size_t i = 0; i < polygon.ring_count(); ++i) {
        w.list(polygon.ring(i), [&w](geo::Position vertex) { write(w, vertex); });
    }
}

void write(Writer& w, const airspace::Circle& circle) {
    write(w, circle.centre);
    write(w, circle.radius);
}

void write(Writer& w, const airspace::AltitudeBand& band) {
    w.u8(static_cast<std::uint8_t>(band.index()));
    std::visit(
        [&w](const auto& limits) {
            const auto limit = [&w](const auto& altitude) {
                w.i64(altitude.above_datum().in_tenths_of_mm());
            };
            w.maybe(limits.lower, limit);
            w.maybe(limits.upper, limit);
        },
        band);
}

void write(Writer& w, const Deadlines& deadlines) {
    w.i64(deadlines.received.count());
    w.i64(deadlines.read.count());
    w.i64(deadlines.passed_on.count());
}

void write(Writer& w, const ShareRule& rule) {
    w.word(rule.what);
    w.id(rule.from);
    w.id(rule.to);
    w.word(rule.level);
    w.flag(rule.is_residual);
}

void write(Writer& w, const RelayRule& rule) {
    w.id(rule.by);
    w.id(rule.to);
    w.word(rule.level);
}

void write(Writer& w, const Terms& terms) {
    w.list(terms.signatories, [&w](const PartyId& party) { w.id(party); });
    w.list(terms.share, [&w](const ShareRule& rule) { write(w, rule); });
    w.list(terms.relay, [&w](const RelayRule& rule) { write(w, rule); });
    write(w, terms.intents);
    write(w, terms.alerts);
    w.list(terms.escalation, [&w](const PartyId& party) { w.id(party); });
}

void write(Writer& w, const Act& act) {
    w.time(act.at);
    w.u64(act.version);
}

}  // namespace

void write(Writer& w, const airspace::Volume& volume) {
    w.u8(static_cast<std::uint8_t>(volume.footprint.index()));
    std::visit([&w](const auto& footprint) { write(w, footprint); }, volume.footprint);
    write(w, volume.band);
    write(w, volume.time);
}

void write_where(Writer& w, const airspace::Airspace& area) {
    w.word(area.type);
    w.maybe(area.accuracy, [&w](geo::Distance accuracy) { write(w, accuracy); });
    write(w, area.band);
    w.maybe(area.validity, [&w](const geo::Interval& validity) { write(w, validity); });
    w.list(area.footprint, [&w](const geo::Polygon& polygon) { write(w, polygon); });
}

void write(Writer& w, const Party& party) {
    w.id(party.id);
    w.u64(party.version);
    w.list(party.keys, [&w](const seal::Hash& key) { w.hash(key); });
    w.maybe(party.group, [&w](const Group& group) {
        w.id(group.lead);
        w.list(group.members, [&w](const PartyId& member) { w.id(member); });
    });
}

void write(Writer& w, const Agreement& agreement) {
    w.text(agreement.id);
    w.u64(agreement.version);
    w.word(agreement.state);
    write(w, agreement.terms);
    w.list(agreement.accepted, [&w](const auto& accepted) {
        w.id(accepted.first);
        w.time(accepted.second);
    });
}

void write(Writer& w, const Intent& intent) {
    w.text(intent.id);
    w.id(intent.owner);
    w.u64(intent.version);
    w.word(intent.state);
    w.word(intent.traffic);
    w.list(intent.aircraft, [&w](const std::string& track) { w.text(track); });
    w.list(intent.volumes, [&w](const airspace::Volume& volume) { write(w, volume); });
    w.list(intent.route, [&w](const RoutePoint& point) {
        write(w, point.position);
        w.time(point.time);
    });
}

void write(Writer& w, const FiledAirspace& airspace) {
    w.text(airspace.id);
    w.id(airspace.owner);
    w.u64(airspace.version);
    w.word(airspace.traffic);
    w.flag(airspace.is_ended);
    w.text(airspace.area.source);
    write_where(w, airspace.area);
}

void write(Writer& w, const Alert& alert) {
    const auto time = [&w](geo::Instant at) { w.time(at); };
    w.text(alert.id);
    w.u64(alert.version);
    w.word(alert.traffic);
    w.word(alert.phase);
    w.text(alert.track);
    w.maybe(alert.operated_by, [&w](const PartyId& party) { w.id(party); });
    w.id(alert.feed_of);
    w.text(alert.airspace);
    w.maybe(alert.intent, [&w](const std::string& intent) { w.text(intent); });
    w.maybe(alert.entry_by_intent, time);
    w.maybe(alert.entry_by_track, time);
    w.maybe(alert.entered, time);
    w.maybe(alert.left, time);
    w.i64(alert.distance_m);
    w.i64(alert.track_accuracy_m);
    w.i64(alert.area_accuracy_m);
    w.time(alert.sweep);
    w.u64(alert.as_of_record);
}

void write(Writer& w, const Notice& notice) {
    const auto time = [&w](geo::Instant at) { w.time(at); };
    const auto act = [&w](const Act& one) { write(w, one); };
    const auto stages = [&](const std::map<Stage, geo::Instant>& times) {
        w.list(times, [&w](const auto& one) {
            w.word(one.first);
            w.time(one.second);
        });
    };
    w.id(notice.to);
    w.text(to_string(notice.item));
    w.word(notice.level);
    w.word(notice.why);
    w.maybe(notice.via, [&w](const PartyId& via) { w.id(via); });
    w.text(notice.agreement);
    w.u64(notice.shown);
    act(notice.first);
    act(notice.last);
    w.maybe(notice.left_at, time);
    w.maybe(notice.first_received, time);
    w.maybe(notice.first_read, time);
    w.maybe(notice.received, act);
    w.maybe(notice.read, act);
    w.hash(notice.reader);
    w.list(notice.passed_on, [&](const auto& one) {
        w.id(one.first);
        act(one.second);
    });
    w.maybe(notice.objected, act);
    w.maybe(notice.withdrawn, time);
    stages(notice.due);
    stages(notice.missed);
}

}  // namespace comity::accord
