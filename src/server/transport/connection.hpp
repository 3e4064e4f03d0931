// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "alarm.hpp"
#include "hub.hpp"
#include "request_fault.hpp"
#include "request_head.hpp"
#include "stream.hpp"
#include "web_socket.hpp"

#include "comity/server/http.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>

namespace comity::server {

/// One connection from its handshake to its end: requests one after the other, each answered before
/// the next one is read; perhaps a WebSocket at last. Network's thread.
class Connection final : public std::enable_shared_from_this<Connection> {
  public:
    /// Plain where `tls` is null.
    Connection(Hub& hub, Socket socket, Peer peer, ssl_ctx_st* tls);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    /// Serves it until it ends. Holds what it serves.
    static boost::asio::awaitable<void> serve(std::shared_ptr<Connection> self);

    /// Ends between two requests, closes a stream, lets a request that has begun be answered.
    void stop();
    /// Ends it as it is.
    void abort();

  private:
    template <typename T>
    using Awaitable = boost::asio::awaitable<T>;

    /// The one that the service is to call; knows when nobody can call it any more.
    class Answer;
    struct Upgrade {
        std::shared_ptr<WebSocket> socket;
        std::unique_ptr<StreamHandler> handler;
        std::string key;
    };

    void expect_within(std::chrono::milliseconds time);
    void on_late();

    Awaitable<bool> shake_hands();
    /// Reads some more behind what was read; false at the end, and where it is late.
    Awaitable<bool> read_more();
    Awaitable<bool> wait_for(Step::Need need);

    /// Each of these: whether the connection goes on.
    Awaitable<bool> serve_request();
    Awaitable<bool> read_head(RequestHead& head);
    Awaitable<bool> read_body(RequestHead& head);
    Awaitable<bool> answer(RequestHead head);
    Awaitable<bool> open_stream(RequestHead head);
    Awaitable<bool> refuse(RequestFault fault, std::string id);
    Awaitable<bool> send(HttpResponse response, bool closes, bool without_body);
    Awaitable<bool> write(std::string head, std::shared_ptr<const std::string> body);

    Awaitable<void> run_stream();
    /// Takes what still comes for a short while, so that the other end reads our last word first.
    Awaitable<void> linger();

    void on_answer(HttpResponse response);

    Hub& hub_;
    Peer peer_;
    Stream stream_;
    Alarm alarm_;
    Timer answered_;  ///< never rings; cancelled where there is an answer
    std::string in_;  ///< read and not yet used
    std::optional<HttpResponse> answer_;
    Upgrade upgrade_;
    bool is_idle_ = true;      ///< between two requests
    bool is_late_ = false;     ///< the deadline of the phase has passed
    bool is_aborted_ = false;  ///< the socket is closed
    bool has_spoken_ = false;  ///< something was sent that the other end should get to read
};

}  // namespace comity::server
