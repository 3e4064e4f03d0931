// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/base/testing/seeded_entropy.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace comity::base::testing {

/// A disk that keeps its promises to the letter and no further: `crash` forgets what was not
/// synced, as far as the contract of Disk and File allows, chosen by the seed. From one thread;
/// outlives its files.
class MemoryDisk final : public Disk {
  public:
    /// `capacity` in bytes: the sizes of all files, removed ones too while they are open or their
    /// removal is not durable.
    explicit MemoryDisk(std::uint64_t seed, std::uint64_t capacity = UINT64_MAX);
    ~MemoryDisk() override;

    Expected<std::unique_ptr<File>, DiskError> create(std::string_view name) override;
    Expected<std::unique_ptr<File>, DiskError> open(std::string_view name) override;
    Expected<void, DiskError> remove(std::string_view name) override;
    Expected<void, DiskError> rename(std::string_view from, std::string_view to) override;
    Expected<std::vector<std::string>, DiskError> list() override;
    Expected<void, DiskError> sync_directory() override;
    Expected<std::unique_ptr<DiskLock>, DiskError> lock() override;

    /// The power goes and comes back. Files opened before give kIo from now on; no lock is held.
    void crash();

    /// Lets one call of the disk or a file fail with `error`: the n-th from now, 1 being the next.
    /// A write that fails writes a part, chosen by the seed; a sync that fails breaks its open
    /// file; all other calls that fail do nothing.
    void fail_call(std::uint64_t n, DiskError error);

    /// Calls of the disk and its files so far; so a test can let each of them fail in turn.
    std::uint64_t call_count() const { return call_count_; }

  private:
    struct Contents;
    class OpenFile;
    class Lock;
    using Names = std::map<std::string, std::shared_ptr<Contents>, std::less<>>;

    // Counts a call; the error it is to fail with.
    std::optional<DiskError> next_call();
    // Whether the files may grow by this many bytes.
    bool has_room_for(std::uint64_t bytes);
    std::unique_ptr<File> opened(std::shared_ptr<Contents> contents);
    // A step on names, after which they are these.
    void set_names(Names names);

    SplitMix64 random_;
    std::uint64_t capacity_;
    std::uint64_t call_count_ = 0;
    std::uint64_t failing_call_ = 0;
    DiskError failing_with_ = DiskError::kIo;
    // The names as they are durable, then after each step since.
    std::vector<Names> names_;
    // All contents that somebody still holds.
    std::vector<std::weak_ptr<Contents>> contents_;
    std::uint64_t crash_count_ = 0;
    // Expired where nobody holds it.
    std::weak_ptr<int> lock_holder_;
};

}  // namespace comity::base::testing
