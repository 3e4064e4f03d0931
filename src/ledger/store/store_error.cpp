// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "store_error.hpp"

#include "segment_format.hpp"

#include "comity/base/disk.hpp"
#include "comity/ledger/store.hpp"

#include <cstdint>
#include <string>

namespace comity::ledger {

const char* to_string(StoreFault fault) {
    switch (fault) {
        case StoreFault::kTooLarge:
            return "an entry or a group is too large";
        case StoreFault::kOutside:
            return "there is no entry of this index";
        case StoreFault::kReadOnly:
            return "the store takes no entries: it is opened for reading, or damaged";
        case StoreFault::kStopped:
            return "the store stopped after an append that failed";
        case StoreFault::kNoSpace:
            return "no space left";
        case StoreFault::kMedium:
            return "the medium failed, or does not permit it";
        case StoreFault::kDamaged:
            return "what was kept is not there whole";
        case StoreFault::kFenced:
            return "another writer has the store";
        case StoreFault::kNotFound:
            return "there is no store";
        case StoreFault::kExists:
            return "there is a store already";
        case StoreFault::kNewer:
            return "the store is of a newer format";
        case StoreFault::kOtherStore:
            return "a part of another store";
        case StoreFault::kOtherHistory:
            return "what was kept is another history";
    }
    return "unknown fault";
}

StoreError store_error(base::DiskError error, const std::string& where) {
    StoreFault fault = StoreFault::kMedium;
    if (error == base::DiskError::kNoSpace) fault = StoreFault::kNoSpace;
    if (error == base::DiskError::kBusy) fault = StoreFault::kFenced;
    return {.fault = fault, .where = where + ": " + to_string(error)};
}

std::string place(const std::string& file, std::uint64_t offset, const std::string& what) {
    return file + " at " + std::to_string(offset) + ": " + what;
}

std::string newer_format(const std::string& file, std::uint16_t version) {
    return file + ": format " + std::to_string(version) + "; this program knows formats up to " +
           std::to_string(kStoreVersion);
}

}  // namespace comity::ledger
