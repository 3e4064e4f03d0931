// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/bytes.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>

/// The example to the byte that the page of a format shows, for the test that compares them.
namespace comity::base::testing {

struct Field {
    std::size_t size;
    const char* meaning;
};

/// A line per field, from `at` on, as the pages show them: offset, digits, meaning.
inline std::string field_lines(std::span<const std::byte> bytes, std::size_t at,
                               std::span<const Field> fields) {
    std::string text;
    for (const auto& [size, meaning] : fields) {
        std::string offset = std::to_string(at);
        offset.insert(0, 4 - offset.size(), ' ');
        std::string value = to_hex(bytes.subspan(at, size));
        value.resize(std::max<std::size_t>(value.size(), 16), ' ');
        text += "    " + offset + "  " + value + "  " + meaning + "\n";
        at += size;
    }
    return text;
}

/// Bytes of all fields.
inline std::size_t size_of(std::span<const Field> fields) {
    std::size_t size = 0;
    for (const Field& field : fields) size += field.size;
    return size;
}

}  // namespace comity::base::testing
