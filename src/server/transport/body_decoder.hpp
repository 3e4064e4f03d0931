// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "request_fault.hpp"
#include "request_head.hpp"

#include "comity/base/expected.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace comity::server {

/// Takes the body of one request out of the bytes behind its head (RFC 9112, 6 and 7). Extensions
/// of chunks are passed over, trailers refused.
class BodyDecoder {
  public:
    /// `limit`: bytes that the body may have.
    BodyDecoder(const RequestHead& head, std::size_t limit);

    /// A body that is too large by what its head says.
    bool is_too_large() const { return state_ == State::kWhole ? false : remaining_ > limit_; }

    struct Fed {
        std::size_t consumed = 0;  ///< of the bytes; the others come again, with more behind them
        bool is_whole = false;
    };
    /// Appends to `body` what these bytes hold of it.
    base::Expected<Fed, RequestFault> feed(std::string_view bytes, std::string& body);

  private:
    enum class State : std::uint8_t { kSized, kChunkLine, kChunk, kChunkEnd, kLast, kWhole };

    base::Expected<std::size_t, RequestFault> step(std::string_view bytes, std::string& body);
    std::size_t take_data(std::string_view bytes, std::string& body, State next);
    base::Expected<std::size_t, RequestFault> take_chunk_line(std::string_view bytes,
                                                              std::size_t held);
    base::Expected<std::size_t, RequestFault> take_end(std::string_view bytes, State next,
                                                       RequestFault fault);

    std::size_t limit_;
    std::size_t remaining_ = 0;  ///< of the body, or of the chunk
    State state_ = State::kWhole;
};

}  // namespace comity::server
