// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/byte_writer.hpp"
#include "comity/base/id.hpp"
#include "comity/geo/instant.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace comity::accord {

/// Writes an object in its one form, most significant byte first, to be hashed. A resource.
class Writer {
  public:
    void u8(std::uint8_t value) { out().u8(value); }
    void flag(bool value) { u8(value ? 1 : 0); }
    void u64(std::uint64_t value) { out().u64(value); }
    void i64(std::int64_t value) { u64(static_cast<std::uint64_t>(value)); }
    void count(std::size_t value) { u64(value); }
    void time(geo::Instant value) { i64(value.time_since_epoch().count()); }
    void text(std::string_view value) {
        count(value.size());
        out().text(value);
    }
    void hash(const seal::Hash& value) { out().bytes(value.span()); }
    template <typename Tag>
    void id(const base::Id<Tag, std::string>& value) {
        text(value.value());
    }
    template <typename Enum>
    void word(Enum value) {
        u8(static_cast<std::uint8_t>(value));
    }
    template <typename T, typename Write>
    void maybe(const std::optional<T>& value, Write&& write) {
        flag(value.has_value());
        if (value) write(*value);
    }
    template <typename List, typename Write>
    void list(const List& values, Write&& write) {
        count(values.size());
        for (const auto& value : values) write(value);
    }

    std::span<const std::byte> bytes() const { return bytes_; }
    void clear() { bytes_.clear(); }

  private:
    base::ByteWriter out() { return base::ByteWriter(bytes_); }

    std::vector<std::byte> bytes_;
};

}  // namespace comity::accord
