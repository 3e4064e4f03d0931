// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "web_socket.hpp"

#include "beast_stream.hpp"

#include "comity/base/check.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/websocket/stream.hpp>

namespace comity::server {

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;

struct WebSocket::Line {
    Line(std::shared_ptr<void> its_owner, Stream& its_stream)
        : owner(std::move(its_owner)), stream(its_stream), beast(BeastStream(its_stream)) {}

    std::shared_ptr<void> owner;
    Stream& stream;
    // Without compression: it costs 300 KB a stream, and mixes secrets with what others chose.
    websocket::stream<BeastStream, false> beast;
};

WebSocket::WebSocket(Hub& hub) : hub_(hub) {}
WebSocket::~WebSocket() = default;

// --- Sending
// --------------------------------------------------------------------------------------

void WebSocket::send_text(Bytes text) {
    send({.bytes = std::move(text), .is_binary = false});
}
void WebSocket::send_binary(Bytes bytes) {
    send({.bytes = std::move(bytes), .is_binary = true});
}

void WebSocket::send(Message message) {
    COMITY_CHECK(message.bytes != nullptr);
    if (state_ == State::kClosing || state_ == State::kClosed) return;
    const std::size_t size = message.bytes->size();
    if (size > hub_.limits.stream_queue_bytes - queued_bytes_) {
        // What is on its way has to end; what waits behind it is not worth the wait.
        while (queue_.size() > (is_writing_ ? 1U : 0U)) {
            queued_bytes_ -= queue_.back().bytes->size();
            queue_.pop_back();
        }
        close(1013, "too slow");
        return;
    }
    queued_bytes_ += size;
    queue_.push_back(std::move(message));
    pump();
}

void WebSocket::close(unsigned code, std::string reason) {
    // A code that may be sent, and what one control frame holds beside it (RFC 6455, 5.5 and 7.4).
    constexpr std::size_t kMaxReason = 123;
    COMITY_CHECK(code >= 1000 && code < 5000 && reason.size() <= kMaxReason);
    if (state_ == State::kClosing || state_ == State::kClosed) return;
    state_ = State::kClosing;
    closing_ = Reason{.code = code, .text = std::move(reason)};
    pump();
}

void WebSocket::pump() {
    if (line_ == nullptr || is_writing_) return;
    if (queue_.empty()) {
        if (closing_ && !is_close_sent_) send_close();
        return;
    }
    is_writing_ = true;
    write_began_ = Monotonic::now();
    alarm_->set(next_look());
    const Message& message = queue_.front();
    line_->beast.binary(message.is_binary);
    line_->beast.async_write(
        asio::buffer(*message.bytes),
        [self = shared_from_this(), line = line_, bytes = message.bytes](
            const ErrorCode& error, std::size_t) { self->on_written(bool(error)); });
}

void WebSocket::on_written(bool failed) {
    is_writing_ = false;
    if (line_ == nullptr) return;
    queued_bytes_ -= queue_.front().bytes->size();
    queue_.pop_front();
    if (failed) {
        line_->stream.cancel();
        return;
    }
    if (queue_.empty() && state_ == State::kOpen) handler_->on_drained();
    pump();
}

void WebSocket::send_close() {
    is_close_sent_ = true;
    close_sent_ = Monotonic::now();
    alarm_->set(next_look());
    const websocket::close_reason reason(static_cast<websocket::close_code>(closing_->code),
                                         closing_->text);
    line_->beast.async_close(reason, [self = shared_from_this(), line = line_](const ErrorCode&) {
        // The reader hears the same.
    });
}

void WebSocket::ping() {
    last_ping_ = Monotonic::now();
    if (std::exchange(is_pinging_, true)) return;
    line_->beast.async_ping({}, [self = shared_from_this(), line = line_](const ErrorCode&) {
        self->is_pinging_ = false;
    });
}

// --- Receiving
// ------------------------------------------------------------------------------------

// Beast wants to have read the handshake itself, and names itself in its answer; ours was sent.
asio::awaitable<bool> WebSocket::accept(std::shared_ptr<Line> line, std::string key) {
    http::request<http::empty_body> request(http::verb::get, "/", 11);
    request.set(http::field::host, "comity");
    request.set(http::field::connection, "upgrade");
    request.set(http::field::upgrade, "websocket");
    request.set(http::field::sec_websocket_key, key);
    request.set(http::field::sec_websocket_version, "13");
    line->beast.next_layer().mute(true);
    ErrorCode error;
    co_await line->beast.async_accept(request, asio::redirect_error(asio::use_awaitable, error));
    line->beast.next_layer().mute(false);
    co_return !error;
}

asio::awaitable<void> WebSocket::read_all() {
    for (;;) {
        std::string text;
        auto buffer = asio::dynamic_buffer(text);
        ErrorCode error;
        co_await line_->beast.async_read(buffer, asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return;
        if (state_ != State::kOpen) continue;
        if (line_->beast.got_text()) {
            handler_->on_text(std::move(text));
        } else {
            close(1003, "expected text");
        }
    }
}

asio::awaitable<void> WebSocket::run(Stream& stream, std::shared_ptr<void> owner, std::string key,
                                     std::unique_ptr<StreamHandler> handler) {
    const auto self = shared_from_this();
    handler_ = std::move(handler);
    auto line = std::make_shared<Line>(std::move(owner), stream);
    line->beast.read_message_max(hub_.limits.stream_message_bytes);
    line->beast.auto_fragment(false);
    const bool is_accepted = co_await accept(line, std::move(key));
    // What the service sent already waits until here.
    line_ = std::move(line);
    if (is_accepted) {
        if (state_ == State::kOpening) state_ = State::kOpen;
        last_ping_ = Monotonic::now();
        alarm_ = std::make_unique<Alarm>(stream.socket().get_executor(), [this] { watch(); });
        alarm_->set(next_look());
        ++hub_.counters.streams;
        pump();
        co_await read_all();
        --hub_.counters.streams;
    }
    end();
}

void WebSocket::end() {
    state_ = State::kClosed;
    alarm_.reset();
    queue_.clear();
    queued_bytes_ = 0;
    // A write that is under way keeps its bytes and the line until it has heard of this.
    std::exchange(line_, nullptr)->stream.cancel();
    const auto handler = std::exchange(handler_, nullptr);
    handler->on_closed();
}

// --- Watching
// -------------------------------------------------------------------------------------

Monotonic::time_point WebSocket::next_look() const {
    const NetworkLimits& limits = hub_.limits;
    const auto heard = line_->stream.last_read();
    auto next =
        std::min(std::max(heard, last_ping_) + limits.stream_ping, heard + limits.stream_silence);
    if (is_writing_) {
        next = std::min(next, std::max(write_began_, line_->stream.last_write()) + limits.write);
    }
    if (is_close_sent_) next = std::min(next, close_sent_ + limits.stream_close);
    return next;
}

void WebSocket::watch() {
    const NetworkLimits& limits = hub_.limits;
    const auto now = Monotonic::now();
    Stream& stream = line_->stream;
    const bool is_stuck =
        is_writing_ && now >= std::max(write_began_, stream.last_write()) + limits.write;
    const bool is_silent = now >= stream.last_read() + limits.stream_silence;
    const bool is_unanswered = is_close_sent_ && now >= close_sent_ + limits.stream_close;
    if (is_stuck || is_silent || is_unanswered) {
        ++hub_.counters.timeouts;
        stream.close();
        return;
    }
    if (now >= std::max(stream.last_read(), last_ping_) + limits.stream_ping) ping();
    alarm_->set(next_look());
}

}  // namespace comity::server
