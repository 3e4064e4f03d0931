// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/ids.hpp"
#include "comity/accord/outcome.hpp"
#include "comity/accord/request.hpp"
#include "comity/accord/state.hpp"
#include "comity/geo/instant.hpp"
#include "comity/node/authenticate.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace comity::node {

/// What leaves for a party: the application bytes that its ledger's delivery commits to.
struct Delivery {
    accord::PartyId to;
    std::uint64_t number = 0;  ///< 1, 2, 3 ... of this party; 0: left before it was recorded
    accord::ItemRef item;
    std::uint64_t version = 0;
    accord::Level level = accord::Level::kNone;
    std::string bytes;
    geo::Instant time{};             ///< of its record; of its leaving where it was not recorded
    std::uint64_t record = 0;        ///< its record's number; 0: not recorded
    std::uint64_t spool_number = 0;  ///< of what left before it was recorded; 0: not spooled either
};

/// Names a request from its submission to its answer.
using Ticket = std::uint64_t;

/// It was decided, and stands in the ledger.
struct Decided {
    accord::Outcome outcome = accord::Outcome::kAccepted;
    std::uint64_t record = 0;
    geo::Instant time{};
};
/// Nothing of it stands anywhere.
struct NotRecorded {};
using AnswerOf = std::variant<Decided, Unattributed, NotRecorded>;

struct Answer {
    Ticket ticket = 0;
    AnswerOf of;
};

/// A request that stands in the ledger, and what came of it.
struct Filed {
    accord::Request request;
    Decided decided;
    bool is_signed = false;  ///< by a key of its author; else the node vouches for it
};

/// Where a node puts what leaves it. Called in the order of the records, after they are durable;
/// urgent warnings that could not be recorded come without. A resource.
class Outbox {
  public:
    Outbox() = default;
    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;
    virtual ~Outbox() = default;

    virtual void deliver(const Delivery& delivery) = 0;
    virtual void answer(const Answer& answer) = 0;
    /// For who watches the node: a deadline passed, and it stands in the ledger.
    virtual void escalated(const accord::Escalation& escalation, geo::Instant time) = 0;
    /// For the same: each request that stands in the ledger, those of the node itself too; before
    /// the answer to it, and before what it told.
    virtual void filed(const Filed& filed) = 0;
};

}  // namespace comity::node
