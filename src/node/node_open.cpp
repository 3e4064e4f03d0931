// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/bytes.hpp"
#include "comity/base/check.hpp"
#include "comity/ledger/envelope.hpp"
#include "comity/ledger/ledger_folder.hpp"
#include "comity/node/node.hpp"
#include "comity/node/replayer.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include <fmt/core.h>

namespace comity::node {
namespace {

base::Unexpected<ledger::LedgerError> fault(std::string where) {
    return base::Unexpected(
        ledger::LedgerError{.fault = ledger::LedgerFault::kRecord, .where = std::move(where)});
}

}  // namespace

ledger::LedgerExpected<std::unique_ptr<Node>> Node::open(Parts parts, NodeOptions options) {
    const auto genesis = ledger::genesis_of(parts.store);
    if (!genesis) return base::Unexpected(genesis.error());
    std::unique_ptr<Node> node(new Node(parts, std::move(options), genesis->origin));
    if (auto recovered = node->recover(); !recovered) return base::Unexpected(recovered.error());
    node->read_clock();
    const auto second = std::chrono::floor<std::chrono::seconds>(node->now_);
    node->last_second_ = static_cast<std::uint64_t>(second.time_since_epoch().count()) - 1;
    if (parts.ledger != nullptr) {
        node->last_second_ = std::max(node->last_second_, parts.ledger->state().last_second());
    }
    node->stage_node(ledger::node::Start{.build = node->options_.build});
    node->spool_to_file_ = parts.spool != nullptr;
    node->file_spooled();
    node->close_open_alerts();
    node->commit();
    return node;
}

// Damage ends the reading; what was verified before it is what a warn-only node works from.
ledger::LedgerExpected<void> Node::recover() {
    std::optional<ReplayFinding> finding;
    Outbox* retold = options_.retells ? &parts_.outbox : nullptr;
    Replayer replayer(state_, {.verifies_signatures = false, .retold = retold},
                      [&](const ReplayFinding& one) { finding = finding.value_or(one); });
    const ReplayEnd end =
        replay(parts_.store, replayer, [&](const ledger::Record&) { return !finding.has_value(); });
    now_ = end.last_time;
    opened_at_ = end.records;
    last_state_ = replayer.last_state();
    spooled_before_ = replayer.spooled();
    for (const auto& [id, airspace] : state_.airspaces()) follow_airspace(id);
    for (const auto& [id, intent] : state_.intents()) follow_intent(id);
    if (mode_ == Mode::kWarnOnly) return {};
    if (end.error) return base::Unexpected(*end.error);
    if (finding) {
        return fault(fmt::format("record {}: {}{}{}", finding->record, to_string(finding->fault),
                                 finding->details.empty() ? "" : ": ", finding->details));
    }
    return {};
}

// Warnings that had left before they could be recorded come before anything else, with both times.
void Node::file_spooled() {
    if (!spool_to_file_ || mode_ != Mode::kRecording) return;
    spool_to_file_ = false;
    const std::vector<Spooled> pending_warnings = parts_.spool->pending();
    for (const Spooled& pending : pending_warnings) {
        spooled_in_flight_ = std::max(spooled_in_flight_, pending.number);
        // Filed, and the mark that says so was lost.
        if (!spooled_before_.emplace(pending.number, pending.entry.left_at).second) continue;
        const auto request =
            authenticate_vouched(state_, reader_, base::text_of(pending.entry.payload));
        if (!request) continue;
        const auto* put = std::get_if<accord::PutAlert>(&request->operation);
        if (put == nullptr || !request->object) continue;
        file_own(*request->object, request->traffic,
                 accord::PutSpooled{.spool_number = pending.number,
                                    .left_at = pending.entry.left_at,
                                    .alert = put->alert,
                                    .told = pending.entry.addressees});
    }
}

// Their tracks are unknown after a restart, and silence resolves nothing.
void Node::close_open_alerts() {
    if (mode_ != Mode::kRecording) return;
    std::vector<accord::Alert> open;
    for (const auto& [id, alert] : state_.alerts()) {
        if (!is_closed(alert.phase)) open.push_back(alert);
    }
    for (accord::Alert& alert : open) {
        alert.phase = accord::AlertPhase::kUnresolved;
        alert.sweep = now_;
        const std::string id = alert.id;
        const accord::Traffic traffic = alert.traffic;
        file_own(id, traffic, accord::PutAlert{std::move(alert)});
    }
}

}  // namespace comity::node
