// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/seal/hash.hpp"

#include <array>
#include <cstddef>
#include <span>

/// Attachments, version 1 (docs/formats/attachment.md): what may have to be forgotten lies outside
/// the record, which holds a commitment.
namespace comity::ledger {

/// Random, one for each attachment. To destroy it is to erase the attachment.
using AttachmentKey = std::array<std::byte, 32>;

/// HMAC-SHA-256(key, "comity/attachment/v1" || 0 || content). Without the key it says nothing of
/// the content.
seal::Hash commit(const AttachmentKey& key, std::span<const std::byte> content);

/// Whether key and content are those that were committed to.
bool opens(const seal::Hash& commitment, const AttachmentKey& key,
           std::span<const std::byte> content);

}  // namespace comity::ledger
