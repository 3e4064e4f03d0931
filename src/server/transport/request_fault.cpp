// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "request_fault.hpp"

#include "comity/base/check.hpp"

namespace comity::server {

Complaint complaint_of(RequestFault fault) {
    using enum RequestFault;
    switch (fault) {
        case kLine:
            return {400, "bad_request_line", "expected METHOD SP /path SP HTTP/1.1 CRLF"};
        case kVersion:
            return {505, "bad_http_version", "expected HTTP/1.1"};
        case kTarget:
            return {400, "bad_target",
                    "expected an absolute path, percent-encoded UTF-8 without dot segments"};
        case kHeader:
            return {400, "bad_header", "expected NAME: VALUE CRLF on one line, without controls"};
        case kTooManyHeaders:
            return {431, "too_many_headers", "expected at most 100 header lines"};
        case kHeadTooLarge:
            return {431, "headers_too_large", "expected a shorter request line and headers"};
        case kHost:
            return {400, "bad_host", "expected exactly one host header"};
        case kLength:
            return {400, "bad_content_length", "expected one content-length, a decimal number"};
        case kEncoding:
            return {400, "bad_transfer_encoding",
                    "expected either a content-length or one transfer-encoding: chunked"};
        case kEncodingUnknown:
            return {501, "unknown_transfer_encoding", "expected transfer-encoding: chunked"};
        case kExpectation:
            return {417, "unknown_expectation", "expected 100-continue"};
        case kBodyTooLarge:
            return {413, "body_too_large", "expected a shorter body"};
        case kChunk:
            return {400, "bad_chunk", "expected hexadecimal chunk sizes, each line ended by CRLF"};
        case kTrailer:
            return {400, "bad_trailer", "expected no header lines behind the body"};
        case kUpgrade:
            return {400, "bad_upgrade", "expected sec-websocket-key and no body"};
        case kUpgradeVersion:
            return {426, "bad_websocket_version", "expected sec-websocket-version: 13"};
        case kHeaderTimeout:
            return {408, "header_timeout", "expected the end of the headers sooner"};
        case kBodyTimeout:
            return {408, "body_timeout", "expected the end of the body sooner"};
    }
    COMITY_CHECK(false);
    return {};
}

}  // namespace comity::server
