// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/envelope.hpp"
#include "comity/seal/ed25519.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace comity::node::testing {

/// The key of everybody here who is called so: from the name alone.
std::unique_ptr<seal::SeedSigner> signer_of(std::string_view name);
seal::Hash key_of(std::string_view name);

/// A payload of this type in a DSSE envelope, signed by the key of that name.
std::vector<std::byte> signed_by(std::string_view name, std::string_view payload,
                                 std::string_view type = ledger::kEnvelopeType);

std::vector<std::byte> bytes_of(std::string_view text);

}  // namespace comity::node::testing
