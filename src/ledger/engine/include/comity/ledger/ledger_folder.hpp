// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/ledger/ledger.hpp"
#include "comity/ledger/ledger_error.hpp"
#include "comity/ledger/ledger_secret.hpp"
#include "comity/ledger/segment_store.hpp"

#include <memory>
#include <optional>
#include <string_view>

/// The files of one ledger in one directory (docs/formats/ledger-folder.md).
namespace comity::ledger {

/// A ledger's directory, open. A resource; the disk outlives it.
struct LedgerFolder {
    std::unique_ptr<SegmentStore> store;
    std::unique_ptr<LedgerSecret> secret;
    LedgerSecret::Bytes secret_bytes{};
    std::optional<DroppedGroup> dropped;  ///< to be recorded next (node::Drop)
    std::optional<StoreDamage> damage;    ///< the store is read-only then
    std::uint64_t durable_entries = 0;    ///< see OpenedStore
    /// A copy that nobody may go on with before it was reconciled (reconcile.hpp).
    bool is_copy = false;
};

/// An empty folder for a new ledger of this origin and key: the secret, and a store without
/// entries. kStore with kExists where there is a ledger already.
LedgerExpected<LedgerFolder> create_folder(base::Disk& disk, std::string_view origin,
                                           const Hash& key, const LedgerSecret::Bytes& secret,
                                           const StoreOptions& options = {},
                                           SecretVersion version = SecretVersion::kV2);

/// kStore; kFolder where the secret is missing or none; kSecret where it is another ledger's;
/// kNoGenesis where there is a first entry and it is none.
LedgerExpected<LedgerFolder> open_folder(base::Disk& disk, OpenMode mode,
                                         const StoreOptions& options = {});

/// Says durably that this folder is a copy, and that it is none any more.
LedgerExpected<void> mark_as_copy(base::Disk& disk);
LedgerExpected<void> unmark_as_copy(base::Disk& disk);

/// The writer of an open folder, from its newest snapshot where one fits. kRestored where it is a
/// copy, kStore with kReadOnly where it is damaged. What opening dropped becomes the next record.
LedgerExpected<std::unique_ptr<Ledger>> open_ledger(base::Disk& disk, LedgerFolder& folder,
                                                    base::Signer& signer,
                                                    const base::TimeReading& now, const Hash& salt);

/// Makes everything staged durable and keeps a snapshot, so that the next opening reads only what
/// follows.
LedgerExpected<void> keep_snapshot(base::Disk& disk, const LedgerFolder& folder, Ledger& ledger,
                                   const base::TimeReading& now, const Hash& salt);

/// The genesis of a folder's ledger.
LedgerExpected<node::Genesis> genesis_of(Store& store);

}  // namespace comity::ledger
