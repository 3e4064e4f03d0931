// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/record.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace comity::ledger {

/// `2015-11-24T07:24:05.000Z`: RFC 3339, in UTC, with milliseconds, years 1970 to 9999; the one way
/// in which the ledger's formats write an instant.
std::string to_time_text(Instant instant);

/// Absent where `text` is not exactly that, or no such day or time exists.
std::optional<Instant> from_time_text(std::string_view text);

}  // namespace comity::ledger
