// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace comity::base {

/// Writes fields behind what is there, numbers with the most significant byte first: what a
/// ByteCursor reads. The bytes outlive it.
class ByteWriter {
  public:
    explicit ByteWriter(std::vector<std::byte>& out) : out_(out) {}

    void u8(std::uint8_t value) { number(value, 1); }
    void u16(std::uint16_t value) { number(value, 2); }
    void u32(std::uint32_t value) { number(value, 4); }
    void u64(std::uint64_t value) { number(value, 8); }
    void text(std::string_view value) { bytes(bytes_of(value)); }
    void bytes(std::span<const std::byte> value) {
        out_.insert(out_.end(), value.begin(), value.end());
    }

  private:
    void number(std::uint64_t value, std::size_t size) {
        for (std::size_t i = 0; i < size; ++i) {
            out_.push_back(static_cast<std::byte>(value >> (8 * (size - 1 - i))));
        }
    }

    std::vector<std::byte>& out_;
};

}  // namespace comity::base
