// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "call.hpp"
#include "console_files.hpp"
#include "gate.hpp"
#include "settled_requests.hpp"
#include "stream.hpp"
#include "worker.hpp"

#include "comity/server/api.hpp"
#include "comity/server/board.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace comity::server {

/// Everything that the routes share. The network's thread.
struct ApiState {
    ApiState(Api::Parts parts, ApiOptions given, ConsoleFiles files, Board::Listener& listener)
        : inbox(parts.inbox),
          shelf(parts.shelf),
          directory(parts.directory),
          entropy(parts.entropy),
          log(std::move(parts.log)),
          enrolled(std::move(parts.enrolled)),
          options(std::move(given)),
          console(std::move(files)),
          board(listener),
          sessions(directory, entropy, options.sessions),
          gate(directory, sessions, options.requests, options.public_origin),
          sign_ins(options.sign_in_per_minute) {}

    const PartyBoard& board_of(const Call& call) const { return board.party(call.caller.party); }
    /// The node's time, as of its last beat.
    geo::Instant now() const { return board.beat().time; }

    Inbox& inbox;
    AttachmentShelf& shelf;
    Directory& directory;
    base::Entropy& entropy;
    Log log;
    std::function<void(const Directory&)> enrolled;
    ApiOptions options;
    ConsoleFiles console;
    Board board;
    Sessions sessions;
    Gate gate;
    SignInLimiter sign_ins;
    SettledRequests settled;
    std::map<accord::PartyId, std::set<PartyStream*>> streams;
    std::map<accord::PartyId, std::string> names;  ///< of parties that are enrolled
    std::set<accord::PartyId> bundles;             ///< whose evidence is being put together
    Network* network = nullptr;
    std::atomic<std::uint64_t> sign_ins_failed{0};
    // Last: their work ends before what it uses.
    Worker worker;
    Worker shelf_worker;  ///< of attachments: nothing that takes longer than a disk
};

SteadyTime steady_now();

}  // namespace comity::server
