// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "connection.hpp"

#include "body_decoder.hpp"
#include "response_head.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace comity::server {
namespace {

namespace asio = boost::asio;

// What is still taken behind our last word.
constexpr std::chrono::milliseconds kLinger{2'000};
// Room that is kept between two requests.
constexpr std::size_t kKept = std::size_t{2} << 10;
constexpr std::size_t kLingerBytes = std::size_t{1} << 20;

}  // namespace

// Copies of it share one of these. It speaks once, at the latest when the last copy goes.
class Connection::Answer {
  public:
    Answer(std::weak_ptr<Connection> connection, std::string id)
        : connection_(std::move(connection)), id_(std::move(id)) {}
    Answer(const Answer&) = delete;
    Answer& operator=(const Answer&) = delete;
    ~Answer() {
        // The last copy may go on another thread, once it was given: nothing is touched then.
        if (is_given_) return;
        const auto connection = connection_.lock();
        if (connection == nullptr || connection->is_aborted_) return;
        connection->on_answer(connection->hub_.service.problem(
            500, "no_answer", "the request was dropped unanswered", id_));
    }

    void give(HttpResponse response) {
        if (std::exchange(is_given_, true)) return;
        if (const auto connection = connection_.lock()) connection->on_answer(std::move(response));
    }

