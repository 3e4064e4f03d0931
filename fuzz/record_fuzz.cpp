// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Records. Beside "no crash": what is read is written as the same bytes; no piece of a record from
// its beginning is one, nor a record with a byte behind it; a fault stands within the bytes.
#include "comity/base/check.hpp"
#include "comity/ledger/record.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace {

using namespace comity;

void check_record(const ledger::Record& record, std::span<const std::byte> bytes) {
    COMITY_CHECK(std::ranges::equal(ledger::encode(record), bytes));
    for (std::size_t size = 0; size < bytes.size(); size += 1 + size / 64) {
        const auto cut = ledger::decode_record(bytes.first(size));
        COMITY_CHECK(!cut && cut.error().fault == ledger::FormatFault::kTruncated);
    }
    std::vector<std::byte> longer(bytes.begin(), bytes.end());
    longer.push_back(std::byte{0});
    const auto trailing = ledger::decode_record(longer);
    COMITY_CHECK(!trailing && trailing.error().fault == ledger::FormatFault::kTrailing);
    COMITY_CHECK(trailing.error().offset == bytes.size());
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::span bytes(reinterpret_cast<const std::byte*>(data), size);
    const auto record = ledger::decode_record(bytes);
    if (record) {
        check_record(*record, bytes);
    } else {
        COMITY_CHECK(record.error().offset <= size);
    }
    return 0;
}
