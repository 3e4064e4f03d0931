// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace comity::chart {

/// The bytes of a whole file, followed by zeros which a parser may look at: so that a file is read
/// once, into the memory in which it is parsed. Moves, does not copy.
class FileBuffer {
  public:
    /// The zeros after the last byte.
    static constexpr std::size_t kPadding = 64;

    /// Empty.
    FileBuffer() : FileBuffer(0) {}
    /// `size` bytes, to be filled through `bytes()`.
    explicit FileBuffer(std::size_t size);
    static FileBuffer copy_of(std::string_view text);

    std::span<std::byte> bytes() { return {memory_.get(), size_}; }
    std::string_view text() const { return {reinterpret_cast<const char*>(memory_.get()), size_}; }
    /// Keeps the first `size` bytes, at most as many as there are: where a file was shorter than
    /// it had said.
    void truncate(std::size_t size);

  private:
    std::unique_ptr<std::byte[]> memory_;
    std::size_t size_;
};

}  // namespace comity::chart
