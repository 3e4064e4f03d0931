// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/release.hpp"
#include "comity/ledger/ledger_secret.hpp"
#include "comity/ledger/record.hpp"

#include <cstdint>
#include <string_view>

namespace comity::node {

/// The record of the delivery of these application bytes, under this salt.
ledger::node::Delivery delivery_record(ledger::LedgerSecret& secret, const ledger::Hash& salt,
                                       const accord::Released& released, std::uint64_t number,
                                       std::string_view bytes);

/// The level as it stands in a record.
ledger::node::Level level_of(accord::Level level);

}  // namespace comity::node
