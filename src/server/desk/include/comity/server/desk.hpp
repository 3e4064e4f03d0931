// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/state.hpp"
#include "comity/node/outbox.hpp"
#include "comity/seal/hash.hpp"
#include "comity/server/events.hpp"
#include "comity/wire/notice.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace comity::server {

/// Turns what leaves a node into what parties may read, as events: deliveries as they are, notices
/// for each who may see their life, own items, answers. Hears what the ledger holds first
/// (NodeOptions::retells), then what happens. The node's thread. A resource.
class Desk final : public node::Outbox {
  public:
    /// The name that was committed to; empty where it is not known or was erased.
    using NameOf = std::function<std::string(const seal::Hash& commitment)>;

    explicit Desk(NameOf name_of) : name_of_(std::move(name_of)) {}

    /// The node is open: everything that stands is an event.
    void open(const accord::State& state);
    /// Called with what comes of this ticket.
    void expect(node::Ticket ticket, SettledDone done);
    /// What has happened since. Notices and own items are as they stand now.
    std::vector<Event> take();
    /// Says what the state keeps no longer. To be called now and then.
    void forget();

    void deliver(const node::Delivery& delivery) override;
    void answer(const node::Answer& answer) override;
    void escalated(const accord::Escalation& escalation, geo::Instant time) override;
    void filed(const node::Filed& filed) override;

  private:
    /// Who stated what of one notice.
    struct Stated {
        std::optional<wire::StatedBy> received;
        std::optional<wire::StatedBy> read;
        std::optional<wire::StatedBy> objected;
    };
    using NoticeKey = accord::State::NoticeKey;

    void add_notices(const accord::ItemRef& item);
    void add_notice(const accord::Notice& notice);
    void add_own(const accord::ItemRef& item);
    void add_parties();

    NameOf name_of_;
    const accord::State* state_ = nullptr;  ///< null until `open`
    /// Until `open`: as many as a board keeps.
    std::map<accord::PartyId, std::deque<ToldEvent>> told_before_;
    std::map<accord::ItemRef, geo::Instant> filed_at_;  ///< of intents and airspaces
    std::vector<Event> events_;
    std::set<accord::ItemRef> changed_;
    bool parties_changed_ = false;
    std::map<accord::PartyId, std::uint64_t> filed_;
    std::uint64_t last_filed_ = 0;
    std::map<node::Ticket, SettledDone> expected_;
    std::map<NoticeKey, Stated> stated_;
    /// What was said of items, and is not forgotten: by party.
    std::set<std::pair<accord::PartyId, accord::ItemRef>> known_;
};

}  // namespace comity::server
