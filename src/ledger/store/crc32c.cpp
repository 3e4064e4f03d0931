// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "crc32c.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace comity::ledger {
namespace {

constexpr std::uint32_t kPolynomial = 0x82F63B78;  // reflected
constexpr std::size_t kSlices = 8;

// kTables[s][b]: what byte b, followed by s zero bytes, makes of a remainder of zero.
using Tables = std::array<std::array<std::uint32_t, 256>, kSlices>;

constexpr Tables make_tables() {
    Tables tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t remainder = byte;
        for (int bit = 0; bit < 8; ++bit) {
            remainder = (remainder >> 1) ^ ((remainder & 1) != 0 ? kPolynomial : 0);
        }
        tables[0][byte] = remainder;
    }
    for (std::size_t slice = 1; slice < kSlices; ++slice) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const std::uint32_t before = tables[slice - 1][byte];
            tables[slice][byte] = (before >> 8) ^ tables[0][before & 0xFF];
        }
    }
    return tables;
}

constexpr Tables kTables = make_tables();

}  // namespace

std::uint32_t crc32c(std::span<const std::byte> bytes) {
    std::uint32_t remainder = 0xFFFFFFFF;
    while (bytes.size() >= kSlices) {
        std::uint32_t next = 0;
        for (std::size_t i = 0; i < kSlices; ++i) {
            const std::uint32_t mixed = i < 4 ? remainder >> (8 * i) : 0;
            const std::uint32_t byte = (mixed ^ std::to_integer<std::uint32_t>(bytes[i])) & 0xFF;
            next ^= kTables[kSlices - 1 - i][byte];
        }
        remainder = next;
        bytes = bytes.subspan(kSlices);
    }
    for (const std::byte byte : bytes) {
        const std::uint32_t low = (remainder ^ std::to_integer<std::uint32_t>(byte)) & 0xFF;
        remainder = (remainder >> 8) ^ kTables[0][low];
    }
    return ~remainder;
}

}  // namespace comity::ledger
