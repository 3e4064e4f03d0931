// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/ids.hpp"
#include "comity/geo/instant.hpp"

#include <optional>
#include <string>

namespace comity::server {

/// What a party had been told, had received, read and passed on at a moment (Knew of
/// api/openapi.yaml): from the records of the ledger in this folder up to then, and nothing after.
/// Replays them: slow, from any thread. Absent where the ledger cannot be read.
std::optional<std::string> knew_text(const std::string& ledger_folder, const accord::PartyId& party,
                                     geo::Instant at, const std::optional<accord::ItemRef>& about);

}  // namespace comity::server
