// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Verifier keys. Beside "no crash": what is read is written as the same bytes, and is what is made
// of its name, type and key alone; its text reads as name, id and base64 with a plus between each.
#include "comity/base/check.hpp"
#include "comity/seal/base64.hpp"
#include "comity/seal/verifier_key.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace comity;

/// The text, put together from its parts.
std::string joined(const seal::VerifierKey& key) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text = key.name + '+';
    for (int shift = 28; shift >= 0; shift -= 4) text += kDigits[key.id.value() >> shift & 0xFU];
    std::vector<std::byte> bytes{std::byte{key.type}};
    bytes.insert(bytes.end(), key.key.begin(), key.key.end());
    return text + '+' + seal::encode_base64(bytes);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto key = seal::parse_verifier_key(text);
    if (!key) return 0;
    COMITY_CHECK(seal::to_string(*key) == text);
    COMITY_CHECK(joined(*key) == text);
    COMITY_CHECK(seal::is_key_name(key->name));
    const auto made = seal::make_verifier_key(key->name, key->type, key->key);
    COMITY_CHECK(made && *made == *key);
    return 0;
}
