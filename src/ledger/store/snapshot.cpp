// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/snapshot.hpp"

#include "block_codec.hpp"
#include "segment_format.hpp"
#include "store_error.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/replace_file.hpp"
#include "comity/ledger/segment_store.hpp"
#include "comity/ledger/store.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace comity::ledger {
namespace {

constexpr std::string_view kSnapshotMagic = "Snapshot";
constexpr std::string_view kPrefix = "snapshot-";
constexpr const char* kNewSnapshot = "snapshot.new";
constexpr std::size_t kHeader = 8 + 2 + seal::Hash::kSize + 8 + 8 + seal::Hash::kSize + 4;

struct SnapshotHeader {
    StoreIdentity identity;
    std::uint64_t entries = 0;
    std::uint64_t length = 0;
    seal::Hash hash;
};

std::array<std::byte, kHeader> encode(const SnapshotHeader& header) {
    std::array<std::byte, kHeader> bytes{};
    BlockWriter writer(bytes);
    writer.text(kSnapshotMagic);
    writer.u16(kStoreVersion);
    writer.hash(header.identity.ledger);
    writer.u64(header.entries);
    writer.u64(header.length);
    writer.hash(header.hash);
    writer.checksum();
    return bytes;
}

std::string snapshot_name(std::uint64_t entries) {
    return std::string(kPrefix) + std::to_string(entries);
}

std::optional<std::uint64_t> entries_of(std::string_view name) {
    if (!name.starts_with(kPrefix)) return std::nullopt;
    std::uint64_t entries = 0;
    const char* const end = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data() + kPrefix.size(), end, entries);
    if (error != std::errc() || stop != end || snapshot_name(entries) != name) return std::nullopt;
    return entries;
}

base::Expected<SnapshotHeader, StoreError> decode(std::span<const std::byte> bytes,
                                                  const std::string& name) {
    BlockReader reader(bytes);
    const auto damaged = [&](const char* what) {
        return refused(StoreFault::kDamaged, place(name, 0, what));
    };
    if (!reader.text(kSnapshotMagic)) return damaged("begins with other bytes");
    const std::uint16_t version = reader.u16();
    if (version > kStoreVersion) {
        return refused(StoreFault::kNewer, newer_format(name, version));
    }
    SnapshotHeader header;
    header.identity.ledger = reader.hash();
    header.entries = reader.u64();
    header.length = reader.u64();
    header.hash = reader.hash();
    if (!reader.checksum()) return damaged("the checksum is wrong");
    if (version != kStoreVersion) return damaged("a version that never was");
    return header;
}

// All but this one and the newest before it. What covers more is of no store that is here.
base::Expected<void, StoreError> remove_others(base::Disk& disk, std::uint64_t entries) {
    const auto all = list_snapshots(disk);
    if (!all) return base::Unexpected(all.error());
    const auto here = std::lower_bound(all->begin(), all->end(), entries);
    for (auto other = all->begin(); other != all->end(); ++other) {
        if (other == here || other + 1 == here) continue;
        const std::string name = snapshot_name(*other);
        if (auto removed = disk.remove(name); !removed) return failed(removed.error(), name);
    }
    return {};
}

}  // namespace

base::Expected<seal::Hash, StoreError> write_snapshot(base::Disk& disk,
                                                      const StoreIdentity& identity,
                                                      std::uint64_t entries,
                                                      std::span<const std::byte> bytes) {
    if (bytes.size() > kMaxSnapshot) return refused(StoreFault::kTooLarge, "the snapshot");
    const SnapshotHeader header{.identity = identity,
                                .entries = entries,
                                .length = bytes.size(),
                                .hash = seal::sha256(bytes)};
    const std::string name = snapshot_name(entries);
    const auto head = encode(header);
    std::vector<std::byte> file(head.begin(), head.end());
    file.insert(file.end(), bytes.begin(), bytes.end());
    if (const auto written = replace_file(disk, name, file, kNewSnapshot); !written) {
        return failed(written.error().error, name);
    }
    if (auto removed = remove_others(disk, entries); !removed)
        return base::Unexpected(removed.error());
    return header.hash;
}

base::Expected<std::vector<std::uint64_t>, StoreError> list_snapshots(base::Disk& disk) {
    const auto names = disk.list();
    if (!names) return failed(names.error(), "the directory");
    std::vector<std::uint64_t> found;
    for (const std::string& name : *names) {
        if (const auto entries = entries_of(name)) found.push_back(*entries);
    }
    std::ranges::sort(found);
    return found;
}

base::Expected<Snapshot, StoreError> read_snapshot(base::Disk& disk, const StoreIdentity& identity,
                                                   std::uint64_t entries) {
    const std::string name = snapshot_name(entries);
    const auto file = disk.open(name);
    if (!file && file.error() == base::DiskError::kNotFound) {
        return refused(StoreFault::kNotFound, name);
    }
    if (!file) return failed(file.error(), name);
    std::array<std::byte, kHeader> head{};
    const auto size = (*file)->size();
    if (!size) return failed(size.error(), name);
    const auto read = (*file)->read_at(0, head);
    if (!read) return failed(read.error(), name);
    const auto header = decode(std::span(head).first(*read), name);
    if (!header) return base::Unexpected(header.error());
    if (header->identity != identity) return refused(StoreFault::kOtherStore, name);
    // The length by the file, so that no room is taken for what is not there.
    if (header->entries != entries || header->length != *size - kHeader ||
        header->length > kMaxSnapshot) {
        return refused(StoreFault::kDamaged, place(name, 0, "the header is of another file"));
    }
    Snapshot snapshot{.entries = entries, .hash = header->hash, .bytes = {}};
    snapshot.bytes.resize(header->length);
    const auto body = (*file)->read_at(kHeader, snapshot.bytes);
    if (!body) return failed(body.error(), name);
    if (*body != header->length || seal::sha256(snapshot.bytes) != header->hash) {
        return refused(StoreFault::kDamaged, place(name, kHeader, "the hash is another"));
    }
    return snapshot;
}

base::Expected<std::optional<Snapshot>, StoreError> newest_snapshot(base::Disk& disk,
                                                                    const StoreIdentity& identity,
                                                                    std::uint64_t entries) {
    const auto all = list_snapshots(disk);
    if (!all) return base::Unexpected(all.error());
    for (auto covered = all->rbegin(); covered != all->rend(); ++covered) {
        if (*covered > entries) continue;
        auto snapshot = read_snapshot(disk, identity, *covered);
        if (snapshot) return *std::move(snapshot);
        if (snapshot.error().fault == StoreFault::kMedium) {
            return base::Unexpected(snapshot.error());
        }
    }
    return std::nullopt;
}

}  // namespace comity::ledger
