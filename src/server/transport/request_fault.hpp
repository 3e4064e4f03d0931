// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace comity::server {

/// What the transport refuses in a request, before anyone asks what it wants.
enum class [[nodiscard]] RequestFault : std::uint8_t{
    kLine,             ///< no request line, or bytes that no head may have
    kVersion,          ///< neither HTTP/1.1 nor HTTP/1.0
    kTarget,           ///< not an absolute path in whole escapes and UTF-8, without dot segments
    kHeader,           ///< a header line of a form that others might read otherwise
    kTooManyHeaders,   ///< more header lines than kMaxHeaders
    kHeadTooLarge,     ///< longer than NetworkLimits::header_bytes
    kHost,             ///< not exactly one host
    kLength,           ///< a content-length that is no number, or not the only one
    kEncoding,         ///< a transfer-encoding with a content-length, twice, or in HTTP/1.0
    kEncodingUnknown,  ///< a transfer-encoding other than chunked
    kExpectation,      ///< an expectation other than 100-continue
    kBodyTooLarge,     ///< longer than Service::body_limit
    kChunk,            ///< a chunk that is not framed as it must be
    kTrailer,          ///< header lines behind the last chunk
    kUpgrade,          ///< a WebSocket's handshake without its key, or with a body
    kUpgradeVersion,   ///< a WebSocket of another version than 13
    kHeaderTimeout,    ///< its head did not end in time
    kBodyTimeout,      ///< its body did not end in time
};

/// What Service::problem is asked to say.
struct Complaint {
    unsigned status = 0;
    std::string_view code;
    std::string_view detail;
};

Complaint complaint_of(RequestFault fault);

}  // namespace comity::server
