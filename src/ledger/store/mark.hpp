// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segment_format.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/segment_store.hpp"
#include "comity/ledger/store.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

/// The mark (docs/formats/segment.md): up to where groups are known to be durable.
namespace comity::ledger {

inline constexpr const char* kMarkName = "mark";

struct Mark {
    StoreIdentity identity;
    ChainPoint durable;
    friend bool operator==(const Mark&, const Mark&) = default;
};

/// One half of the file. A write that fails spoils one of them and leaves the other.
inline constexpr std::size_t kMarkHalf = 256;
std::array<std::byte, kMarkHalf> encode(const Mark& mark);
base::Expected<Mark, BlockFault> decode_mark_half(std::span<const std::byte> half);

/// What the file says.
struct FoundMark {
    Mark mark;
    int half = 0;  ///< which of them says it: 0 or 1
};

/// The half that knows more. Absent where neither checks. kVersion where one is of a newer format.
base::Expected<FoundMark, BlockFault> decode_mark(std::span<const std::byte> file);

/// The newest version that a half names; 0 where none does.
std::uint16_t mark_version_in(std::span<const std::byte> file);

/// The whole file: both halves say it.
Block encode_mark_file(const Mark& mark);

/// The open file of a writer. A value that moves.
class MarkFile {
  public:
    MarkFile(std::unique_ptr<base::File> file, const FoundMark& found)
        : file_(std::move(file)), found_(found) {}

    const Mark& mark() const { return found_.mark; }

    /// Overwrites the half that knows less. Without a sync.
    base::Expected<void, StoreError> write(const ChainPoint& durable);
    base::Expected<void, StoreError> sync();

  private:
    std::unique_ptr<base::File> file_;
    FoundMark found_;
};

}  // namespace comity::ledger
