// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/seal/hash.hpp"

#include <cstddef>
#include <span>

namespace comity::seal {

/// The first bytes of the ChaCha20 key stream (RFC 8439, 2.4) under this key, with a nonce and a
/// counter of zeros: many secrets out of one, for the price of one. A key is used for one purpose,
/// since it always gives the same bytes. At most 2^38 bytes.
void fill_from_key(const Hash& key, std::span<std::byte> bytes);

}  // namespace comity::seal
