// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace comity::base {

/// Reads a span of bytes from front to back and never beyond its end: the only way a decoder reads.
/// A read that finds too few bytes gives nothing and moves nothing. A value, which views the bytes:
/// they outlive it and what `take` gives.
class ByteCursor {
  public:
    constexpr explicit ByteCursor(std::span<const std::byte> bytes) : bytes_(bytes) {}

    /// Bytes read so far.
    constexpr std::size_t position() const { return position_; }
    /// Bytes left to read.
    constexpr std::size_t remaining() const { return bytes_.size() - position_; }

    constexpr std::optional<std::uint8_t> read_u8() { return read<std::uint8_t, 1, false>(); }
    /// Most significant byte first.
    constexpr std::optional<std::uint16_t> read_u16be() { return read<std::uint16_t, 2, false>(); }
    constexpr std::optional<std::uint32_t> read_u24be() { return read<std::uint32_t, 3, false>(); }
    constexpr std::optional<std::uint32_t> read_u32be() { return read<std::uint32_t, 4, false>(); }
    constexpr std::optional<std::uint64_t> read_u64be() { return read<std::uint64_t, 8, false>(); }
    /// Least significant byte first.
    constexpr std::optional<std::uint16_t> read_u16le() { return read<std::uint16_t, 2, true>(); }
    constexpr std::optional<std::uint32_t> read_u32le() { return read<std::uint32_t, 4, true>(); }
    constexpr std::optional<std::uint64_t> read_u64le() { return read<std::uint64_t, 8, true>(); }

    /// The next `count` bytes.
    constexpr std::optional<std::span<const std::byte>> take(std::size_t count) {
        if (count > remaining()) return std::nullopt;
        const auto taken = bytes_.subspan(position_, count);
        position_ += count;
        return taken;
    }

    /// Passes over `count` bytes; false, and no step, where fewer are left.
    [[nodiscard]] constexpr bool skip(std::size_t count) { return take(count).has_value(); }

  private:
    template <std::unsigned_integral T, std::size_t kCount, bool kLittleEndian>
    constexpr std::optional<T> read() {
        const auto taken = take(kCount);
        if (!taken) return std::nullopt;
        std::uint64_t value = 0;
        unsigned shift = 0;
        for (const std::byte byte : *taken) {
            const auto bits = std::to_integer<std::uint64_t>(byte);
            value = kLittleEndian ? value | (bits << shift) : (value << 8) | bits;
            shift += 8;
        }
        return static_cast<T>(value);
    }

    std::span<const std::byte> bytes_;
    std::size_t position_ = 0;
};

}  // namespace comity::base
