// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "asio_types.hpp"
#include "stream.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include <boost/asio/compose.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/websocket/teardown.hpp>

namespace comity::server {

/// A Stream as Beast wants it: steps are taken until one is done.
class BeastStream {
  public:
    // NOLINTNEXTLINE(readability-identifier-naming): Asio looks for this name.
    using executor_type = Executor;

    explicit BeastStream(Stream& stream) : stream_(&stream) {}

    executor_type get_executor() { return stream_->socket().get_executor(); }
    Stream& stream() { return *stream_; }

    /// While this is set, what is written is lost.
    void mute(bool is_muted) { is_muted_ = is_muted; }

    template <typename Buffers, typename Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        auto take = [stream = stream_, buffers] {
            for (auto at = boost::asio::buffer_sequence_begin(buffers);
                 at != boost::asio::buffer_sequence_end(buffers); ++at) {
                const boost::asio::mutable_buffer buffer(*at);
                if (buffer.size() == 0) continue;
                return stream->read({static_cast<char*>(buffer.data()), buffer.size()});
            }
            return Step{};
        };
        return start(std::move(take), std::forward<Token>(token));
    }

    template <typename Buffers, typename Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        auto take = [stream = stream_, buffers, is_muted = is_muted_] {
            if (is_muted) return Step{.bytes = boost::asio::buffer_size(buffers)};
            std::array<boost::asio::const_buffer, Stream::kMaxBuffers> some;
            std::size_t count = 0;
            for (auto at = boost::asio::buffer_sequence_begin(buffers);
                 at != boost::asio::buffer_sequence_end(buffers) && count < some.size(); ++at) {
                some[count++] = *at;
            }
            return stream->write(std::span(some).first(count));
        };
        return start(std::move(take), std::forward<Token>(token));
    }

  private:
    /// Takes a step, waits for what it needs, and takes it again. A step that is done at once is
    /// told later, as Asio's rules want.
    template <typename Take>
    struct Attempt {
        Stream* stream;
        Take take;
        enum class Phase : std::uint8_t { kBegun, kWaited, kTold } phase = Phase::kBegun;
        Step step;

        template <typename Self>
        void operator()(Self& self, ErrorCode error = {}) {
            if (phase == Phase::kTold) return self.complete(step.error, step.bytes);
            if (error) return self.complete(error, 0);
            const bool is_first = std::exchange(phase, Phase::kWaited) == Phase::kBegun;
            Socket& socket = stream->socket();
            step = take();
            if (step.need != Step::Need::kNothing) {
                socket.async_wait(
                    step.need == Step::Need::kRead ? Socket::wait_read : Socket::wait_write,
                    std::move(self));
            } else if (is_first) {
                phase = Phase::kTold;
                boost::asio::post(socket.get_executor(), std::move(self));
            } else {
                self.complete(step.error, step.bytes);
            }
        }
    };

    template <typename Take, typename Token>
    auto start(Take take, Token&& token) {
        return boost::asio::async_compose<Token, void(ErrorCode, std::size_t)>(
            Attempt<Take>{.stream = stream_, .take = std::move(take)}, token, stream_->socket());
    }

    Stream* stream_;
    bool is_muted_ = false;
};

inline void beast_close_socket(BeastStream& stream) {
    stream.stream().close();
}

inline void teardown(boost::beast::role_type, BeastStream& stream, ErrorCode& error) {
    error = {};
    stream.stream().shut_down();
}

/// Says that nothing more is sent, and does not wait for the other end to say the same.
template <typename Handler>
void async_teardown(boost::beast::role_type, BeastStream& stream, Handler&& handler) {
    stream.stream().shut_down();
    boost::asio::post(stream.get_executor(), boost::beast::bind_front_handler(
                                                 std::forward<Handler>(handler), ErrorCode()));
}

}  // namespace comity::server