  private:
    std::weak_ptr<Connection> connection_;
    std::string id_;
    bool is_given_ = false;
};

Connection::Connection(Hub& hub, Socket socket, Peer peer, ssl_ctx_st* tls)
    : hub_(hub),
      peer_(std::move(peer)),
      stream_(std::move(socket), tls),
      alarm_(stream_.socket().get_executor(), [this] { on_late(); }),
      answered_(stream_.socket().get_executor(), Monotonic::time_point::max()) {
    hub_.add(*this, peer_.address);
}

Connection::~Connection() {
    hub_.remove(*this, peer_.address);
}

// --- Life
// -----------------------------------------------------------------------------------------

asio::awaitable<void> Connection::serve(std::shared_ptr<Connection> self) {
    bool goes_on = true;
    if (self->stream_.is_tls()) goes_on = co_await self->shake_hands();
    while (goes_on) goes_on = co_await self->serve_request();
    if (self->upgrade_.socket != nullptr) co_await self->run_stream();
    if (self->has_spoken_ && !self->is_aborted_) co_await self->linger();
    self->stream_.close();
}

void Connection::stop() {
    if (upgrade_.socket != nullptr) {
        upgrade_.socket->close(1001, "the server ends");
    } else if (is_idle_) {
        abort();
    }
}

void Connection::abort() {
    is_aborted_ = true;
    stream_.close();
    answered_.cancel();
}

void Connection::expect_within(std::chrono::milliseconds time) {
    is_late_ = false;
    alarm_.set_in(time);
}

void Connection::on_late() {
    is_late_ = true;
    stream_.cancel();
}

asio::awaitable<bool> Connection::wait_for(Step::Need need) {
    ErrorCode error;
    co_await stream_.socket().async_wait(
        need == Step::Need::kRead ? Socket::wait_read : Socket::wait_write,
        asio::redirect_error(asio::use_awaitable, error));
    co_return !error && !is_late_ && !is_aborted_;
}

asio::awaitable<bool> Connection::shake_hands() {
    expect_within(hub_.limits.handshake);
    for (;;) {
        const Step step = stream_.shake_hands();
        if (step.error) co_return false;
        if (step.need == Step::Need::kNothing) break;
        const bool is_ready = co_await wait_for(step.need);
        if (is_late_) ++hub_.counters.timeouts;
        if (!is_ready) co_return false;
    }
    peer_.certificate = stream_.peer_certificate();
    co_return true;
}

asio::awaitable<bool> Connection::read_more() {
    for (;;) {
        if (is_late_ || is_aborted_) co_return false;
        const Step step = stream_.read(hub_.scratch);
        if (step.error) co_return false;
        if (step.need == Step::Need::kNothing) {
            in_.append(hub_.scratch.data(), step.bytes);
            co_return true;
        }
        const bool is_ready = co_await wait_for(step.need);
        if (!is_ready) co_return false;
    }
}

asio::awaitable<void> Connection::linger() {
    stream_.shut_down();
    expect_within(std::min(kLinger, hub_.limits.write));
    std::size_t thrown_away = 0;
    while (thrown_away < kLingerBytes) {
        const Step step = stream_.discard();
        if (step.error) co_return;
        thrown_away += step.bytes;
        if (step.need != Step::Need::kNothing) {
            const bool is_ready = co_await wait_for(step.need);
            if (!is_ready) co_return;
        }
    }
}

// --- One request
// ----------------------------------------------------------------------------------

asio::awaitable<bool> Connection::serve_request() {
    if (in_.empty()) {
        if (hub_.is_stopping) co_return false;
        is_idle_ = true;
        if (in_.capacity() > kKept) std::string().swap(in_);
        expect_within(hub_.limits.idle);
        const bool has_come = co_await read_more();
        if (!has_come) co_return false;
    } else {
        // A client that sends request upon request takes its turn with the others.
        co_await asio::post(stream_.socket().get_executor(), asio::use_awaitable);
    }
    is_idle_ = false;
    if (is_aborted_) co_return false;
    RequestHead head;
    bool goes_on = co_await read_head(head);
    if (goes_on) goes_on = co_await read_body(head);
    if (!goes_on) co_return false;
    alarm_.clear();
    if (wants_stream(head.request) && head.keeps_alive) {
        goes_on = co_await open_stream(std::move(head));
    } else {
        goes_on = co_await answer(std::move(head));
    }
    co_return goes_on;
}

asio::awaitable<bool> Connection::read_head(RequestHead& head) {
    using State = HeadSearch::State;
    expect_within(hub_.limits.header);
    HeadSearch search;
    for (;;) {
        // An empty line between two requests is passed over (RFC 9112, 2.2).
        if (search.position <= 2 && in_.starts_with("\r\n")) {
            in_.erase(0, 2);
            search.position = 0;
        }
        search = find_head_end(in_, search.position);
        const bool is_whole = search.state == State::kEnd;
        if (search.state == State::kBroken) {
            co_return co_await refuse(RequestFault::kLine, {});
        }
        if ((is_whole ? search.position : in_.size()) > hub_.limits.header_bytes) {
            co_return co_await refuse(RequestFault::kHeadTooLarge, {});
        }
        if (is_whole) break;
        const bool has_come = co_await read_more();
        if (!has_come && is_late_) co_return co_await refuse(RequestFault::kHeaderTimeout, {});
        if (!has_come) co_return false;
    }
    auto parsed = parse_request_head(std::string_view(in_).substr(0, search.position));
    if (!parsed) co_return co_await refuse(parsed.error(), {});
    in_.erase(0, search.position);
    head = *std::move(parsed);
    head.request.peer = peer_;
    head.request.id = hub_.name_request(head.request.header("x-request-id"));
    co_return true;
}

asio::awaitable<bool> Connection::read_body(RequestHead& head) {
    if (!head.has_body()) co_return true;
    HttpRequest& request = head.request;
    BodyDecoder decoder(head, hub_.service.body_limit(request));
    if (decoder.is_too_large()) co_return co_await refuse(RequestFault::kBodyTooLarge, request.id);
    if (head.expects_continue && in_.empty()) {
        const bool is_sent = co_await write("HTTP/1.1 100 Continue\r\n\r\n", nullptr);
        if (!is_sent) co_return false;
    }
    expect_within(hub_.limits.body);
    for (;;) {
        const auto fed = decoder.feed(in_, request.body);
        if (!fed) co_return co_await refuse(fed.error(), request.id);
        in_.erase(0, fed->consumed);
        if (fed->is_whole) co_return true;
        const bool has_come = co_await read_more();
        if (!has_come && is_late_) {
            co_return co_await refuse(RequestFault::kBodyTimeout, request.id);
        }
        if (!has_come) co_return false;
    }
}

void Connection::on_answer(HttpResponse response) {
    answer_ = std::move(response);
    answered_.cancel();
}

asio::awaitable<bool> Connection::answer(RequestHead head) {
    const bool without_body = head.request.method == "HEAD";
    const bool keeps_alive = head.keeps_alive;
    answer_.reset();
    {
        auto waiting = std::make_shared<Answer>(weak_from_this(), head.request.id);
        hub_.service.handle(std::move(head.request),
                            [waiting = std::move(waiting)](HttpResponse response) {
                                waiting->give(std::move(response));
                            });
    }
    while (!answer_ && !is_aborted_) {
        ErrorCode cancelled;
        co_await answered_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
    if (is_aborted_) co_return false;
    HttpResponse response = *std::exchange(answer_, std::nullopt);
    const bool closes = !keeps_alive || hub_.is_stopping;
    co_return co_await send(std::move(response), closes, without_body);
}

asio::awaitable<bool> Connection::refuse(RequestFault fault, std::string id) {
    const bool is_timeout =
        fault == RequestFault::kHeaderTimeout || fault == RequestFault::kBodyTimeout;
    ++(is_timeout ? hub_.counters.timeouts : hub_.counters.bad_requests);
    if (id.empty()) id = hub_.name_request({});
    const Complaint complaint = complaint_of(fault);
    HttpResponse response =
        hub_.service.problem(complaint.status, complaint.code, complaint.detail, id);
    if (fault == RequestFault::kUpgradeVersion) {
        response.headers.push_back({.name = "sec-websocket-version", .value = "13"});
    }
    co_return co_await send(std::move(response), true, false);
}

asio::awaitable<bool> Connection::send(HttpResponse response, bool closes, bool without_body) {
    // Who lets a header end early would let a client write headers: better to say nothing.
    if (!is_sendable(response)) response = HttpResponse{.status = 500, .headers = {}, .body = {}};
    for (const Header& header : response.headers) {
        closes |= header.name == "connection" && has_token(header.value, "close");
    }
    std::string head = response_head(response, closes, hub_.date());
    if (without_body || !may_have_body(response.status)) response.body.reset();
    const bool is_sent = co_await write(std::move(head), std::move(response.body));
    co_return is_sent && !closes;
}

asio::awaitable<bool> Connection::write(std::string head, std::shared_ptr<const std::string> body) {
    std::array<asio::const_buffer, 2> parts = {asio::buffer(head), asio::const_buffer()};
    if (body != nullptr) parts[1] = asio::buffer(*body);
    std::span<asio::const_buffer> left(parts);
    expect_within(hub_.limits.write);
    while (asio::buffer_size(left) > 0) {
        const Step step = stream_.write(left);
        if (step.error || is_aborted_) co_return false;
        for (std::size_t taken = step.bytes; taken > 0;) {
            const std::size_t some = std::min(taken, left.front().size());
            left.front() += some;
            taken -= some;
            if (left.front().size() == 0) left = left.subspan(1);
        }
        if (step.bytes > 0) expect_within(hub_.limits.write);
        if (step.need != Step::Need::kNothing) {
            const bool is_ready = co_await wait_for(step.need);
            if (is_late_) ++hub_.counters.timeouts;
            if (!is_ready) co_return false;
        }
    }
    has_spoken_ = true;
    co_return true;
}

// --- A stream
// -------------------------------------------------------------------------------------

asio::awaitable<bool> Connection::open_stream(RequestHead head) {
    if (const auto fault = handshake_fault(head)) {
        co_return co_await refuse(*fault, head.request.id);
    }
    auto socket = std::make_shared<WebSocket>(hub_);
    Service::Upgraded upgraded = hub_.service.open_stream(head.request, socket);
    if (upgraded.handler == nullptr) {
        socket->refuse();
        co_return co_await send(std::move(upgraded.refusal), hub_.is_stopping, false);
    }
    upgrade_ = {.socket = std::move(socket),
                .handler = std::move(upgraded.handler),
                .key = std::string(head.request.header("sec-websocket-key"))};
    const bool is_asked_for =
        has_token(head.request.header("sec-websocket-protocol"), kStreamProtocol);
    if (hub_.is_stopping) stop();
    co_await write(upgrade_head(upgrade_.key, is_asked_for ? kStreamProtocol : "", hub_.date()),
                   nullptr);
    co_return false;
}

asio::awaitable<void> Connection::run_stream() {
    alarm_.clear();
    stream_.unread(std::exchange(in_, {}));
    Upgrade upgrade = {.socket = upgrade_.socket,
                       .handler = std::move(upgrade_.handler),
                       .key = std::move(upgrade_.key)};
    co_await upgrade.socket->run(stream_, shared_from_this(), std::move(upgrade.key),
                                 std::move(upgrade.handler));
}

}  // namespace comity::server
