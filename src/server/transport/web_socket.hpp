// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "alarm.hpp"
#include "hub.hpp"
#include "stream.hpp"

#include "comity/server/http.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

namespace comity::server {

/// The one subprotocol that is spoken, for who asks for it.
constexpr std::string_view kStreamProtocol = "comity.v1";

/// One WebSocket (RFC 6455) over a stream that its connection owns. The service may hold it for
/// longer than the connection lives.
class WebSocket final : public StreamSender, public std::enable_shared_from_this<WebSocket> {
  public:
    explicit WebSocket(Hub& hub);
    ~WebSocket() override;

    void send_text(Bytes text) override;
    void send_binary(Bytes bytes) override;
    std::size_t queued_bytes() const override { return queued_bytes_; }
    void close(unsigned code, std::string reason) override;

    /// Serves until both ends have closed, or one is gone. The answer to the handshake was sent;
    /// `owner` keeps the stream. A coroutine: whoever awaits it holds this object.
    boost::asio::awaitable<void> run(Stream& stream, std::shared_ptr<void> owner, std::string key,
                                     std::unique_ptr<StreamHandler> handler);
    /// The service refused it: nothing is ever sent.
    void refuse() { state_ = State::kClosed; }

  private:
    enum class State : std::uint8_t { kOpening, kOpen, kClosing, kClosed };
    struct Message {
        Bytes bytes;
        bool is_binary = false;
    };
    struct Reason {
        unsigned code = 0;
        std::string text;
    };
    /// What Beast keeps of an open one. Operations under way share it, and by it the connection.
    struct Line;

    void send(Message message);
    /// Hands the next message to the line, or the close frame behind the last.
    void pump();
    void on_written(bool failed);
    void send_close();
    void ping();
    static boost::asio::awaitable<bool> accept(std::shared_ptr<Line> line, std::string key);
    boost::asio::awaitable<void> read_all();
    void end();

    void watch();
    Monotonic::time_point next_look() const;

    Hub& hub_;
    State state_ = State::kOpening;
    std::shared_ptr<Line> line_;
    std::unique_ptr<StreamHandler> handler_;
    std::deque<Message> queue_;
    std::size_t queued_bytes_ = 0;
    bool is_writing_ = false;
    std::optional<Reason> closing_;
    bool is_close_sent_ = false;
    Monotonic::time_point write_began_;
    Monotonic::time_point close_sent_;
    Monotonic::time_point last_ping_;
    bool is_pinging_ = false;
    std::unique_ptr<Alarm> alarm_;
};

}  // namespace comity::server
