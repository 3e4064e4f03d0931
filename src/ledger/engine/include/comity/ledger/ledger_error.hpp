// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/ledger/store.hpp"

#include <cstdint>
#include <string>

namespace comity::ledger {

/// Why a ledger does not go on, or does not hold.
enum class [[nodiscard]] LedgerFault : std::uint8_t{
    kStore,      ///< the store failed; `where` has its words
    kNoGenesis,  ///< the first entry is no record of genesis, or another entry is one
    kRecord,     ///< an entry that is no record of this version
    kTime,       ///< a record's time is before that of the record before it
    kDelivery,   ///< a delivery whose number is not the next one of its addressee
    kTick,       ///< an entry that is no kept tick, or whose second is not after the one before
    kRequest,    ///< a request that cannot be read, or that its author's key did not sign
    kSlots,      ///< a tick that does not commit to the records before it
    kSignature,  ///< a checkpoint that the log's key did not sign, or a last tick without one
    kClosed,     ///< something follows the closing of a ledger
    kSecret,     ///< the secret, or the key, is another ledger's
    kSigner,     ///< the log's key did not sign; nothing was recorded, and it may be tried again
    kRestored,   ///< restored from a backup and not reconciled yet: nothing is recorded or signed
    kFolder,     ///< a file of the folder that is missing or is not what it should be
};

/// Words for a person: what is wrong.
const char* to_string(LedgerFault fault);

struct LedgerError {
    LedgerFault fault;
    std::string where;  ///< "entry 17: ..."; may be empty
    /// Of kStore.
    StoreFault store = StoreFault::kDamaged;
    friend bool operator==(const LedgerError&, const LedgerError&) = default;
};

/// The store's error as one of the ledger.
LedgerError from_store(const StoreError& error);

template <typename T>
using LedgerExpected = base::Expected<T, LedgerError>;

}  // namespace comity::ledger
