// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/server/directory.hpp"
#include "comity/server/inbox.hpp"

#include <string>

namespace comity::cli {

/// Lets everybody who is enrolled take part, with their keys and members as they are now: files
/// what the ledger does not say yet, in the node's own name. Who is taken off stays a party.
void file_parties(server::Inbox& inbox, const std::string& origin,
                  const server::Directory& directory);

}  // namespace comity::cli
