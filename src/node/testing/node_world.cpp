// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/node/testing/node_world.hpp"

#include "comity/ledger/take_entry.hpp"
#include "comity/wire/request.hpp"

#include <algorithm>
#include <chrono>
#include <ostream>
#include <stdexcept>
#include <variant>

namespace comity::node::testing {
namespace {

constexpr ledger::LedgerSecret::Bytes kSecret{std::byte{42}};
constexpr ledger::StoreOptions kSegments{.segment_size = 64 * 1024};

template <typename T>
T must(ledger::LedgerExpected<T> value) {
    if (value) return *std::move(value);
    throw std::runtime_error(std::string(to_string(value.error().fault)) + ": " +
                             value.error().where);
}

}  // namespace

TrackOf& TrackOf::at(double latitude, double longitude) {
    report.position = accord::testing::place(latitude, longitude);
    return *this;
}

TrackOf& TrackOf::heading(double degrees) {
    report.track = geo::Angle::degrees(degrees);
    return *this;
}

TrackOf& TrackOf::knots(double knots) {
    report.ground_speed = geo::Speed::knots(knots);
    return *this;
}

TrackOf& TrackOf::flown_by(std::string_view party) {
    report.party = std::string(party);
    return *this;
}

NodeWorld::NodeWorld(WorldOptions with)
    : options(std::move(with)),
      ledger_disk_(options.seed),
      spool_disk_(options.seed + 1'000'000),
      clock_(
          {.time = accord::testing::clock("07:00"), .error_bound = std::chrono::milliseconds(20)}),
      entropy_(options.seed),
      signer_(signer_of(kOrigin)) {
    create();
    restart();
}

NodeWorld::~NodeWorld() = default;

void NodeWorld::create() {
    const ledger::Hash key = key_of(kOrigin);
    ledger::LedgerFolder folder =
        must(ledger::create_folder(ledger_disk_, kOrigin, key, kSecret, kSegments));
    ledger::Hash salt;
    entropy_.fill(salt.bytes);
    must(ledger::Ledger::create(
        {.store = *folder.store, .secret = *folder.secret, .signer = *signer_},
        {.origin = std::string(kOrigin), .key = key}, clock_.now(), salt));
}

// Whether it can be written. What opening dropped is the next record.
bool NodeWorld::open_ledger() {
    if (folder_.damage) return false;
    auto opened = ledger::Ledger::open(
        {.store = *store_, .secret = *folder_.secret, .signer = *signer_}, std::nullopt);
    if (!opened) return false;
    ledger_ = *std::move(opened);
    if (!folder_.dropped) return true;
    ledger::Hash salt;
    entropy_.fill(salt.bytes);
    const ledger::NodeRecord drop =
        ledger::node::Drop{.size = folder_.dropped->bytes, .content = folder_.dropped->hash};
    must(ledger_->stage({.content = drop, .salt = salt}, clock_.now()));
    return true;
}

void NodeWorld::restart() {
    end();
    refused_.reset();
    answers_.clear();  // tickets begin again
    folder_ = must(ledger::open_folder(ledger_disk_, ledger::OpenMode::kReadWrite, kSegments));
    store_ = std::make_unique<HookedStore>(*folder_.store, before_append, after_append);
    const bool is_writable = open_ledger();
    if (options.has_spool) {
        auto spool = Spool::open(spool_disk_, options.spool);
        if (!spool) throw std::runtime_error(to_string(spool.error().fault));
        spool_ = *std::move(spool);
    }
    auto opened = Node::open({.ledger = is_writable ? ledger_.get() : nullptr,
                              .secret = *folder_.secret,
                              .store = *store_,
                              .clock = clock_,
                              .entropy = entropy_,
                              .outbox = *this,
                              .spool = spool_.get()},
                             options.node);
    if (!opened) {
        refused_ = opened.error();
        return;
    }
    node_ = *std::move(opened);
    for (const Feed& feed : feeds_) node_->add_feed(feed);
}

void NodeWorld::end() {
    node_.reset();
    ledger_.reset();
    spool_.reset();
    store_.reset();
    folder_ = {};
}

void NodeWorld::crash() {
    ledger_disk_.crash();
    spool_disk_.crash();
    end();
}

void NodeWorld::stop() {
    node_->stop();
    end();
}

NodeWorld& NodeWorld::at(geo::Instant time) {
    while (now() < time) {
        const geo::Instant second =
            std::chrono::floor<std::chrono::seconds>(now()) + std::chrono::seconds(1);
        geo::Instant next = std::min(time, second);
        if (const auto due = node_->next_due(); due && *due > now()) next = std::min(next, *due);
        clock_.set({.time = next, .error_bound = clock_.now().error_bound});
        turn();
    }
    return *this;
}

NodeWorld& NodeWorld::set_clock(std::string_view time) {
    clock_.set({.time = accord::testing::clock(time), .error_bound = clock_.now().error_bound});
    return *this;
}

NodeWorld& NodeWorld::turn() {
    node_->turn();
    return *this;
}

ledger::Envelope NodeWorld::envelope(std::string_view by, const accord::Operation& operation,
                                     const std::string& object) {
    ledger::Envelope envelope{.to = std::string(kOrigin),
                              .party = std::string(by),
                              .id = "r" + std::to_string(next_id_++),
                              .sent = now(),
                              .valid_until = now() + std::chrono::hours(1),
                              .operation = std::string(wire::operation_name(operation)),
                              .object = object,
                              .body = wire::body_of(operation)};
    if (const auto* read = std::get_if<accord::Read>(&operation); read && read->reader) {
        envelope.attachments.push_back({.name = "reader", .commitment = *read->reader});
    }
    const accord::State& state = node_->state();
    if (std::holds_alternative<accord::PutIntent>(operation) && state.intent(object)) {
        envelope.expected_version = state.intent(object)->version;
    }
    if (std::holds_alternative<accord::PutAirspace>(operation) && state.airspace(object)) {
        envelope.expected_version = state.airspace(object)->version;
    }
    return envelope;
}

std::optional<Ticket> NodeWorld::says(std::string_view by, const accord::Operation& operation,
                                      const std::string& object) {
    ledger::Envelope said = envelope(by, operation, object);
    said.key = key_of(by);
    return node_->submit_signed(signed_by(by, ledger::write_envelope(said).value()));
}

std::vector<std::byte> NodeWorld::signed_bytes(std::string_view by, const IntentOf& intent) {
    ledger::Envelope said = envelope(by, intent.put(), intent.id);
    said.key = key_of(by);
    if (intent.traffic == accord::Traffic::kExercise) said.traffic = ledger::Traffic::kExercise;
    return signed_by(by, ledger::write_envelope(said).value());
}

std::optional<Ticket> NodeWorld::says(std::string_view by, const IntentOf& intent) {
    return node_->submit_signed(signed_bytes(by, intent));
}

std::optional<Ticket> NodeWorld::says(std::string_view by, const AreaOf& area) {
    ledger::Envelope said = envelope(by, area.put(), area.id);
    said.key = key_of(by);
    if (area.traffic == accord::Traffic::kExercise) said.traffic = ledger::Traffic::kExercise;
    return node_->submit_signed(signed_by(by, ledger::write_envelope(said).value()));
}

std::optional<Ticket> NodeWorld::vouches(std::string_view by, const accord::Operation& operation,
                                         const std::string& object) {
    const ledger::Envelope said = envelope(by, operation, object);
    return node_->submit_vouched(ledger::write_envelope(said).value());
}

void NodeWorld::accepted(std::optional<Ticket> ticket) {
    turn();
    node_->flush();
    const auto became = outcome(ticket);
    if (became == accord::Outcome::kAccepted) return;
    throw std::runtime_error(became ? name_of(*became) : "not decided");
}

void NodeWorld::party(std::string_view id) {
    accepted(vouches(accord::kNodeParty, accord::PutParty{.keys = {key_of(id)}}, std::string(id)));
}

void NodeWorld::agree(std::string_view id, const accord::Terms& terms) {
    const std::string& first = terms.signatories.front().value();
    accepted(says(first, accord::ProposeAgreement{terms}, std::string(id)));
    for (const accord::PartyId& party : terms.signatories) {
        if (party == terms.signatories.front()) continue;
        accepted(says(party.value(), accord::ChangeAgreement{}, std::string(id)));
    }
}

void NodeWorld::feed(std::string_view name, std::string_view of) {
    feeds_.push_back({.name = std::string(name), .of = accord::testing::party_of(of)});
    node_->add_feed(feeds_.back());
}

void NodeWorld::sees(std::string_view feed, const TrackOf& track) {
    report::TrackReport report = track.report;
    report.time = now();
    node_->take(feed, report);
}

std::vector<Delivery> NodeWorld::deliveries_to(std::string_view party) const {
    std::vector<Delivery> found;
    for (const Delivery& one : deliveries_) {
        if (one.to.value() == party) found.push_back(one);
    }
    return found;
}

std::optional<accord::Outcome> NodeWorld::outcome(std::optional<Ticket> ticket) const {
    const auto found = ticket ? answers_.find(*ticket) : answers_.end();
    if (found == answers_.end()) return std::nullopt;
    const auto* decided = std::get_if<Decided>(&found->second);
    return decided == nullptr ? std::nullopt : std::optional(decided->outcome);
}

bool NodeWorld::is_not_recorded(std::optional<Ticket> ticket) const {
    const auto found = ticket ? answers_.find(*ticket) : answers_.end();
    return found != answers_.end() && std::holds_alternative<NotRecorded>(found->second);
}

std::vector<ledger::Record> NodeWorld::records() {
    std::vector<ledger::Record> all;
    const auto scanned = store_->scan(0, [&](std::uint64_t /*index*/, ledger::EntryView entry) {
        if (entry.kind != ledger::EntryKind::kRecord) return true;
        all.push_back(ledger::decode_record(entry.bytes).value());
        return true;
    });
    if (!scanned) throw std::runtime_error("the store cannot be read");
    return all;
}

std::vector<std::uint64_t> NodeWorld::tick_seconds() {
    std::vector<std::uint64_t> seconds;
    ledger::LedgerState state;
    ledger::TreeHasher hasher;
    const auto scanned = store_->scan(0, [&](std::uint64_t index, ledger::EntryView entry) {
        const auto taken = take_entry(state, hasher, index, entry);
        if (taken && std::holds_alternative<ledger::KeptTick>(*taken)) {
            seconds.push_back(state.last_second());
        }
        return taken.has_value();
    });
    if (!scanned) throw std::runtime_error("the store cannot be read");
    return seconds;
}

seal::Hash NodeWorld::record_root() {
    ledger::LedgerState state;
    ledger::TreeHasher hasher;
    const auto scanned = store_->scan(0, [&](std::uint64_t index, ledger::EntryView entry) {
        return take_entry(state, hasher, index, entry).has_value();
    });
    if (!scanned) throw std::runtime_error("the store cannot be read");
    return state.records(hasher).root;
}

void NodeWorld::deliver(const Delivery& delivery) {
    ++left_;
    if (also != nullptr) also->deliver(delivery);
    deliveries_.push_back(delivery);
}

void NodeWorld::answer(const Answer& answer) {
    ++left_;
    if (also != nullptr) also->answer(answer);
    if (!answers_.emplace(answer.ticket, answer.of).second) {
        throw std::runtime_error("answered twice");
    }
}

void NodeWorld::escalated(const accord::Escalation& escalation, geo::Instant time) {
    ++left_;
    if (also != nullptr) also->escalated(escalation, time);
}

void NodeWorld::filed(const Filed& filed) {
    ++left_;
    if (also != nullptr) also->filed(filed);
}

std::ostream& operator<<(std::ostream& out, const NodeWorld& world) {
    for (const Delivery& one : world.deliveries()) {
        out << "\n  " << accord::testing::clock_text(one.time) << " " << one.to.value() << " "
            << to_string(one.item) << " version " << one.version << " number " << one.number
            << " record " << one.record << " spooled " << one.spool_number << " " << one.bytes;
    }
    return out;
}

}  // namespace comity::node::testing
