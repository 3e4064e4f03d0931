// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Paths of tiles, and what is in a tile. Beside "no crash": what is read is written as the same
// bytes, so that a tile has one path and a bundle one form.
#include "comity/base/check.hpp"
#include "comity/ledger/tile.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

using namespace comity;

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto tile = ledger::parse_tile_path(text)) {
        COMITY_CHECK(ledger::tile_path(*tile) == text);
    }
    if (size == 0) return 0;
    // The first byte says how wide the tile is.
    const unsigned width = data[0] + 1U;
    const auto content = std::as_bytes(std::span(data, size)).subspan(1);
    if (const auto hashes = ledger::parse_hash_tile(content, width)) {
        COMITY_CHECK(hashes->size() == width);
        COMITY_CHECK(std::ranges::equal(ledger::format_hash_tile(*hashes), content));
    }
    if (const auto entries = ledger::parse_entry_bundle(content, width)) {
        COMITY_CHECK(entries->size() == width);
        COMITY_CHECK(std::ranges::equal(*ledger::format_entry_bundle(*entries), content));
    }
    return 0;
}
