// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/kept_tick.hpp"
#include "comity/ledger/record.hpp"
#include "comity/ledger/tree.hpp"

#include <cstdint>

#include <nlohmann/json.hpp>

/// Entries of a ledger as JSON (docs/formats/export.md).
namespace comity::cli {

nlohmann::ordered_json json_of(std::uint64_t number, const ledger::Record& record);
nlohmann::ordered_json json_of(std::uint64_t number, const ledger::KeptTick& kept,
                               const ledger::TreeHead& log);

}  // namespace comity::cli
