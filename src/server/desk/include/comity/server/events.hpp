// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/ids.hpp"
#include "comity/geo/instant.hpp"
#include "comity/node/node.hpp"
#include "comity/node/outbox.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What goes from the thread of the node to that of the network, in order: what has become durable,
/// as text that was released, ready to leave. Values.
namespace comity::server {

/// Bytes that many may hold at once.
using Text = std::shared_ptr<const std::string>;

/// Something was told to a party.
struct ToldEvent {
    accord::PartyId to;
    std::uint64_t number = 0;  ///< 0: it left before it could be recorded
    accord::ItemRef item;
    std::uint64_t version = 0;
    geo::Instant time{};
    Text content;
};

/// A notice as this party may see it, whoever it was to.
struct NoticeEvent {
    accord::PartyId viewer;
    accord::ItemRef item;
    accord::PartyId to;
    Text notice;  ///< wire::notice_text
};

/// The party's own item as it stands now.
struct OwnEvent {
    accord::PartyId owner;
    accord::ItemRef item;
    std::uint64_t version = 0;
    geo::Instant time{};
    Text content;
};

/// The node keeps this no longer.
struct ForgottenEvent {
    accord::PartyId party;
    accord::ItemRef item;
};

struct PartyLine {
    accord::PartyId id;
    std::vector<std::string> keys;  ///< base64
    std::optional<accord::Group> group;
};
/// With whom a party has to do.
struct PartiesEvent {
    accord::PartyId viewer;
    std::vector<PartyLine> parties;
};

/// What came of a filing.
struct Settled {
    node::AnswerOf of;
    std::uint64_t filed = 0;  ///< 1, 2, 3 ... of the author's party; 0: nothing stands
};
using SettledDone = std::function<void(const Settled&)>;
struct AnswerEvent {
    SettledDone done;
    Settled settled;
};

/// The name that a number in track frames stands for.
struct TrackName {
    std::uint32_t number = 0;
    std::string track;
    std::string callsign;
    std::string feed;
    std::string party;  ///< that operates it; empty: not known
};
/// A second of the tracks of a party's own feeds.
struct FrameEvent {
    accord::PartyId to;
    std::vector<TrackName> names;  ///< new or changed since the frame before
    geo::Instant sweep{};
    Text frame;  ///< api/stream.md
};

struct FeedLine {
    std::string name;
    accord::PartyId of;
    std::optional<geo::Milliseconds> age;  ///< since its last report; absent: none came
};
/// Each second.
struct BeatEvent {
    geo::Instant time{};
    node::Mode mode = node::Mode::kRecording;
    std::vector<FeedLine> feeds;
};

using Event = std::variant<ToldEvent, NoticeEvent, OwnEvent, ForgottenEvent, PartiesEvent,
                           AnswerEvent, FrameEvent, BeatEvent>;

}  // namespace comity::server
