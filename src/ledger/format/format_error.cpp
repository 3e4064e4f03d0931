// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/format_error.hpp"

namespace comity::ledger {

const char* to_string(FormatFault fault) {
    switch (fault) {
        case FormatFault::kTruncated:
            return "expected more bytes";
        case FormatFault::kTrailing:
            return "expected nothing after the last field";
        case FormatFault::kTooLong:
            return "expected a length within the field's limit";
        case FormatFault::kNotUtf8:
            return "expected UTF-8";
        case FormatFault::kControlCharacter:
            return "expected text without control characters";
        case FormatFault::kInstantRange:
            return "expected an instant before the year 10000";
        case FormatFault::kUnknownVersion:
            return "expected a version that this program knows";
        case FormatFault::kUnknownKind:
            return "expected a kind that this program knows";
        case FormatFault::kValueRange:
            return "expected a value that the field may have";
    }
    return "unknown fault";
}

}  // namespace comity::ledger
