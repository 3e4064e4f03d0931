// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/testing/memory_disk.hpp"
#include "comity/ledger/ledger.hpp"
#include "comity/ledger/ledger_folder.hpp"
#include "comity/ledger/record_envelope.hpp"
#include "comity/ledger/testing/small_ledger.hpp"
#include "comity/seal/ed25519.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace comity::ledger {

inline constexpr std::string_view kOrigin = testing::SmallLedger::kOrigin;
inline constexpr LedgerSecret::Bytes kSecret{std::byte{42}};
inline constexpr StoreOptions kSmallSegments{.segment_size = 16 * 1024};

/// 2015-11-24T07:24:00Z.
inline constexpr std::uint64_t kFirstSecond = 1'448'349'840;

inline base::TimeReading reading(std::int64_t milliseconds_later) {
    return {.time = Instant(std::chrono::seconds(kFirstSecond)) +
                    std::chrono::milliseconds(milliseconds_later),
            .error_bound = std::chrono::milliseconds(20)};
}

template <typename T>
T must(LedgerExpected<T> value) {
    if (!value) {
        throw std::runtime_error(std::string(to_string(value.error().fault)) + ": " +
                                 value.error().where);
    }
    if constexpr (!std::is_void_v<T>) return *std::move(value);
}

inline Hash numbered_salt(std::uint64_t number) {
    const std::string text = std::to_string(number);
    return seal::sha256(std::as_bytes(std::span(text)));
}

inline node::Genesis test_genesis(const base::Signer& signer) {
    return {.origin = std::string(kOrigin), .key = Hash{.bytes = signer.key_id().value()}};
}

/// A ledger in a directory of memory, written by the calls of a test. The same calls make the same
/// bytes. A resource.
class TestLedger {
  public:
    explicit TestLedger(base::Disk& disk) : disk_(disk), signer_(testing::signer_of(kOrigin)) {
        folder_ = must(create_folder(disk_, kOrigin, Hash{.bytes = signer_->key_id().value()},
                                     kSecret, kSmallSegments));
        ledger_ = must(Ledger::create(parts(), test_genesis(*signer_), reading(0), salt()));
    }

    /// One that was written before, at this many milliseconds after the first second.
    struct Existing {
        std::int64_t clock = 0;
    };
    TestLedger(base::Disk& disk, Existing existing)
        : disk_(disk),
          signer_(testing::signer_of(kOrigin)),
          salts_(static_cast<std::uint64_t>(existing.clock) << 20U),
          clock_(existing.clock) {
        reopen();
    }

    /// As after a restart: what was not committed is gone.
    void reopen() {
        ledger_.reset();
        folder_ = {};
        folder_ = must(open_folder(disk_, OpenMode::kReadWrite, kSmallSegments));
        ledger_ = must(open_ledger(disk_, folder_, *signer_, reading(clock_), salt()));
    }

    void close() {
        ledger_.reset();
        if (!folder_.store->close()) throw std::runtime_error("not closed");
        folder_ = {};
    }

    Place file_signed(std::string_view party, std::string_view id) {
        const Draft request = signed_request(party, id);
        return must(ledger_->stage(request, reading(++clock_)));
    }

    Place deliver(std::string_view addressee) {
        return must(ledger_->stage({.content = NodeRecord(node::Delivery{
                                        .addressee = std::string(addressee),
                                        .number = ledger_->state().deliveries_to(addressee) + 1,
                                        .item = "flight-17",
                                        .version = 1}),
                                    .salt = salt()},
                                   reading(++clock_)));
    }

    /// Closes the next second and makes all of it durable.
    void tick() {
        clock_ = 1000 * (clock_ / 1000 + 1);
        const std::uint64_t second = kFirstSecond + static_cast<std::uint64_t>(clock_) / 1000 - 1;
        must(ledger_->stage_tick(std::max(second, ledger_->state().least_second())));
        must(ledger_->commit());
    }

    void keep_snapshot() {
        must(ledger::keep_snapshot(disk_, folder_, *ledger_, reading(++clock_), salt()));
    }

    Draft signed_request(std::string_view party, std::string_view id) {
        Envelope envelope = testing::request_of(party, id);
        const auto signer = testing::signer_of(party);
        envelope.key = Hash{.bytes = signer->key_id().value()};
        return {.rules = "1",
                .content = sign_request(*signer, write_envelope(envelope).value()).value(),
                .party = std::string(party),
                .salt = salt()};
    }

    Hash salt() { return numbered_salt(salts_++); }
    Ledger& ledger() { return *ledger_; }
    LedgerFolder& folder() { return folder_; }
    base::Signer& signer() { return *signer_; }
    Ledger::Parts parts() {
        return {.store = *folder_.store, .secret = *folder_.secret, .signer = *signer_};
    }

  private:
    base::Disk& disk_;
    std::unique_ptr<seal::SeedSigner> signer_;
    LedgerFolder folder_;
    std::unique_ptr<Ledger> ledger_;
    std::uint64_t salts_ = 0;
    std::int64_t clock_ = 0;
};

/// Some seconds of two parties: 9 records and 4 ticks.
inline void write_some_seconds(TestLedger& ledger) {
    ledger.tick();
    ledger.file_signed("air-unit-a", "r1");
    ledger.file_signed("air-unit-a", "r2");
    ledger.tick();
    ledger.file_signed("air-unit-b", "r1");
    ledger.deliver("air-unit-b");
    ledger.deliver("air-unit-a");
    ledger.tick();
    ledger.deliver("air-unit-b");
    ledger.file_signed("air-unit-a", "r3");
    ledger.deliver("air-unit-b");
    ledger.tick();
}

}  // namespace comity::ledger
