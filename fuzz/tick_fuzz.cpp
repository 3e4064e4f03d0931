// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Ticks and slots. Beside "no crash": bytes are one just where a second reader, which looks at each
// place of docs/formats/tick.md by its number, says so; and what is read is written as the same.
#include "comity/base/check.hpp"
#include "comity/ledger/tick.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace {

using namespace comity;

using Bytes = std::span<const std::byte>;

bool has_version_1(Bytes bytes) {
    return bytes[0] == std::byte{0} && bytes[1] == std::byte{1};
}

bool all_zeros(Bytes bytes) {
    return std::ranges::all_of(bytes, [](std::byte byte) { return byte == std::byte{0}; });
}

bool is_tick(Bytes bytes) {
    return bytes.size() == 42 && has_version_1(bytes);
}

bool is_slot(Bytes bytes) {
    if (bytes.size() != 147 || !has_version_1(bytes)) return false;
    const auto holder = bytes.subspan(35, 32);
    const auto filed = bytes.subspan(67, 40);
    const auto delivered = bytes.subspan(107, 40);
    switch (std::to_integer<int>(bytes[34])) {
        case 0:
            return all_zeros(holder) && all_zeros(filed) && all_zeros(delivered);
        case 1:
            return true;
        case 2:
            return all_zeros(holder) && all_zeros(delivered);
        default:
            return false;
    }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Bytes bytes(reinterpret_cast<const std::byte*>(data), size);
    const auto tick = ledger::decode_tick(bytes);
    COMITY_CHECK(tick.has_value() == is_tick(bytes));
    if (tick) COMITY_CHECK(std::ranges::equal(ledger::encode(*tick), bytes));
    const auto slot = ledger::decode_slot(bytes);
    COMITY_CHECK(slot.has_value() == is_slot(bytes));
    if (slot) COMITY_CHECK(std::ranges::equal(ledger::encode(*slot), bytes));
    if (!slot) COMITY_CHECK(slot.error().offset <= size);
    return 0;
}
