// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace comity::ledger {

/// Why bytes are not what they should be: a record, a slot, a tick (docs/formats/record.md).
enum class [[nodiscard]] FormatFault : std::uint8_t{
    kTruncated,         ///< the bytes end before the last field does
    kTrailing,          ///< bytes follow the last field
    kTooLong,           ///< a text or bytes longer than its limit, or a list of more
    kNotUtf8,           ///< a text that is not UTF-8 (RFC 3629)
    kControlCharacter,  ///< a text with a character below U+0020, or U+007F
    kInstantRange,      ///< an instant after the year 9999
    kUnknownVersion,    ///< a version that this reader does not know
    kUnknownKind,       ///< a kind that this reader does not know
    kValueRange,        ///< a value that its field does not have: a flag of 2, a level of 7
};

/// Words for a person: what was expected.
const char* to_string(FormatFault fault);

struct FormatError {
    FormatFault fault;
    std::size_t offset;  ///< of the field that is at fault, in bytes from the beginning
    friend bool operator==(const FormatError&, const FormatError&) = default;
};

}  // namespace comity::ledger
