// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace comity::system {

/// An open regular file; see base::File. Owns the descriptor.
class PosixFile final : public base::File {
  public:
    PosixFile(int descriptor, bool read_only) : descriptor_(descriptor), read_only_(read_only) {}
    ~PosixFile() override;

    base::Expected<std::uint64_t, base::DiskError> size() override;

    /// Fills the new room with zeros and syncs it: a write into room that is only reserved makes
    /// the next sync change the file's block map as well, which takes twice its time.
    base::Expected<void, base::DiskError> preallocate(std::uint64_t size) override;
    base::Expected<void, base::DiskError> write_at(std::uint64_t offset,
                                                   std::span<const std::byte> bytes) override;
    base::Expected<std::size_t, base::DiskError> read_at(std::uint64_t offset,
                                                         std::span<std::byte> bytes) override;
    base::Expected<void, base::DiskError> sync() override;

  private:
    // Whether the file may be changed now.
    base::Expected<void, base::DiskError> changeable() const;
    base::Expected<void, base::DiskError> write_zeros(std::uint64_t begin, std::uint64_t end);

    int descriptor_;
    bool read_only_;
    bool broken_ = false;
};

}  // namespace comity::system
