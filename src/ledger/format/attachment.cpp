// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/attachment.hpp"

#include <string_view>
#include <vector>

namespace comity::ledger {
namespace {

constexpr std::string_view kDomain{"comity/attachment/v1\0", 21};

}  // namespace

seal::Hash commit(const AttachmentKey& key, std::span<const std::byte> content) {
    const auto domain = std::as_bytes(std::span(kDomain));
    std::vector<std::byte> message(domain.begin(), domain.end());
    message.insert(message.end(), content.begin(), content.end());
    return seal::hmac_sha256(key, message);
}

bool opens(const seal::Hash& commitment, const AttachmentKey& key,
           std::span<const std::byte> content) {
    return commit(key, content) == commitment;
}

}  // namespace comity::ledger
