// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/ids.hpp"
#include "comity/base/disk.hpp"
#include "comity/base/testing/memory_disk.hpp"
#include "comity/geo/instant.hpp"
#include "comity/node/spool.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The words of the tests of the spool.
namespace comity::node {

using base::DiskError;
using base::testing::MemoryDisk;

/// A warning to two parties, with a payload of its own of this length.
inline SpoolEntry warning(std::uint64_t which, std::size_t payload = 20) {
    SpoolEntry entry{.left_at = geo::parse_instant("2015-11-24T07:24:05.123Z").value() +
                                geo::Milliseconds(which),
                     .addressees = {accord::PartyId("north"), accord::PartyId("south")}};
    // Each byte what a reader would take for the beginning of an entry.
    while (entry.payload.size() < payload) {
        for (const char c : "Warning\n" + std::to_string(which)) {
            entry.payload.push_back(static_cast<std::byte>(c));
        }
    }
    entry.payload.resize(payload);
    return entry;
}

inline std::vector<std::byte> contents_of(base::Disk& disk, std::string_view name) {
    const auto file = disk.open(name).value();
    std::vector<std::byte> bytes(file->size().value());
    bytes.resize(file->read_at(0, bytes).value());
    return bytes;
}

inline std::vector<std::uint64_t> numbers_of(const Spool& spool) {
    std::vector<std::uint64_t> numbers;
    for (const Spooled& one : spool.pending()) numbers.push_back(one.number);
    return numbers;
}

}  // namespace comity::node
