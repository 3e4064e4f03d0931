// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/seal/base64.hpp"
#include "comity/seal/hash.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace comity::ledger {

/// A hash as all C2SP formats write hashes: base64 of RFC 4648, section 4, padded, in its one
/// form. Absent where the text is none.
inline std::optional<seal::Hash> parse_base64_hash(std::string_view text) {
    const auto bytes = seal::decode_base64(text, seal::Hash::kSize);
    return bytes ? seal::Hash::from(*bytes) : std::nullopt;
}

inline std::string format_base64_hash(const seal::Hash& hash) {
    return seal::encode_base64(hash.span());
}

}  // namespace comity::ledger
