// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/tick.hpp"

#include <span>

namespace comity::ledger {

/// The root of the slots' tree (SlotTree) where nobody asks for a proof, and in less time.
Hash slot_root(TreeHasher& hasher, std::span<const Slot> slots);

}  // namespace comity::ledger
