// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/envelope.hpp"
#include "comity/ledger/receipt.hpp"
#include "comity/ledger/record.hpp"
#include "comity/ledger/tick.hpp"
#include "comity/seal/ed25519.hpp"
#include "comity/seal/verifier_key.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace comity::ledger::testing {

/// The key of everybody here who is called so: from the name alone.
std::unique_ptr<seal::SeedSigner> signer_of(std::string_view name);

/// A request of `party`, as its author would fill it in; sent at 07:24:00 on 24 November 2015.
Envelope request_of(std::string_view party, std::string_view id);

/// A whole ledger in memory, for tests: records go in, ticks close, receipts come out. The same
/// calls make the same bytes. Whatever a caller does wrong fails a check. A resource.
class SmallLedger {
  public:
    static constexpr std::string_view kOrigin = "ledger.test/log";

    SmallLedger();

    /// The log's verifier key.
    const seal::VerifierKey& key() const { return key_; }

    /// Records an envelope signed by its party; its number among the records.
    std::size_t file_signed(Envelope envelope);
    /// Records an envelope that the node wrote down.
    std::size_t file_vouched(Envelope envelope);
    /// Records a delivery; numbers per addressee are given here.
    std::size_t deliver(std::string_view addressee, const seal::Hash& content);
    std::size_t add(NodeRecord record);

    /// A record as the node begins it now: all but its content.
    Record head();
    /// What an honest node does not: any bytes as a record, in this tree of this party.
    std::size_t put(std::vector<std::byte> record, std::string_view party, EntryTree tree);

    /// Closes a second: a tick of everything recorded so far, at the end of the public log.
    void close_second();
    /// The same with other bytes in place of the tick's.
    void close_second_as(std::vector<std::byte> tick);

    /// Of a record that is in the last tick.
    Receipt receipt(std::size_t record, EntryTree tree,
                    std::vector<ShownAttachment> attachments = {});

    const std::vector<std::byte>& record_bytes(std::size_t record) const {
        return records_[record];
    }

  private:
    struct Grown {
        StoredTree tree;
        std::map<std::size_t, std::uint64_t> places;  // record number -> index in the tree
    };
    struct Party {
        Grown filed;
        Grown delivered;
    };

    seal::Hash next_salt();
    std::size_t append(std::vector<std::byte> record);
    void make_slots();
    void grow(Grown& grown, std::size_t record);
    TreeHead head_of(const Grown& grown);
    std::string checkpoint();

    seal::VerifierKey key_;
    std::unique_ptr<seal::SeedSigner> signer_;
    TreeHasher hasher_;
    std::uint64_t salts_ = 0;
    std::uint64_t second_ = 1'448'349'840;  // 2015-11-24T07:24:00Z
    std::vector<std::vector<std::byte>> records_;
    Grown sequence_;
    std::map<std::string, Party, std::less<>> parties_;
    std::vector<std::byte> tick_;  // the last one
    StoredTree log_;
    std::unique_ptr<SlotTree> slots_;
};

}  // namespace comity::ledger::testing
