// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/seal/hash.hpp"

#include <cstddef>
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
    std::string path;   ///< percent-decoded UTF-8; no "." or ".." segments, no escaped slash
    std::string query;  ///< behind the "?", as it came
    std::vector<Header> headers;
    std::string body;
    Peer peer;
    /// Names this request in answers and logs: its header x-request-id where that is 1 to 64 of
    /// A-Z, a-z, 0-9, ".", "_", "-"; else 16 hexadecimal digits by chance.
    std::string id;

    /// Of the first header of this lower-case name; empty where there is none.
    std::string_view header(std::string_view name) const;
    /// Of the first parameter of this name in the query, decoded; absent where there is none.
    std::optional<std::string> parameter(std::string_view name) const;
};

/// The transport adds date, content-length and connection, leaves out what stands of these in
/// `headers` ("connection: close" closes), and sends no body where a status or HEAD has none. A
/// response that cannot be sent as it is (a status beyond 200 to 599, a header name that is not of
/// a-z, 0-9 and "-", a control character in a value) goes out as an empty 500.
struct HttpResponse {
    unsigned status = 200;
    std::vector<Header> headers;
    std::shared_ptr<const std::string> body;  ///< null: none
};

/// Called once, on the network's thread, at once or later; does nothing the second time, nor where
/// the connection is gone. Where all copies go uncalled, the answer is the problem "no_answer".
using Respond = std::function<void(HttpResponse)>;

/// Sends messages of one open stream. Network's thread only; does nothing once it is closed.
class StreamSender {
  public:
    StreamSender() = default;
    StreamSender(const StreamSender&) = delete;
    StreamSender& operator=(const StreamSender&) = delete;
    virtual ~StreamSender() = default;

    using Bytes = std::shared_ptr<const std::string>;
    /// Neither is null. What does not fit into NetworkLimits::stream_queue_bytes closes the stream
    /// with 1013, and what waits unsent is dropped.
    virtual void send_text(Bytes text) = 0;
    virtual void send_binary(Bytes bytes) = 0;
    /// Of messages that were not yet handed to the system.
    virtual std::size_t queued_bytes() const = 0;
    /// Sends what is queued, then a close frame (RFC 6455, 7.4): a code from 1000 to 4999, a reason
    /// of at most 123 bytes.
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
    /// An error that the transport found: it asks for its words. The codes, each with its status,
    /// are those of request_fault.hpp and "no_answer" (500).
    virtual HttpResponse problem(unsigned status, std::string_view code, std::string_view detail,
                                 const std::string& request_id) = 0;
};

}  // namespace comity::server
