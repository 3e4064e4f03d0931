// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace comity::ledger {

/// CRC-32C (Castagnoli), as in RFC 3720, B.4.
std::uint32_t crc32c(std::span<const std::byte> bytes);

}  // namespace comity::ledger
