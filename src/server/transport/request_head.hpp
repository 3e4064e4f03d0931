// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "request_fault.hpp"

#include "comity/base/expected.hpp"
#include "comity/server/http.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace comity::server {

/// Header lines that one request may have.
constexpr std::size_t kMaxHeaders = 100;

/// Where the head of a request ends.
struct HeadSearch {
    enum class State : std::uint8_t { kMore, kEnd, kBroken };
    State state = State::kMore;
    /// kEnd: the bytes of the head with its empty line. kMore: where the next search goes on.
    std::size_t position = 0;
};

/// Looks for the empty line from `position` on. Broken at once by a byte that no head may have: a
/// control character, or a CR or LF that is not of a pair.
HeadSearch find_head_end(std::string_view bytes, std::size_t position);

/// The head of a request (RFC 9112), read in the one strict way: what two readers might take for
/// different requests is refused.
struct RequestHead {
    HttpRequest request;  ///< without body, peer and id
    bool keeps_alive = false;
    bool expects_continue = false;
    bool is_chunked = false;
    std::size_t content_length = 0;

    bool has_body() const { return is_chunked || content_length > 0; }
};

/// `head` ends with its empty line. Bytes above 0x7F are taken in the values of headers only.
base::Expected<RequestHead, RequestFault> parse_request_head(std::string_view head);

/// Has that word, in any case, in a list that is separated by commas.
bool has_token(std::string_view list, std::string_view token);

/// The request asks for a WebSocket (RFC 6455, 4.2.1).
bool wants_stream(const HttpRequest& request);
/// Absent where its handshake is whole: the key is base64 of 16 bytes, the version is 13.
std::optional<RequestFault> handshake_fault(const RequestHead& head);

}  // namespace comity::server
