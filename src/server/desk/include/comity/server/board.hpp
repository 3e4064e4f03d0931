// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/alert.hpp"
#include "comity/accord/ids.hpp"
#include "comity/geo/instant.hpp"
#include "comity/server/events.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace comity::server {

/// An item as its party may read it now.
struct ItemBoard {
    bool is_own = false;
    std::uint64_t version = 0;
    geo::Instant time{};
    std::optional<std::uint64_t> number;  ///< of its last delivery; absent of an own one
    Text content;                         ///< null: its notices alone are known
    Text json;                            ///< the content as JSON text, in quotes; made once
    std::map<accord::PartyId, Text> notices;
};

/// A situation that a party was warned of, from its first warning on.
struct IncidentBoard {
    std::string id;
    geo::Instant opened{};
    std::optional<geo::Instant> closed;
    accord::AlertPhase phase = accord::AlertPhase::kPredicted;
    std::string airspace;
    std::string track;                      ///< empty: not told
    std::optional<std::string> intent;      ///< that it names
    std::vector<std::uint64_t> deliveries;  ///< numbers
};

/// A position of one track, as a frame had it.
struct TrackSample {
    geo::Instant time{};
    double latitude = 0;   ///< degrees
    double longitude = 0;  ///< degrees
    std::optional<double> altitude_feet;
    std::optional<double> speed_knots;
    std::optional<double> direction_degrees;
};
/// What one feed saw of an incident's track, within its window.
struct IncidentTrack {
    std::string feed;
    std::string track;
    std::vector<TrackSample> samples;
};

/// All that one party may read.
struct PartyBoard {
    /// Deliveries that are kept; older ones are in the ledger alone.
    static constexpr std::size_t kMaxDeliveries = 65'536;
    /// Warnings that left before they were recorded, of now.
    static constexpr std::size_t kMaxUnrecorded = 256;
    static constexpr std::size_t kMaxIncidents = 1'024;
    static constexpr std::size_t kMaxSamples = 7'200;  ///< of one track of one incident
    /// Frames that are kept for the beginning of an incident: five minutes, and not more than this.
    static constexpr std::size_t kMaxFrames = 300;
    static constexpr std::size_t kMaxFrameBytes = std::size_t{48} << 20;
    /// How long an incident's track is followed after its end.
    static constexpr geo::Milliseconds kAfter{60'000};

    std::deque<ToldEvent> deliveries;  ///< numbers ascend by one
    std::deque<ToldEvent> unrecorded;
    std::map<accord::ItemRef, ItemBoard> items;
    std::map<std::string, IncidentBoard> incidents;
    std::map<std::string, std::vector<IncidentTrack>> incident_tracks;
    std::vector<PartyLine> parties;
    std::map<std::uint32_t, TrackName> names;
    /// The numbers of a track: one for each feed that sees it.
    std::map<std::string, std::set<std::uint32_t>, std::less<>> numbers;
    std::deque<FrameEvent> frames;  ///< without names
    std::size_t frame_bytes = 0;

    std::uint64_t first_number() const {
        return deliveries.empty() ? 1 : deliveries.front().number;
    }
    std::uint64_t last_number() const { return deliveries.empty() ? 0 : deliveries.back().number; }
    /// Absent where it was never or is no longer kept.
    const ToldEvent* delivery(std::uint64_t number) const;
};

/// What all parties may read, kept as events come. Whoever serves a party is told of what is new to
/// that party, and of nothing else. The network's thread. A resource.
class Board {
  public:
    /// Hears what is new to each party, after the board has it.
    class Listener {
      public:
        Listener() = default;
        Listener(const Listener&) = delete;
        Listener& operator=(const Listener&) = delete;
        virtual ~Listener() = default;

        virtual void told(const accord::PartyId& to, const ToldEvent& event) = 0;
        virtual void noticed(const NoticeEvent& event) = 0;
        virtual void own_changed(const accord::PartyId& owner, const accord::ItemRef& item) = 0;
        virtual void framed(const FrameEvent& event) = 0;
        virtual void beaten() = 0;
    };

    explicit Board(Listener& listener) : listener_(listener) {}

    void apply(std::vector<Event> events);

    /// Empty where the party has nothing.
    const PartyBoard& party(const accord::PartyId& id) const;
    const BeatEvent& beat() const { return beat_; }

  private:
    void take(ToldEvent event);
    void take(NoticeEvent event);
    void take(OwnEvent event);
    void take(const ForgottenEvent& event);
    void take(PartiesEvent event);
    void take(const AnswerEvent& event);
    void take(FrameEvent event);
    void take(BeatEvent event);

    Listener& listener_;
    std::map<accord::PartyId, PartyBoard> parties_;
    BeatEvent beat_;
};

}  // namespace comity::server
