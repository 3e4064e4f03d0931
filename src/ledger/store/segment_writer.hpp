// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mark.hpp"
#include "opening.hpp"
#include "segment_format.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/segment_store.hpp"
#include "comity/ledger/store.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace comity::ledger {

/// Makes the files of a store without entries, their names not yet durable: to open a writer makes
/// them so. What an interrupted call left is removed. Whoever calls holds the lock.
base::Expected<void, StoreError> make_store(base::Disk& disk, const StoreIdentity& identity,
                                            std::uint64_t segment_size);

/// The one writer of a store. After the first call that failed it stops. A resource.
class SegmentWriter {
  public:
    /// Goes on behind what was found, which is not damaged. What was found and may not be durable
    /// is written again and synced.
    static base::Expected<std::unique_ptr<SegmentWriter>, StoreError> open(
        base::Disk& disk, std::unique_ptr<base::DiskLock> lock, const FoundStore& found,
        std::uint64_t segment_size);

    /// The last segment, and where in the chain it ends.
    const SegmentHeader& segment() const { return segment_; }
    const ChainPoint& end() const { return mark_.mark().durable; }

    base::Expected<void, StoreError> append(std::span<const EntryView> group);

    /// Syncs the mark and lets the lock go.
    base::Expected<void, StoreError> close();

  private:
    SegmentWriter(base::Disk& disk, std::unique_ptr<base::DiskLock> lock, MarkFile mark)
        : disk_(disk), lock_(std::move(lock)), mark_(std::move(mark)) {}

    base::Expected<void, StoreError> confirm(const FoundStore& found);
    base::Expected<void, StoreError> write_again(const GroupPlace& place);
    base::Expected<void, StoreError> write(std::span<const EntryView> group);
    base::Expected<void, StoreError> make_room(std::uint64_t extent);
    base::Expected<void, StoreError> roll_over(std::uint64_t extent);
    base::Expected<void, StoreError> write_zeros(std::uint64_t from);

    base::Disk& disk_;
    std::unique_ptr<base::DiskLock> lock_;
    MarkFile mark_;
    std::uint64_t segment_size_ = 0;  // of the next one

    SegmentHeader segment_;
    std::unique_ptr<base::File> file_;
    std::uint64_t file_size_ = 0;
    std::uint64_t end_offset_ = 0;
    // Whether an incomplete group stands behind the end. The next group goes over it, and only when
    // that is durable the rest of it is made zeros: it is never gone and not yet recorded.
    bool has_remains_ = false;
    bool stopped_ = false;

    seal::Sha256 sha256_;
    std::vector<std::byte> buffer_;
};

}  // namespace comity::ledger
