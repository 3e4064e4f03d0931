// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace comity::base {

/// A disk in memory, for what need not outlive the program: a replay whose ledger nobody keeps. It
/// never fails but for room, and a sync has nothing to do. (For a disk that forgets and fails as
/// the contract allows, see comity/base/testing/memory_disk.hpp.) Room that was preallocated, or
/// lies in a gap, takes no memory before it is written. From one thread; outlives its files.
class MemoryDisk final : public Disk {
  public:
    static constexpr std::uint64_t kCapacity = std::uint64_t{64} << 30;

    /// `capacity` in bytes: the sizes of all files, removed ones too while they are open.
    explicit MemoryDisk(std::uint64_t capacity = kCapacity);
    ~MemoryDisk() override;

    Expected<std::unique_ptr<File>, DiskError> create(std::string_view name) override;
    Expected<std::unique_ptr<File>, DiskError> open(std::string_view name) override;
    Expected<void, DiskError> remove(std::string_view name) override;
    Expected<void, DiskError> rename(std::string_view from, std::string_view to) override;
    Expected<std::vector<std::string>, DiskError> list() override;
    Expected<void, DiskError> sync_directory() override;
    Expected<std::unique_ptr<DiskLock>, DiskError> lock() override;

  private:
    class Contents;
    class OpenFile;
    class Lock;

    std::uint64_t free_;
    bool is_locked_ = false;
    std::map<std::string, std::shared_ptr<Contents>, std::less<>> files_;
};

}  // namespace comity::base
