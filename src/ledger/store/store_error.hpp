// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/store.hpp"

#include <cstdint>
#include <string>
#include <utility>

namespace comity::ledger {

/// What an error of the disk is to a store.
StoreError store_error(base::DiskError error, const std::string& where);

inline base::Unexpected<StoreError> failed(base::DiskError error, const std::string& where) {
    return base::Unexpected(store_error(error, where));
}

inline base::Unexpected<StoreError> refused(StoreFault fault, std::string where) {
    return base::Unexpected(StoreError{.fault = fault, .where = std::move(where)});
}

/// "FILE at OFFSET: WHAT".
std::string place(const std::string& file, std::uint64_t offset, const std::string& what);

/// "FILE: format VERSION; this program knows formats up to ...".
std::string newer_format(const std::string& file, std::uint16_t version);

}  // namespace comity::ledger
