// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The byte cursor against plain indexing: the input is both the reads, one byte each, and what is
// read. A read gives what the bytes say or, where too few are left, nothing and moves nothing.
#include "comity/base/check.hpp"
#include "comity/base/cursor.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace {

using namespace comity;

/// The number at `at`, computed the slow way.
std::uint64_t number_at(std::span<const std::byte> bytes, std::size_t at, std::size_t count,
                        bool little) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t index = little ? at + count - 1 - i : at + i;
        value = value * 256 + std::to_integer<std::uint64_t>(bytes[index]);
    }
    return value;
}

template <typename T>
void check_number(std::span<const std::byte> bytes, const base::ByteCursor& after, std::size_t at,
                  std::optional<T> read, std::size_t count, bool little) {
    const bool there = count <= bytes.size() - at;
    COMITY_CHECK(read.has_value() == there);
    COMITY_CHECK(after.position() == at + (there ? count : 0));
    if (read) COMITY_CHECK(*read == number_at(bytes, at, count, little));
}

void check_step(std::span<const std::byte> bytes, base::ByteCursor& cursor, unsigned kind,
                std::size_t count) {
    const std::size_t at = cursor.position();
    switch (kind % 10) {
        case 0:
            return check_number(bytes, cursor, at, cursor.read_u8(), 1, false);
        case 1:
            return check_number(bytes, cursor, at, cursor.read_u16be(), 2, false);
        case 2:
            return check_number(bytes, cursor, at, cursor.read_u24be(), 3, false);
        case 3:
            return check_number(bytes, cursor, at, cursor.read_u32be(), 4, false);
        case 4:
            return check_number(bytes, cursor, at, cursor.read_u64be(), 8, false);
        case 5:
            return check_number(bytes, cursor, at, cursor.read_u16le(), 2, true);
        case 6:
            return check_number(bytes, cursor, at, cursor.read_u32le(), 4, true);
        case 7:
            return check_number(bytes, cursor, at, cursor.read_u64le(), 8, true);
        case 8: {
            const auto taken = cursor.take(count);
            const bool there = count <= bytes.size() - at;
            COMITY_CHECK(taken.has_value() == there);
            COMITY_CHECK(!there || (taken->data() == bytes.data() + at && taken->size() == count));
            break;
        }
        default:
            COMITY_CHECK(cursor.skip(count) == (count <= bytes.size() - at));
            break;
    }
    COMITY_CHECK(cursor.position() == at || cursor.position() == at + count);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::span bytes(reinterpret_cast<const std::byte*>(data), size);
    base::ByteCursor cursor(bytes);
    for (std::size_t i = 0; i < size; ++i) {
        check_step(bytes, cursor, data[i], i + 1 < size ? data[i + 1] : SIZE_MAX);
        COMITY_CHECK(cursor.position() + cursor.remaining() == size);
    }
    return 0;
}
