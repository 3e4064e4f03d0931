// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/accord/testing/world.hpp"

#include <ostream>
#include <span>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace comity::accord {

std::ostream& operator<<(std::ostream& out, Outcome outcome) {
    return out << name_of(outcome);
}

}  // namespace comity::accord

namespace comity::accord::testing {
namespace {

void write(std::ostream& out, const airspace::AltitudeBand& band) {
    out << " band" << band.index();
    std::visit(
        [&out](const auto& limits) {
            if (limits.lower) out << " over " << limits.lower->above_datum().in_tenths_of_mm();
            if (limits.upper) out << " under " << limits.upper->above_datum().in_tenths_of_mm();
        },
        band);
}

void write(std::ostream& out, const geo::Polygon& polygon) {
    for (std::size_t i = 0; i < polygon.ring_count(); ++i) {
        for (const geo::Position vertex : polygon.ring(i)) {
            out << " " << vertex.latitude().e7() << "," << vertex.longitude().e7();
        }
    }
}

void write(std::ostream& out, const std::vector<Cells>& all) {
    for (const Cells& cells : all) {
        out << " cells " << cells.south << ".." << cells.north << " " << cells.west << ".."
            << cells.east << " " << static_cast<int>(cells.datum) << " "
            << cells.lowest.value_or(-999) << ".." << cells.highest.value_or(999) << " "
            << cells.first_hour << ".." << cells.last_hour;
    }
}

void write(std::ostream& out, const AgreementView& view) {
    out << " " << view.agreement.id << " " << to_string(view.agreement.state);
}

void write(std::ostream& out, const IntentView& view) {
    out << " " << to_string(view.state) << " of " << (view.owner ? view.owner->value() : "?");
    for (const auto& track : view.aircraft) out << " " << track;
    for (const auto& volume : view.volumes) {
        if (const auto* circle = std::get_if<airspace::Circle>(&volume.footprint)) {
            const auto at = circle->centre;
            out << " circle " << at.latitude().e7() << "," << at.longitude().e7() << " "
                << circle->radius.in_metres();
        } else {
            write(out, std::get<geo::Polygon>(volume.footprint));
        }
        write(out, volume.band);
        out << " " << clock_text(volume.time.begin) << ".." << clock_text(volume.time.end);
    }
    for (const auto& point : view.route) out << " " << clock_text(point.time);
    write(out, view.cells);
}

void write(std::ostream& out, const AirspaceView& view) {
    out << (view.is_ended ? " ended" : "") << " of " << (view.owner ? view.owner->value() : "?");
    if (view.area) {
        out << " " << view.area->name << " " << view.area->owner << " " << view.area->source;
        for (const auto& polygon : view.area->footprint) write(out, polygon);
    }
    write(out, view.cells);
}

void write(std::ostream& out, const WarningView& view) {
    const Alert& alert = view.alert;
    const auto time = [&out](const char* what, const std::optional<geo::Instant>& at) {
        if (at) out << " " << what << " " << clock_text(*at);
    };
    out << " " << alert.id << " v" << alert.version << " " << to_string(alert.phase) << " "
        << alert.track << " flown by "
        << (alert.operated_by ? alert.operated_by->value() : std::string("?")) << " in "
        << alert.airspace << " by " << alert.intent.value_or("?") << " seen by "
        << alert.feed_of.value() << " " << alert.distance_m << " m as of " << alert.as_of_record;
    time("by intent", alert.entry_by_intent);
    time("by track", alert.entry_by_track);
    time("entered", alert.entered);
    time("left", alert.left);
    time("sweep", alert.sweep);
}

}  // namespace

World::World() {
    state_.advance(now_);
}

World& World::at(geo::Instant time) {
    for (auto due = state_.next_due(); due && *due <= time; due = state_.next_due()) {
        keep(state_.advance(*due), *due);
    }
    keep(state_.advance(time), time);
    now_ = time;
    return *this;
}

void World::keep(const Applied& applied, geo::Instant time) {
    for (const Escalation& escalation : applied.escalations) {
        escalations_.push_back({.at = time, .escalation = escalation});
    }
    for (const Telling& telling : applied.tellings) {
        auto released = release(state_, telling.to, telling.item);
        if (!released)
            throw std::runtime_error("told, but not released: " + to_string(telling.item));
        told_.push_back({.at = time, .telling = telling, .released = *std::move(released)});
    }
}

Request World::request(std::string_view by, Operation operation,
                       std::optional<std::string> object) {
    return {.to = std::string(kOrigin),
            .party = party_of(by),
            .id = "r" + std::to_string(next_id_++),
            .sent = now_,
            .valid_until = now_ + std::chrono::hours{1},
            .object = std::move(object),
            .operation = std::move(operation)};
}

Outcome World::does(const Request& request) {
    const Applied applied = state_.apply(request, now_);
    keep(applied, now_);
    return applied.outcome;
}

Outcome World::party(std::string_view id, std::vector<seal::Hash> keys) {
    Request put = request(kNodeParty, PutParty{.keys = std::move(keys)}, std::string(id));
    if (const Party* standing = state_.party(party_of(id)))
        put.expected_version = standing->version;
    return does(put);
}

Outcome World::group(std::string_view id, std::string_view lead,
                     std::initializer_list<std::string_view> members) {
    const Group group{.lead = party_of(lead), .members = parties_of(members)};
    Request put = request(kNodeParty, PutParty{.group = group}, std::string(id));
    if (const Party* standing = state_.party(party_of(id)))
        put.expected_version = standing->version;
    return does(put);
}

void World::agree(std::string_view id, const Terms& terms) {
    if (const Outcome outcome = proposes(terms.signatories.front().value(), id, terms);
        outcome != Outcome::kAccepted) {
        throw std::runtime_error(std::string("not proposed: ") + name_of(outcome));
    }
    for (const PartyId& party : terms.signatories) {
        if (party == terms.signatories.front()) continue;
        if (changes(party.value(), id, AgreementAct::kAccept) != Outcome::kAccepted) {
            throw std::runtime_error("not accepted by " + party.value());
        }
    }
}

Outcome World::proposes(std::string_view by, std::string_view id, const Terms& terms) {
    return does(request(by, ProposeAgreement{terms}, std::string(id)));
}

Outcome World::changes(std::string_view by, std::string_view id, AgreementAct act) {
    return does(request(by, ChangeAgreement{act}, std::string(id)));
}

Outcome World::files(std::string_view by, const IntentOf& intent) {
    Request put = request(by, intent.put(), intent.id);
    put.traffic = intent.traffic;
    if (const Intent* standing = state_.intent(intent.id)) put.expected_version = standing->version;
    return does(put);
}

Outcome World::files(std::string_view by, const AreaOf& area) {
    Request put = request(by, area.put(), area.id);
    put.traffic = area.traffic;
    if (const FiledAirspace* standing = state_.airspace(area.id)) {
        put.expected_version = standing->version;
    }
    return does(put);
}

Outcome World::ends(std::string_view by, std::string_view airspace) {
    return does(request(by, EndAirspace{}, std::string(airspace)));
}

std::uint64_t World::version_for(std::string_view by, std::string_view item,
                                 std::uint64_t version) const {
    const Notice* told = state_.notice(party_of(by), item_of(item));
    return version > 0 || told == nullptr ? version : told->last.version;
}

Outcome World::received(std::string_view by, std::string_view item, std::uint64_t version) {
    return does(
        request(by, Received{.version = version_for(by, item, version)}, std::string(item)));
}

Outcome World::reads(std::string_view by, std::string_view name, std::string_view item,
                     std::uint64_t version) {
    return does(request(by,
                        Read{.version = version_for(by, item, version), .reader = commitment(name)},
                        std::string(item)));
}

Outcome World::passes_on(std::string_view by, std::string_view item,
                         std::initializer_list<std::string_view> to, std::uint64_t version) {
    return does(request(by, PassOn{.version = version_for(by, item, version), .to = parties_of(to)},
                        std::string(item)));
}

Outcome World::objects(std::string_view by, std::string_view item, std::uint64_t version) {
    return does(request(by, Object{.version = version_for(by, item, version)}, std::string(item)));
}

Outcome World::withdraws(std::string_view by, std::string_view item) {
    return does(request(by, Withdraw{}, std::string(item)));
}

Outcome World::raises(const AlertOf& alert) {
    Request put = request(kNodeParty, PutAlert{alert.alert}, alert.alert.id);
    put.traffic = alert.alert.traffic;
    return does(put);
}

std::string World::seen_by(std::string_view party) const {
    std::ostringstream out;
    for (const ToldOnce& once : told_) {
        if (once.telling.to != party_of(party)) continue;
        out << clock_text(once.at) << " v" << once.telling.version << " " << text_of(once.released)
            << "\n";
    }
    return out.str();
}

const Notice& World::notice(std::string_view to, std::string_view item) const {
    const Notice* found = state_.notice(party_of(to), item_of(item));
    if (found == nullptr) throw std::runtime_error("no notice of " + std::string(item));
    return *found;
}

ItemRef item_of(std::string_view text) {
    auto item = item_from(text);
    if (!item) throw std::runtime_error("no item: " + std::string(text));
    return *std::move(item);
}

seal::Hash commitment(std::string_view name) {
    return seal::sha256(std::as_bytes(std::span(name)));
}

seal::Hash key(std::string_view name) {
    return commitment("key of " + std::string(name));
}

std::string text_of(const Released& released) {
    std::ostringstream out;
    out << to_string(released.item) << " v" << released.version << " " << to_string(released.level)
        << " " << to_string(released.why) << " via " << (released.via ? released.via->value() : "-")
        << " under " << released.agreement << " "
        << (released.traffic == Traffic::kLive ? "live" : "exercise")
        << (released.is_withdrawn ? " withdrawn" : "");
    for (const auto& [stage, due] : released.due) {
        out << " " << to_string(stage) << " by " << clock_text(due);
    }
    std::visit([&out](const auto& view) { write(out, view); }, released.view);
    return out.str();
}

std::ostream& operator<<(std::ostream& out, const World& world) {
    for (const ToldOnce& once : world.told()) {
        out << "\n  " << clock_text(once.at) << " " << once.telling.to.value() << " is told "
            << text_of(once.released);
    }
    for (const EscalatedOnce& once : world.escalations()) {
        const auto& [due, late, item, stage, told] = once.escalation;
        out << "\n  " << clock_text(once.at) << " " << late.value() << " is late with "
            << to_string(item) << " " << to_string(stage) << ", told "
            << (told ? told->value() : "nobody");
    }
    return out;
}

}  // namespace comity::accord::testing
