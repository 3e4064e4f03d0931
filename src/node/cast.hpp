// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/request.hpp"
#include "comity/geo/instant.hpp"
#include "comity/ledger/envelope.hpp"
#include "comity/seal/ed25519.hpp"
#include "comity/seal/hash.hpp"
#include "comity/wire/scenario.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace comity::node {

/// What a party of a scenario says.
struct Line {
    accord::Operation operation;
    std::optional<std::string> object;
    std::optional<std::uint64_t> expected_version;
    std::string person;  ///< who read; empty where nobody is named
};

/// The parties of a scenario with their keys, which follow from its seed: they write and sign
/// requests as their own systems would. A resource.
class Cast {
  public:
    explicit Cast(const wire::Scenario& scenario);

    seal::Hash key_of(const accord::PartyId& party) const;
    struct Spoken {
        std::vector<std::byte> dsse;
        std::optional<seal::Hash> reader;  ///< the commitment to the line's person
    };
    /// Signed by the party, valid for ten minutes from now.
    Spoken signed_request(const accord::PartyId& party, const Line& line, geo::Instant now);
    /// In the node's own name, for its administrator.
    std::string own_request(const Line& line, geo::Instant now);

  private:
    ledger::Envelope envelope(const std::string& party, const Line& line, geo::Instant now);

    std::uint64_t seed_;
    std::string origin_;
    std::map<accord::PartyId, std::unique_ptr<seal::SeedSigner>> signers_;
    std::map<std::string, std::uint64_t> said_;  ///< requests of each party so far
};

}  // namespace comity::node
