// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "codec.hpp"

namespace comity::ledger {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<std::uint8_t>(text[at]) : std::uint8_t{0};
}

// The length of the well-formed sequence that begins at `at` (RFC 3629, 4); 0 where there is none.
std::size_t utf8_length(std::string_view text, std::size_t at) {
    const std::uint8_t lead = byte_at(text, at);
    const auto tail = [&](std::size_t i, unsigned least = 0x80, unsigned greatest = 0xBF) {
        const std::uint8_t byte = byte_at(text, at + i);
        return least <= byte && byte <= greatest;
    };
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    if (lead < 0xE0) return tail(1) ? 2 : 0;
    if (lead < 0xF0) {
        const bool second = lead == 0xE0   ? tail(1, 0xA0)
                            : lead == 0xED ? tail(1, 0x80, 0x9F)
                                           : tail(1);
        return second && tail(2) ? 3 : 0;
    }
    const bool second = lead == 0xF0 ? tail(1, 0x90) : lead == 0xF4 ? tail(1, 0x80, 0x8F) : tail(1);
    return second && tail(2) && tail(3) ? 4 : 0;
}

}  // namespace

std::optional<FormatFault> text_fault(std::string_view text, std::size_t limit) {
    if (text.size() > limit) return FormatFault::kTooLong;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8_length(text, at);
        if (length == 0) return FormatFault::kNotUtf8;
        if (const std::uint8_t lead = byte_at(text, at); lead < 0x20 || lead == 0x7F) {
            return FormatFault::kControlCharacter;
        }
        at += length;
    }
    return std::nullopt;
}

std::optional<std::span<const std::byte>> Decoder::take(std::size_t count, std::size_t at) {
    if (error_) return std::nullopt;
    const auto taken = cursor_.take(count);
    if (!taken) fail(FormatFault::kTruncated, at);
    return taken;
}

void Decoder::hashes(std::vector<seal::Hash>& values, std::size_t count) {
    for (std::size_t i = 0; i < count && !error_; ++i) hash(values.emplace_back());
}

void Decoder::instant(Instant& value) {
    const std::size_t at = cursor_.position();
    std::uint64_t milliseconds = 0;
    u64(milliseconds);
    if (milliseconds > static_cast<std::uint64_t>(kLastInstant.time_since_epoch().count())) {
        fail(FormatFault::kInstantRange, at);
        return;
    }
    value = Instant(Milliseconds(static_cast<std::int64_t>(milliseconds)));
}

void Decoder::text(std::string& value, std::size_t limit) {
    const std::size_t at = cursor_.position();
    std::uint16_t size = 0;
    u16(size);
    if (size > limit) fail(FormatFault::kTooLong, at);
    const auto taken = take(size, at);
    if (!taken) return;
    value.assign(reinterpret_cast<const char*>(taken->data()), taken->size());
    if (const auto fault = text_fault(value, limit)) fail(*fault, at);
}

void Decoder::bytes(Bytes& value, std::size_t limit) {
    const std::size_t at = cursor_.position();
    std::uint32_t size = 0;
    u32(size);
    if (size > limit) fail(FormatFault::kTooLong, at);
    if (const auto taken = take(size, at)) value.assign(taken->begin(), taken->end());
}

void Decoder::rest(Bytes& value) {
    if (const auto taken = take(cursor_.remaining(), cursor_.position())) {
        value.assign(taken->begin(), taken->end());
    }
}

base::Expected<void, FormatError> Decoder::finish() {
    if (cursor_.remaining() > 0) fail(FormatFault::kTrailing, cursor_.position());
    if (error_) return base::Unexpected(*error_);
    return {};
}

}  // namespace comity::ledger
