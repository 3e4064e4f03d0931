// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/ledger_folder.hpp"

#include "comity/ledger/replace_file.hpp"
#include "comity/seal/base64.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>
#include <variant>

namespace comity::ledger {
namespace {

constexpr std::string_view kSecretFile = "secret";
constexpr std::string_view kSecretHeaderV1 = "comity-secret v1\n";
constexpr std::string_view kSecretHeader = "comity-secret v2\n";
static_assert(kSecretHeader.size() == kSecretHeaderV1.size());
constexpr std::string_view kCopyFile = "copy";
constexpr std::string_view kCopyText =
    "comity-copy v1\n"
    "This is a copy of a ledger. Nothing is recorded in it before it was reconciled.\n";
constexpr std::size_t kMaxSmallFile = 4096;

using base::DiskError;

base::Unexpected<LedgerError> fail(LedgerFault fault, std::string where) {
    return base::Unexpected(LedgerError{.fault = fault, .where = std::move(where)});
}

base::Unexpected<LedgerError> fail(std::string_view file, DiskError error) {
    const bool is_full = error == DiskError::kNoSpace;
    return base::Unexpected(
        LedgerError{.fault = LedgerFault::kStore,
                    .where = std::string(file) + ": " + to_string(error),
                    .store = is_full ? StoreFault::kNoSpace : StoreFault::kMedium});
}

LedgerExpected<void> write_file(base::Disk& disk, std::string_view name, std::string_view text) {
    const auto written = replace_file(disk, name, std::as_bytes(std::span(text)));
    if (!written) return fail(name, written.error().error);
    return {};
}

// Absent where there is none.
LedgerExpected<std::optional<std::string>> read_small(base::Disk& disk, std::string_view name) {
    auto text = read_file(disk, name, kMaxSmallFile);
    if (!text && text.error() == DiskError::kNotFound) return std::nullopt;
    if (!text) return fail(name, text.error());
    return *std::move(text);
}

std::string text_of(const LedgerSecret::Bytes& secret, SecretVersion version) {
    const bool is_first = version == SecretVersion::kV1;
    return std::string(is_first ? kSecretHeaderV1 : kSecretHeader) + seal::encode_base64(secret) +
           "\n";
}

struct KeptSecret {
    LedgerSecret::Bytes bytes{};
    SecretVersion version = SecretVersion::kV2;
};

LedgerExpected<KeptSecret> read_secret(base::Disk& disk) {
    const auto text = read_small(disk, kSecretFile);
    if (!text) return base::Unexpected(text.error());
    if (!*text) return fail(LedgerFault::kFolder, "secret: no such file");
    std::string_view rest = **text;
    KeptSecret secret;
    const bool is_first = rest.starts_with(kSecretHeaderV1);
    if (is_first) secret.version = SecretVersion::kV1;
    if ((is_first || rest.starts_with(kSecretHeader)) && rest.ends_with('\n')) {
        rest.remove_prefix(kSecretHeader.size());
        rest.remove_suffix(1);
        const auto bytes = seal::decode_base64(rest, secret.bytes.size());
        if (bytes && bytes->size() == secret.bytes.size()) {
            std::ranges::copy(*bytes, secret.bytes.begin());
            return secret;
        }
    }
    return fail(LedgerFault::kFolder,
                "secret:1: expected 'comity-secret v2' and a line of base64 of 32 bytes");
}

}  // namespace

LedgerExpected<node::Genesis> genesis_of(Store& store) {
    const auto entry = store.read(0);
    if (!entry && entry.error().fault == StoreFault::kOutside) {
        return fail(LedgerFault::kNoGenesis, "it has no entries");
    }
    if (!entry) return base::Unexpected(from_store(entry.error()));
    const auto record = decode_record(entry->bytes);
    const auto* of_node = record ? std::get_if<NodeRecord>(&record->content) : nullptr;
    const auto* genesis = of_node == nullptr ? nullptr : std::get_if<node::Genesis>(of_node);
    if (genesis == nullptr) return fail(LedgerFault::kNoGenesis, "entry 0");
    return *genesis;
}

LedgerExpected<LedgerFolder> create_folder(base::Disk& disk, std::string_view origin,
                                           const Hash& key, const LedgerSecret::Bytes& secret,
                                           const StoreOptions& options, SecretVersion version) {
    LedgerFolder folder{.secret = std::make_unique<LedgerSecret>(secret, version),
                        .secret_bytes = secret};
    // A secret in use is never replaced; one without a store is what an interrupted call left.
    const auto present = SegmentStore::open(disk, OpenMode::kReadOnly, options);
    if (present || present.error().fault != StoreFault::kNotFound) {
        return base::Unexpected(
            from_store({.fault = StoreFault::kExists, .where = "the directory has a ledger"}));
    }
    if (auto written = write_file(disk, kSecretFile, text_of(secret, version)); !written) {
        return base::Unexpected(written.error());
    }
    const StoreIdentity identity{.ledger = folder.secret->ledger_id(origin, key)};
    auto store = SegmentStore::create(disk, identity, options);
    if (!store) return base::Unexpected(from_store(store.error()));
    folder.store = *std::move(store);
    return folder;
}

LedgerExpected<LedgerFolder> open_folder(base::Disk& disk, OpenMode mode,
                                         const StoreOptions& options) {
    auto opened = SegmentStore::open(disk, mode, options);
    if (!opened) return base::Unexpected(from_store(opened.error()));
    const auto secret = read_secret(disk);
    if (!secret) return base::Unexpected(secret.error());
    LedgerFolder folder{.store = std::move(opened->store),
                        .secret = std::make_unique<LedgerSecret>(secret->bytes, secret->version),
                        .secret_bytes = secret->bytes,
                        .dropped = opened->dropped,
                        .damage = opened->damage,
                        .durable_entries = opened->durable_entries};
    if (folder.store->size() > 0) {
        const auto genesis = genesis_of(*folder.store);
        if (!genesis) return base::Unexpected(genesis.error());
        const seal::Hash id = folder.secret->ledger_id(genesis->origin, genesis->key);
        if (id != folder.store->identity().ledger) {
            return fail(LedgerFault::kSecret, "secret: another ledger's");
        }
    }
    const auto copy = read_small(disk, kCopyFile);
    if (!copy) return base::Unexpected(copy.error());
    folder.is_copy = copy->has_value();
    return folder;
}

LedgerExpected<void> mark_as_copy(base::Disk& disk) {
    return write_file(disk, kCopyFile, kCopyText);
}

LedgerExpected<void> unmark_as_copy(base::Disk& disk) {
    if (auto removed = disk.remove(kCopyFile);
        !removed && removed.error() != DiskError::kNotFound) {
        return fail(kCopyFile, removed.error());
    }
    if (auto done = disk.sync_directory(); !done) return fail(kCopyFile, done.error());
    return {};
}

LedgerExpected<std::unique_ptr<Ledger>> open_ledger(base::Disk& disk, LedgerFolder& folder,
                                                    base::Signer& signer,
                                                    const base::TimeReading& now,
                                                    const Hash& salt) {
    if (folder.is_copy) return fail(LedgerFault::kRestored, {});
    if (folder.damage) return base::Unexpected(from_store(folder.damage->error));
    // One that cannot be read costs time and nothing else.
    const auto snapshot = newest_snapshot(disk, folder.store->identity(), folder.store->size())
                              .value_or(std::nullopt);
    auto ledger = Ledger::open({.store = *folder.store, .secret = *folder.secret, .signer = signer},
                               snapshot);
    if (!ledger || !folder.dropped) return ledger;
    const node::Drop drop{.size = folder.dropped->bytes, .content = folder.dropped->hash};
    auto staged = (*ledger)->stage({.content = NodeRecord(drop), .salt = salt}, now);
    if (!staged) return base::Unexpected(staged.error());
    if (auto kept = (*ledger)->commit(); !kept) return base::Unexpected(kept.error());
    return ledger;
}

LedgerExpected<void> keep_snapshot(base::Disk& disk, const LedgerFolder& folder, Ledger& ledger,
                                   const base::TimeReading& now, const Hash& salt) {
    const auto snapshot = ledger.snapshot(now, salt);
    if (!snapshot) return base::Unexpected(snapshot.error());
    const auto written =
        write_snapshot(disk, folder.store->identity(), snapshot->entries, snapshot->bytes);
    if (!written) return base::Unexpected(from_store(written.error()));
    return {};
}

}  // namespace comity::ledger
