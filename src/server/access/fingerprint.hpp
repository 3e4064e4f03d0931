// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/seal/hash.hpp"

#include <optional>
#include <string_view>

namespace comity::server {

/// A SHA-256 in hexadecimal digits of either case, with a colon after each two of them or with
/// none; absent where it is none.
std::optional<seal::Hash> parse_fingerprint(std::string_view text);

}  // namespace comity::server
