// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/recording/chunk.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace comity::recording {

/// Writes fields behind what is there, numbers with the most significant byte first.
class ByteWriter {
  public:
    explicit ByteWriter(std::vector<std::byte>& out) : out_(out) {}

    void u8(std::uint8_t value) { number(value, 1); }
    void u16(std::uint16_t value) { number(value, 2); }
    void u32(std::uint32_t value) { number(value, 4); }
    void u64(std::uint64_t value) { number(value, 8); }
    void instant(Instant value) {
        u64(static_cast<std::uint64_t>(value.time_since_epoch().count()));
    }
    void text(std::string_view value) { bytes(std::as_bytes(std::span(value))); }
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

}  // namespace comity::recording
