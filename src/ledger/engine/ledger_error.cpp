// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/ledger_error.hpp"

namespace comity::ledger {

const char* to_string(LedgerFault fault) {
    using enum LedgerFault;
    switch (fault) {
        case kStore:
            return "the store";
        case kNoGenesis:
            return "expected the first entry, and no other, to be the record of genesis";
        case kRecord:
            return "expected a record";
        case kTime:
            return "expected a time that is not before the record before it";
        case kDelivery:
            return "expected the next number of this addressee's deliveries";
        case kTick:
            return "expected a tick of a later second";
        case kRequest:
            return "expected a request that can be read, signed by its author's key";
        case kSlots:
            return "expected a tick that commits to the records before it";
        case kSignature:
            return "expected a checkpoint that the log's key has signed";
        case kClosed:
            return "expected nothing after the closing of the ledger";
        case kSecret:
            return "expected the secret and the key of this ledger";
        case kSigner:
            return "the log's key did not sign";
        case kRestored:
            return "restored from a backup and not reconciled: nothing is recorded or signed";
        case kFolder:
            return "expected the files of a ledger";
    }
    return "unknown fault";
}

LedgerError from_store(const StoreError& error) {
    std::string where = to_string(error.fault);
    if (!error.where.empty()) where += ": " + error.where;
    return {.fault = LedgerFault::kStore, .where = std::move(where), .store = error.fault};
}

}  // namespace comity::ledger
