// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/check.hpp"
#include "comity/base/cursor.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/format_error.hpp"
#include "comity/seal/hash.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The encoding of docs/formats/record.md. A layout is one function template that names its fields
/// in order; an `Encoder` writes them and a `Decoder` reads them, so that the two cannot differ.
namespace comity::ledger {

using Bytes = std::vector<std::byte>;
using Milliseconds = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<Milliseconds>;

/// 9999-12-31T23:59:59.999Z.
inline constexpr Instant kLastInstant{Milliseconds(253'402'300'799'999)};

/// Why `text` is no text of the formats; absent where it is one.
std::optional<FormatFault> text_fault(std::string_view text, std::size_t limit);

/// Appends fields. What is out of a field's limits fails a check: values are made, not read.
class Encoder {
  public:
    explicit Encoder(Bytes& out) : out_(out) {}

    void u8(const std::uint8_t& value) { number(value, 1); }
    void u16(const std::uint16_t& value) { number(value, 2); }
    void u32(const std::uint32_t& value) { number(value, 4); }
    void u64(const std::uint64_t& value) { number(value, 8); }
    /// At most `greatest`.
    template <typename Enum>
    void choice8(const Enum& value, Enum least, Enum greatest) {
        COMITY_CHECK(least <= value && value <= greatest);
        u8(static_cast<std::uint8_t>(value));
    }
    void flag(const bool& value) { u8(value ? 1 : 0); }
    void hash(const seal::Hash& value) { append(value.span()); }
    void hashes8(const std::vector<seal::Hash>& values) {
        COMITY_CHECK(values.size() <= 0xFF);
        u8(static_cast<std::uint8_t>(values.size()));
        for (const seal::Hash& value : values) hash(value);
    }
    void hashes16(const std::vector<seal::Hash>& values) {
        COMITY_CHECK(values.size() <= 0xFFFF);
        u16(static_cast<std::uint16_t>(values.size()));
        for (const seal::Hash& value : values) hash(value);
    }
    void instant(const Instant& value) {
        COMITY_CHECK(Instant{} <= value && value <= kLastInstant);
        u64(static_cast<std::uint64_t>(value.time_since_epoch().count()));
    }
    void text(const std::string& value, std::size_t limit) {
        COMITY_CHECK(!text_fault(value, limit));
        u16(static_cast<std::uint16_t>(value.size()));
        append(std::as_bytes(std::span(value)));
    }
    void bytes(const Bytes& value, std::size_t limit) {
        COMITY_CHECK(value.size() <= limit);
        u32(static_cast<std::uint32_t>(value.size()));
        append(value);
    }
    /// All that is left.
    void rest(const Bytes& value) { append(value); }

  private:
    void append(std::span<const std::byte> bytes) {
        out_.insert(out_.end(), bytes.begin(), bytes.end());
    }
    void number(std::uint64_t value, int size) {
        for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
            out_.push_back(static_cast<std::byte>(value >> shift));
        }
    }

    Bytes& out_;
};

/// Reads fields. After the first fault it reads nothing more and keeps that fault.
class Decoder {
  public:
    explicit Decoder(std::span<const std::byte> bytes) : cursor_(bytes) {}

    void u8(std::uint8_t& value) {
        number(value, cursor_.position(), [&] { return cursor_.read_u8(); });
    }
    void u16(std::uint16_t& value) {
        number(value, cursor_.position(), [&] { return cursor_.read_u16be(); });
    }
    void u32(std::uint32_t& value) {
        number(value, cursor_.position(), [&] { return cursor_.read_u32be(); });
    }
    void u64(std::uint64_t& value) {
        number(value, cursor_.position(), [&] { return cursor_.read_u64be(); });
    }
    template <typename Enum>
    void choice8(Enum& value, Enum least, Enum greatest) {
        const std::size_t at = cursor_.position();
        std::uint8_t raw = 0;
        u8(raw);
        if (error_) return;
        if (raw < static_cast<std::uint8_t>(least) || raw > static_cast<std::uint8_t>(greatest)) {
            fail(FormatFault::kValueRange, at);
        } else {
            value = static_cast<Enum>(raw);
        }
    }
    void flag(bool& value) {
        enum class Flag : std::uint8_t { kOff, kOn };
        Flag raw = Flag::kOff;
        choice8(raw, Flag::kOff, Flag::kOn);
        value = raw == Flag::kOn;
    }
    void hash(seal::Hash& value) {
        const std::size_t at = cursor_.position();
        if (const auto taken = take(seal::Hash::kSize, at)) value = *seal::Hash::from(*taken);
    }
    void hashes8(std::vector<seal::Hash>& values) {
        std::uint8_t count = 0;
        u8(count);
        hashes(values, count);
    }
    void hashes16(std::vector<seal::Hash>& values) {
        std::uint16_t count = 0;
        u16(count);
        hashes(values, count);
    }
    void instant(Instant& value);
    void text(std::string& value, std::size_t limit);
    void bytes(Bytes& value, std::size_t limit);
    void rest(Bytes& value);

    void fail(FormatFault fault, std::size_t at) {
        if (!error_) error_ = FormatError{.fault = fault, .offset = at};
    }
    std::size_t position() const { return cursor_.position(); }
    bool failed() const { return error_.has_value(); }

    /// After the last field.
    base::Expected<void, FormatError> finish();

  private:
    template <typename T, typename Read>
    void number(T& value, std::size_t at, const Read& read) {
        if (error_) return;
        if (const auto found = read()) {
            value = *found;
        } else {
            fail(FormatFault::kTruncated, at);
        }
    }
    std::optional<std::span<const std::byte>> take(std::size_t count, std::size_t at);
    void hashes(std::vector<seal::Hash>& values, std::size_t count);

    base::ByteCursor cursor_;
    std::optional<FormatError> error_;
};

}  // namespace comity::ledger
