// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "field.hpp"
#include "sbs/aircraft_table.hpp"
#include "sbs/message.hpp"

#include "comity/base/expected.hpp"
#include "comity/geo/instant.hpp"
#include "comity/surveillance/fault_tally.hpp"
#include "comity/surveillance/line_splitter.hpp"
#include "comity/surveillance/sbs.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace comity::surveillance {
namespace {

/// Keeps what the message states, in the aircraft's state.
template <typename T>
void keep(const std::optional<T>& stated, geo::Instant time, std::optional<Stated<T>>& kept) {
    if (stated) kept = Stated<T>{*stated, time};
}

void keep(std::string_view stated, geo::Instant time, std::optional<Stated<std::string>>& kept) {
    if (!stated.empty()) kept = Stated<std::string>{std::string(stated), time};
}

template <typename T>
bool is_fresh(const std::optional<Stated<T>>& kept, geo::Instant now) {
    return kept && kept->time <= now && now - kept->time <= SbsDecoder::kCarriedFor;
}

/// What was kept, where it is fresh.
template <typename T>
std::optional<T> carried(const std::optional<Stated<T>>& kept, geo::Instant now) {
    if (is_fresh(kept, now)) return kept->value;
    return std::nullopt;
}

void carry(const std::optional<Stated<std::string>>& kept, geo::Instant now, std::string& field) {
    if (is_fresh(kept, now)) {
        field = kept->value;
    } else {
        field.clear();
    }
}

/// The address as six hex digits in lower case.
void set_track_id(std::uint32_t address, std::string& id) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    id.clear();
    if ((address & SbsMessage::kNotIcao) != 0) id += '~';
    for (int shift = 20; shift >= 0; shift -= 4) id += kDigits[(address >> shift) & 0xFU];
}

}  // namespace

class SbsDecoder::State {
  public:
    State(SbsOptions options, Sink sink) : options_(options), sink_(std::move(sink)) {}

    base::Expected<void, SbsError> feed(std::span<const std::byte> chunk) {
        if (!error_) splitter_.feed(chunk, take_line_);
        return result();
    }
    base::Expected<void, SbsError> finish() {
        if (!error_) splitter_.finish(take_line_);
        return result();
    }

    std::uint64_t message_count = 0;
    std::uint64_t report_count = 0;
    FaultTally<SbsFault> faults;
    AircraftTable aircraft{kMaxAircraft};

  private:
    base::Expected<void, SbsError> result() const {
        if (error_) return base::Unexpected(*error_);
        return {};
    }

    /// False: the stream is not read on.
    bool take(const Line& line) {
        if (!line.overlong && trimmed(line.text).empty()) return true;
        ++message_count;
        if (line.overlong) return refuse({.fault = SbsFault::kOverlong}, line.number);
        const auto message = parse_sbs_message(line.text, options_.utc_offset);
        if (!message) return refuse(message.error(), line.number);
        if (message->removed) {
            aircraft.forget(message->address);
            return true;
        }
        if (message->type != SbsType::kMsg && message->type != SbsType::kId) return true;
        const AircraftState& state = remember(*message);
        if (!message->is_position()) return true;
        if (!message->position) return refuse({.fault = SbsFault::kNoPosition}, line.number);
        report(*message, state);
        return true;
    }

    bool refuse(const SbsProblem& problem, std::size_t line) {
        faults.add(problem.fault, line, [&] { return describe(problem); });
        if (!options_.strict) return true;
        error_ = SbsError{.fault = problem.fault, .line = line, .text = describe(problem)};
        return false;
    }

    const AircraftState& remember(const SbsMessage& message) {
        AircraftState& state = aircraft.hear(message.address);
        keep(message.callsign, message.time, state.callsign);
        keep(message.ground_speed, message.time, state.ground_speed);
        keep(message.track, message.time, state.track);
        keep(message.vertical_rate, message.time, state.vertical_rate);
        keep(message.squawk, message.time, state.squawk);
        return state;
    }

    void report(const SbsMessage& message, const AircraftState& state) {
        report_.time = message.time;
        set_track_id(message.address, report_.track_id);
        report_.position = *message.position;
        report_.altitude.reset();
        if (message.altitude) report_.altitude = *message.altitude;
        carry(state.callsign, message.time, report_.callsign);
        carry(state.squawk, message.time, report_.squawk);
        report_.ground_speed = carried(state.ground_speed, message.time);
        report_.track = carried(state.track, message.time);
        report_.vertical_rate = carried(state.vertical_rate, message.time);
        report_.on_ground = message.on_ground;
        // A surface position says by its kind what not every program says in field 22.
        if (!report_.on_ground && message.transmission == 2) report_.on_ground = true;
        ++report_count;
        sink_(report_);
    }

    const SbsOptions options_;
    const Sink sink_;
    const LineSplitter::Sink take_line_ = [this](const Line& line) { return take(line); };
    LineSplitter splitter_;
    report::TrackReport report_;
    std::optional<SbsError> error_;
};

SbsDecoder::SbsDecoder(SbsOptions options, Sink sink)
    : state_(std::make_unique<State>(options, std::move(sink))) {}
SbsDecoder::~SbsDecoder() = default;

base::Expected<void, SbsError> SbsDecoder::feed(std::span<const std::byte> chunk) {
    return state_->feed(chunk);
}
base::Expected<void, SbsError> SbsDecoder::finish() {
    return state_->finish();
}
std::uint64_t SbsDecoder::message_count() const {
    return state_->message_count;
}
std::uint64_t SbsDecoder::report_count() const {
    return state_->report_count;
}
std::size_t SbsDecoder::aircraft_count() const {
    return state_->aircraft.size();
}
const FaultTally<SbsFault>& SbsDecoder::faults() const {
    return state_->faults;
}

}  // namespace comity::surveillance
