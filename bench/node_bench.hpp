// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "folder.hpp"

#include "comity/base/check.hpp"
#include "comity/ledger/envelope.hpp"
#include "comity/ledger/ledger_folder.hpp"
#include "comity/node/derived.hpp"
#include "comity/node/node.hpp"
#include "comity/seal/ed25519.hpp"
#include "comity/system/posix_disk.hpp"
#include "comity/wire/request.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>

/// A node on a ledger of its own, on this machine's disk.
namespace comity::bench {

/// Everything asked has to be accepted; what is delivered goes nowhere.
class NoOutbox final : public node::Outbox {
  public:
    void deliver(const node::Delivery& /*delivery*/) override {}
    void answer(const node::Answer& answer) override {
        const auto* decided = std::get_if<node::Decided>(&answer.of);
        COMITY_CHECK(decided != nullptr && decided->outcome == accord::Outcome::kAccepted);
    }
    void escalated(const accord::Escalation& /*escalation*/, geo::Instant /*time*/) override {}
    void filed(const node::Filed& /*filed*/) override {}
};

class BenchNode {
  public:
    static constexpr const char* kOrigin = "bench.example/log";

    explicit BenchNode(geo::Instant start, node::NodeOptions options = {})
        : clock_({.time = start, .error_bound = {}}) {
        disk_ = *system::PosixDisk::open(folder_.path(), system::Access::kReadWrite);
        ledger_ = *ledger::create_folder(*disk_, kOrigin, {log_.key_id().value()},
                                         node::derived_key(1, "secret").bytes);
        writer_ = *ledger::Ledger::create(
            {.store = *ledger_.store, .secret = *ledger_.secret, .signer = log_},
            {.origin = kOrigin, .key = {log_.key_id().value()}}, clock_.now(), {});
        node_ = *node::Node::open({.ledger = writer_.get(),
                                   .secret = *ledger_.secret,
                                   .store = *ledger_.store,
                                   .clock = clock_,
                                   .entropy = entropy_,
                                   .outbox = outbox_},
                                  std::move(options));
    }

    node::Node& node() { return *node_; }
    node::ScenarioClock& clock() { return clock_; }

    /// What this party says, in an envelope that the signer's key will sign; null: vouched.
    std::string payload(const std::string& party, const accord::Operation& operation,
                        const std::string& object, const seal::SeedSigner* signer) {
        ledger::Envelope envelope{.to = kOrigin,
                                  .party = party,
                                  .id = std::to_string(++ids_),
                                  .sent = clock_.now().time,
                                  .valid_until = clock_.now().time + std::chrono::minutes(5),
                                  .operation = std::string(wire::operation_name(operation)),
                                  .object = object,
                                  .body = wire::body_of(operation)};
        if (signer != nullptr) envelope.key = ledger::Hash{signer->key_id().value()};
        if (std::holds_alternative<accord::Read>(operation)) {
            envelope.attachments.push_back({.name = "reader", .commitment = {}});
        }
        return *ledger::write_envelope(envelope);
    }

    void vouch(const std::string& party, const accord::Operation& operation,
               const std::string& object) {
        const auto ticket = node_->submit_vouched(payload(party, operation, object, nullptr));
        COMITY_CHECK(ticket.has_value());
        node_->turn();
    }

  private:
    Folder folder_;
    node::ScenarioClock clock_;
    node::DerivedEntropy entropy_{node::derived_key(1, "salts")};
    seal::SeedSigner log_{node::derived_key(1, "log").span()};
    NoOutbox outbox_;
    std::unique_ptr<system::PosixDisk> disk_;
    ledger::LedgerFolder ledger_;
    std::unique_ptr<ledger::Ledger> writer_;
    std::unique_ptr<node::Node> node_;
    std::uint64_t ids_ = 0;
};

}  // namespace comity::bench
