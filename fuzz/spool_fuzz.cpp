// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The bytes of a spool: as the whole file, as its entries behind a mark that is right, and as the
// payload of an entry. Whatever opens is the same after a crash, takes one more where it has room,
// and is empty when all is marked.
#include "../src/node/spool_format.hpp"

#include "comity/accord/ids.hpp"
#include "comity/base/check.hpp"
#include "comity/base/testing/memory_disk.hpp"
#include "comity/geo/instant.hpp"
#include "comity/node/spool.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace {

using namespace comity;
using base::testing::MemoryDisk;

constexpr std::size_t kGreatest = std::size_t{1} << 16;

void put(MemoryDisk& disk, std::span<const std::byte> bytes) {
    const auto file = disk.create("spool").value();
    COMITY_CHECK(file->write_at(0, bytes) && file->sync() && disk.sync_directory());
}

void check_file(std::span<const std::byte> bytes) {
    MemoryDisk disk(1);
    put(disk, bytes);
    auto opened = node::Spool::open(disk);
    if (!opened) return;
    std::unique_ptr<node::Spool> spool = *std::move(opened);
    std::vector<node::Spooled> pending = spool->pending();
    COMITY_CHECK(std::ranges::is_sorted(pending, {}, &node::Spooled::number));
    const node::SpoolEntry more{.left_at = geo::Instant{},
                                .addressees = {accord::PartyId("a")},
                                .payload = {bytes.begin(), bytes.end()}};
    const auto number = spool->append(more);
    if (number) pending.push_back({.number = *number, .entry = more});
    disk.crash();
    spool = node::Spool::open(disk).value();
    COMITY_CHECK(spool->pending() == pending);
    COMITY_CHECK(spool->mark_filed(spool->last_number()) && spool->pending().empty());
    disk.crash();
    spool = node::Spool::open(disk).value();
    COMITY_CHECK(spool->pending().empty() && spool->missing() == 0);
}

// As the blocks behind a mark, and each of them as an entry that is written again as it is.
void check_entries(std::span<const std::byte> bytes) {
    seal::Sha256 sha256;
    std::vector<std::byte> area(bytes.begin(), bytes.end());
    const std::size_t blocks = std::max<std::size_t>(2, bytes.size() / node::kBlock + 1);
    area.resize(blocks * node::kBlock);
    std::vector<std::byte> file =
        node::encode_mark(sha256, {.size = node::kMarks + area.size(), .filed = 1});
    file.resize(node::kMarks);
    file.insert(file.end(), area.begin(), area.end());
    check_file(file);
    const auto entry = node::decode_entry(sha256, area);
    if (!entry) return;
    const auto again = node::encode_entry(sha256, entry->spooled.number, entry->spooled.entry);
    COMITY_CHECK(again.size() == entry->blocks * node::kBlock);
    COMITY_CHECK(std::ranges::equal(again, std::span(area).first(again.size())));
}

// Whatever is in an entry, no part of it is found as another one.
void check_payload(std::span<const std::byte> bytes) {
    seal::Sha256 sha256;
    const node::SpoolEntry entry{.left_at = geo::Instant{},
                                 .addressees = {accord::PartyId("a")},
                                 .payload = {bytes.begin(), bytes.end()}};
    const auto blocks = node::encode_entry(sha256, 1, entry);
    const auto decoded = node::decode_entry(sha256, blocks);
    COMITY_CHECK(decoded && decoded->spooled.entry == entry);
    for (std::size_t at = node::kBlock; at < blocks.size(); at += node::kBlock) {
        COMITY_CHECK(!node::decode_entry(sha256, std::span(blocks).subspan(at)));
    }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > kGreatest) return 0;
    const std::span bytes(reinterpret_cast<const std::byte*>(data), size);
    check_file(bytes);
    check_entries(bytes);
    check_payload(bytes);
    return 0;
}
