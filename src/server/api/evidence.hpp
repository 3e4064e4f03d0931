// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "call.hpp"

#include "comity/ledger/receipt.hpp"
#include "comity/seal/verifier_key.hpp"
#include "comity/server/board.hpp"
#include "comity/server/inbox.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Receipts of what is a party's own.
namespace comity::server {

/// What a receipt is wanted of, by the party's own number from 1 on.
struct Wanted {
    ledger::EntryTree tree = ledger::EntryTree::kDelivered;
    std::uint64_t number = 0;
    Text content;  ///< of a delivery, to be shown with it; null: it is not kept
};

/// The bytes that left as this delivery; null where there is none, or it is not kept.
Text content_of(const PartyBoard& board, bool is_delivered, std::uint64_t number);

/// Everything: what was delivered, and what was filed, as far as there is any.
std::vector<Wanted> everything_of(const PartyBoard& board);
/// Of an incident: what the party was told of it, of the intent and of the airspace that it names,
/// and of the agreements; and all that it filed itself.
std::vector<Wanted> all_about(const PartyBoard& board, const IncidentBoard& incident);

/// On the node's thread. not_found, not_yet, no_ledger.
OrProblem<std::string> receipt_of(const Reading& reading, const accord::PartyId& party,
                                  const Wanted& wanted);
/// Makes the receipts of a bundle, some at a time, in the order of the ledger; at most kMost, the
/// first ones. On the node's thread. A value.
class ReceiptMaker {
  public:
    static constexpr std::size_t kMost = 20'000;
    static constexpr std::size_t kStep = 20;

    /// Of a tree, number 0 stands for all.
    ReceiptMaker(accord::PartyId party, std::vector<Wanted> wanted)
        : party_(std::move(party)), wanted_(std::move(wanted)) {}

    /// kStep more; true where there are no more to come.
    bool step(const Reading& reading);
    const std::vector<std::string>& receipts() const { return receipts_; }
    const std::optional<Problem>& problem() const { return problem_; }

  private:
    struct Place {
        std::uint64_t record = 0;
        ledger::EntryTree tree = ledger::EntryTree::kFiled;
        Text content;
    };
    void find_places(const ledger::LedgerIndex& index);

    accord::PartyId party_;
    std::vector<Wanted> wanted_;
    std::vector<Place> places_;
    std::size_t next_ = 0;
    bool is_begun_ = false;
    std::vector<std::string> receipts_;
    std::optional<Problem> problem_;
};

/// A zip of the receipts and a report (docs/formats/bundle.md). From any thread. not_found where
/// there is none, no_ledger where they do not hold.
OrProblem<std::string> bundle_of(const accord::PartyId& party, const seal::VerifierKey& log,
                                 const std::vector<std::string>& receipts);

}  // namespace comity::server
