// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/seal/stream.hpp"

#include "comity/base/check.hpp"

#include <array>

#include <sodium.h>

namespace comity::seal {

static_assert(Hash::kSize == crypto_stream_chacha20_ietf_KEYBYTES);

void fill_from_key(const Hash& key, std::span<std::byte> bytes) {
    constexpr std::array<unsigned char, crypto_stream_chacha20_ietf_NONCEBYTES> kNonce{};
    const int done = crypto_stream_chacha20_ietf(
        reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), kNonce.data(),
        reinterpret_cast<const unsigned char*>(key.bytes.data()));
    COMITY_CHECK(done == 0);
}

}  // namespace comity::seal
