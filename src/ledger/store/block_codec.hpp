// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crc32c.hpp"

#include "comity/base/check.hpp"
#include "comity/base/cursor.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>

/// Fields of fixed length in blocks, numbers with the most significant byte first, and behind them
/// a CRC-32C over all of them.
namespace comity::ledger {

inline bool all_zero(std::span<const std::byte> bytes) {
    // Each byte as the one before it, and the first is zero: what the library compares fastest.
    return bytes.empty() || (bytes.front() == std::byte{0} &&
                             std::memcmp(bytes.data(), bytes.data() + 1, bytes.size() - 1) == 0);
}

/// Writes from the beginning of the bytes on; more than they hold fails a check.
class BlockWriter {
  public:
    explicit BlockWriter(std::span<std::byte> bytes) : bytes_(bytes) {}

    void u8(std::uint8_t value) { number(value, 1); }
    void u16(std::uint16_t value) { number(value, 2); }
    void u32(std::uint32_t value) { number(value, 4); }
    void u64(std::uint64_t value) { number(value, 8); }
    void hash(const seal::Hash& value) { append(value.span()); }
    void text(std::string_view value) { append(std::as_bytes(std::span(value))); }
    /// Over all before it.
    void checksum() { u32(crc32c(bytes_.first(at_))); }

  private:
    void append(std::span<const std::byte> bytes) {
        COMITY_CHECK(bytes.size() <= bytes_.size() - at_);
        std::ranges::copy(bytes, bytes_.subspan(at_).begin());
        at_ += bytes.size();
    }
    void number(std::uint64_t value, std::size_t size) {
        COMITY_CHECK(size <= bytes_.size() - at_);
        for (std::size_t i = 0; i < size; ++i) {
            bytes_[at_ + i] = static_cast<std::byte>(value >> (8 * (size - 1 - i)));
        }
        at_ += size;
    }

    std::span<std::byte> bytes_;
    std::size_t at_ = 0;
};

/// Reads what a BlockWriter wrote. Where the bytes end before, it reads zeros and `checksum` does
/// not hold.
class BlockReader {
  public:
    explicit BlockReader(std::span<const std::byte> bytes) : bytes_(bytes), cursor_(bytes) {}

    std::uint16_t u16() { return value_or_short(cursor_.read_u16be()); }
    std::uint32_t u32() { return value_or_short(cursor_.read_u32be()); }
    std::uint64_t u64() { return value_or_short(cursor_.read_u64be()); }
    seal::Hash hash() {
        const auto taken = cursor_.take(seal::Hash::kSize);
        if (!taken) short_ = true;
        return taken ? *seal::Hash::from(*taken) : seal::Hash{};
    }
    /// Whether these bytes come next.
    bool text(std::string_view expected) {
        const auto taken = cursor_.take(expected.size());
        if (!taken) short_ = true;
        return taken && std::ranges::equal(*taken, std::as_bytes(std::span(expected)));
    }
    /// Whether the CRC over all before it comes next.
    bool checksum() {
        const std::uint32_t expected = crc32c(bytes_.first(cursor_.position()));
        return u32() == expected && !short_;
    }
    bool rest_is_zero() const { return all_zero(bytes_.subspan(cursor_.position())); }

  private:
    template <typename T>
    T value_or_short(std::optional<T> read) {
        if (!read) short_ = true;
        return read.value_or(T{0});
    }

    std::span<const std::byte> bytes_;
    base::ByteCursor cursor_;
    bool short_ = false;
};

}  // namespace comity::ledger
