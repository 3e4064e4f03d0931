// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "call.hpp"

#include "comity/server/board.hpp"
#include "comity/server/events.hpp"
#include "comity/server/http.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace comity::server {

/// One open stream (api/stream.md): deliveries by number, as fast as they are read; what is only
/// the latest state of something once it is read; frames as they come, or counted. The network's
/// thread. A resource; the board outlives it.
class PartyStream {
  public:
    /// Messages that wait for the client: beyond these bytes nothing is added but deliveries' turn.
    static constexpr std::size_t kQueued = std::size_t{256} << 10U;

    struct Options {
        Caller caller;
        HttpRequest asked{};      ///< by whose credential the caller came in
        std::uint64_t after = 0;  ///< the last number that the client has
        bool has_tracks = false;
    };

    PartyStream(Options options, const Board& board, std::shared_ptr<StreamSender> sender);

    /// The first message, and what the client does not have.
    void begin(const std::string& origin);

    void told(const ToldEvent& event);
    void noticed(const NoticeEvent& event);
    void own_changed(const accord::ItemRef& item);
    void framed(const FrameEvent& event);
    void beaten();
    void drained() { pump(); }
    void send(std::string text);
    void close(unsigned code, std::string reason) { sender_->close(code, std::move(reason)); }

    const Caller& caller() const { return options_.caller; }
    const HttpRequest& asked() const { return options_.asked; }

  private:
    bool has_room() const { return sender_->queued_bytes() < kQueued; }
    void pump();

    Options options_;
    const Board& board_;
    std::shared_ptr<StreamSender> sender_;
    std::set<std::pair<accord::ItemRef, accord::PartyId>> notices_;  ///< to be sent
    std::set<accord::ItemRef> own_;                                  ///< to be sent
    std::map<std::uint32_t, TrackName> names_;                       ///< to be sent
    std::uint64_t missed_frames_ = 0;
};

}  // namespace comity::server
