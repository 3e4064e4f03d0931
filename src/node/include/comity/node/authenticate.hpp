// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/request.hpp"
#include "comity/accord/state.hpp"
#include "comity/base/expected.hpp"
#include "comity/wire/request.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

/// Who says it: a pure step before anything is decided. What can be attributed to nobody is counted
/// and never recorded.
namespace comity::node {

enum class [[nodiscard]] Unattributed : std::uint8_t{
    kNotDsse,       ///< bytes that are no DSSE envelope, or more than a record holds
    kPayloadType,   ///< signed as something else than a request
    kNotEnvelope,   ///< a payload that is no envelope
    kUnknownParty,  ///< a party that takes no part, or the node's own name
    kUnknownKey,    ///< a key that is not this party's
    kBadSignature,  ///< not signed by that key
    kHasKey,        ///< a vouched request that names a key
};

/// Words for a person: what was expected.
const char* to_string(Unattributed why);

/// A signed request, as it came: its party is known, the key is that party's, and the signature is
/// the key's (the one strict rule of seal). Whether its body can be read is for `apply` to refuse.
/// The signature is not looked at again where `verifies` is false, of a record that the node's own
/// ledger holds.
base::Expected<accord::Request, Unattributed> authenticate_signed(const accord::State& state,
                                                                  wire::Reader& reader,
                                                                  std::span<const std::byte> dsse,
                                                                  bool verifies = true);

/// A request that the node wrote down itself, for a party or in its own name.
base::Expected<accord::Request, Unattributed> authenticate_vouched(const accord::State& state,
                                                                   wire::Reader& reader,
                                                                   std::string_view payload);

}  // namespace comity::node
