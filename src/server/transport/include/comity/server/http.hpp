// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/seal/hash.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// HTTP as the rest of the server sees it: values, without sockets.
namespace comity::server {

/// Who is at the other end of a connection.
struct Peer {
    std::string address;  ///< without the port
    bool is_loopback = false;
    bool is_tls = false;
    /// SHA-256 of the client's certificate (DER), which holds the key that the connection showed.
    std::optional<seal::Hash> certificate;
};

struct Header {
    std::string name;  ///< lower case
    std::string value;
};

struct HttpRequest {
    std::string method;
    std::string path;   ///< percent-decoded; no "." or ".." segments
    std::string query;  ///< behind the "?", as it came
    std::vector<Header> headers;
    std::string body;
    Peer peer;
    std::string id;  ///< names this request in answers and logs

    /// Of the first header of this lower-case name; empty where there is none.
    std::string_view header(std::string_view name) const;
    /// Of the first parameter of this name in the query, decoded; absent where there is none.
    std::optional<std::string> parameter(std::string_view name) const;
};

struct HttpResponse {
    unsigned status = 200;
    std::vector<Header> headers;
    std::shared_ptr<const std::string> body;  ///< null: none
};

/// Called once, on the network's thread, at once or later.
using Respond = std::function<void(HttpResponse)>;

/// Sends messages of one open stream. Network's thread only; does nothing once it is closed.
class StreamSender {
  public:
    StreamSender() = default;
    StreamSender(const StreamSender&) = delete;
    StreamSender& operator=(const StreamSender&) = delete;
    virtual ~StreamSender() = default;

    using Bytes = std::shared_ptr<const std::string>;
    virtual void send_text(Bytes text) = 0;
    virtual void send_binary(Bytes bytes) = 0;
    /// Of messages that were not yet handed to the system.
    virtual std::size_t queued_bytes() const = 0;
    /// Sends what is queued, then a close frame (RFC 6455, 7.4).
    virtual void close(unsigned code, std::string reason) = 0;
};

/// What a stream's other end does. Network's thread.
class StreamHandler {
  public:
    StreamHandler() = default;
    StreamHandler(const StreamHandler&) = delete;
    StreamHandler& operator=(const StreamHandler&) = delete;
    virtual ~StreamHandler() = default;

    virtual void on_text(std::string text) = 0;
    /// Everything that was queued has left.
    virtual void on_drained() = 0;
    /// Nothing follows.
    virtual void on_closed() = 0;
};

/// What a server is for.
class Service {
  public:
    Service() = default;
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;
    virtual ~Service() = default;

    /// Bytes that the body of such a request may have; its own `body` is still empty.
    virtual std::size_t body_limit(const HttpRequest& head) const = 0;
    virtual void handle(HttpRequest request, Respond respond) = 0;
    /// A request that asks for a WebSocket: who answers it gets a handler, or an error is sent.
    struct Upgraded {
        std::unique_ptr<StreamHandler> handler;  ///< null: `refusal` is sent
        HttpResponse refusal;
    };
    virtual Upgraded open_stream(const HttpRequest& request,
                                 std::shared_ptr<StreamSender> sender) = 0;
    /// An error that the transport found: it asks for its words.
    virtual HttpResponse problem(unsigned status, std::string_view code, std::string_view detail,
                                 const std::string& request_id) = 0;
};

}  // namespace comity::server
