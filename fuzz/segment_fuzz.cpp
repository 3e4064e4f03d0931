// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The bytes of a segment file: first as the whole file of a store, then as the entries of a group
// whose hashes are right. Whatever opens is read as it is scanned, survives an append and a crash,
// and what is a good group is written again to the same bytes.
#include "../src/ledger/store/block_codec.hpp"
#include "../src/ledger/store/crc32c.hpp"
#include "../src/ledger/store/mark.hpp"
#include "../src/ledger/store/segment_format.hpp"

#include "comity/base/check.hpp"
#include "comity/base/testing/memory_disk.hpp"
#include "comity/ledger/segment_store.hpp"
#include "comity/ledger/store.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace {

using namespace comity;
using base::testing::MemoryDisk;

constexpr std::size_t kGreatest = std::size_t{1} << 16;
constexpr ledger::StoreOptions kSmall{.segment_size = 4096};
constexpr std::size_t kGroupHeader = 68;
constexpr std::size_t kTrailer = 40;

ledger::StoreIdentity identity() {
    ledger::StoreIdentity id;
    unsigned next = 0x10;
    for (std::byte& byte : id.ledger.bytes) byte = static_cast<std::byte>(next++);
    return id;
}

void put(MemoryDisk& disk, std::string_view name, std::span<const std::byte> bytes) {
    const auto file = disk.create(name).value();
    COMITY_CHECK(file->write_at(0, bytes) && file->sync() && disk.sync_directory());
}

std::vector<ledger::Entry> all_of(ledger::SegmentStore& store) {
    std::vector<ledger::Entry> entries;
    const auto done = store.scan(0, [&](std::uint64_t index, ledger::EntryView entry) {
        COMITY_CHECK(index == entries.size());
        entries.push_back({.kind = entry.kind, .bytes = {entry.bytes.begin(), entry.bytes.end()}});
        return true;
    });
    COMITY_CHECK(done.has_value() == !store.damage());
    COMITY_CHECK(entries.size() == store.size());
    return entries;
}

void check_file(std::span<const std::byte> bytes) {
    MemoryDisk disk(1);
    const ledger::ChainPoint genesis = ledger::genesis_of(identity());
    put(disk, ledger::kMarkName,
        ledger::encode_mark_file({.identity = identity(), .durable = genesis}));
    put(disk, ledger::segment_name(0), bytes);
    auto reading = ledger::SegmentStore::open(disk, ledger::OpenMode::kReadOnly);
    if (!reading) return;
    std::vector<ledger::Entry> entries = all_of(*reading->store);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        COMITY_CHECK(reading->store->read(i) == entries[i]);
    }
    auto opened = ledger::SegmentStore::open(disk, ledger::OpenMode::kReadWrite, kSmall);
    COMITY_CHECK(opened && opened->damage == reading->damage);
    COMITY_CHECK(opened->dropped == reading->dropped && all_of(*opened->store) == entries);
    const ledger::Entry more{.bytes = {bytes.begin(), bytes.end()}};
    const ledger::EntryView view{.kind = more.kind, .bytes = more.bytes};
    COMITY_CHECK(opened->store->append({&view, 1}).has_value() == !opened->damage);
    if (opened->damage) return;
    entries.push_back(more);
    disk.crash();
    const auto again = ledger::SegmentStore::open(disk, ledger::OpenMode::kReadWrite, kSmall);
    COMITY_CHECK(again && !again->damage && !again->dropped && all_of(*again->store) == entries);
}

void sign(seal::Sha256& sha256, std::span<std::byte> group) {
    ledger::BlockWriter(group.subspan(64)).u32(ledger::crc32c(group.first(64)));
    const auto hash = sha256.of(group.first(group.size() - kTrailer));
    std::ranges::copy(hash.bytes, group.last(kTrailer).begin());
}

// The first byte says how many entries, the others are these.
void check_entries(std::span<const std::byte> bytes) {
    if (bytes.size() < 1 + ledger::kEntryOverhead) return;
    const auto content = bytes.subspan(1);
    seal::Sha256 sha256;
    std::vector<std::byte> group;
    const std::vector<std::byte> room(content.size() - ledger::kEntryOverhead);
    const ledger::EntryView filler{.bytes = room};
    ledger::encode_group(sha256, {}, {&filler, 1}, group);
    std::size_t at = kGroupHeader;
    for (const std::byte byte : content) {
        if (at % ledger::kBlock == 0) ++at;
        group.at(at++) = byte;
    }
    group.at(59) = bytes.front();
    sign(sha256, group);
    const std::vector<std::byte> copy = group;
    const auto header = ledger::decode_group_header(std::span(group).first(ledger::kBlock));
    COMITY_CHECK(header.has_value() == (bytes.front() != std::byte{0}));
    if (!header) return;
    const auto checked = ledger::check_group(sha256, *header, group);
    if (!checked) {
        COMITY_CHECK(!checked.error().torn);
        return;
    }
    std::vector<ledger::EntryView> entries;
    ledger::EntryCursor cursor(checked->entries);
    while (const auto entry = cursor.next()) entries.push_back(*entry);
    std::vector<std::byte> again;
    COMITY_CHECK(ledger::encode_group(sha256, {}, entries, again) == checked->hash &&
                 again == copy);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > kGreatest) return 0;
    const std::span bytes(reinterpret_cast<const std::byte*>(data), size);
    check_file(bytes);
    check_entries(bytes);
    return 0;
}
