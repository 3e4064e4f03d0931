// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "body_decoder.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace comity::server {
namespace {

using enum RequestFault;

// The size of a chunk with its extensions, which nobody needs.
constexpr std::size_t kMaxChunkLine = 128;
constexpr std::size_t kMaxSizeDigits = 8;

bool is_visible(char c) {
    return (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) || c == '\t';
}

}  // namespace

BodyDecoder::BodyDecoder(const RequestHead& head, std::size_t limit) : limit_(limit) {
    if (head.is_chunked) {
        state_ = State::kChunkLine;
    } else if (head.content_length > 0) {
        state_ = State::kSized;
        remaining_ = head.content_length;
    }
}

base::Expected<BodyDecoder::Fed, RequestFault> BodyDecoder::feed(std::string_view bytes,
                                                                 std::string& body) {
    Fed fed;
    while (state_ != State::kWhole) {
        const auto taken = step(bytes.substr(fed.consumed), body);
        if (!taken) return base::Unexpected(taken.error());
        if (*taken == 0) break;
        fed.consumed += *taken;
    }
    fed.is_whole = state_ == State::kWhole;
    return fed;
}

// What was taken; 0: more bytes are needed.
base::Expected<std::size_t, RequestFault> BodyDecoder::step(std::string_view bytes,
                                                            std::string& body) {
    switch (state_) {
        case State::kSized:
            return take_data(bytes, body, State::kWhole);
        case State::kChunkLine:
            return take_chunk_line(bytes, body.size());
        case State::kChunk:
            return take_data(bytes, body, State::kChunkEnd);
        case State::kChunkEnd:
            return take_end(bytes, State::kChunkLine, kChunk);
        case State::kLast:
            return take_end(bytes, State::kWhole, kTrailer);
        case State::kWhole:
            break;
    }
    return std::size_t{0};
}

std::size_t BodyDecoder::take_data(std::string_view bytes, std::string& body, State next) {
    const std::string_view data = bytes.substr(0, remaining_);
    body += data;
    remaining_ -= data.size();
    if (remaining_ == 0) state_ = next;
    return data.size();
}

base::Expected<std::size_t, RequestFault> BodyDecoder::take_chunk_line(std::string_view bytes,
                                                                       std::size_t held) {
    const std::string_view line = bytes.substr(0, kMaxChunkLine);
    const auto* const end = std::ranges::find_if_not(line, is_visible);
    const auto length = static_cast<std::size_t>(end - line.begin());
    if (length == kMaxChunkLine) return base::Unexpected(kChunk);
    const std::string_view ending = bytes.substr(length, 2);
    if (!std::string_view("\r\n").starts_with(ending)) return base::Unexpected(kChunk);
    if (ending.size() < 2) return std::size_t{0};

    std::size_t size = 0;
    const auto [digits_end, error] = std::from_chars(line.begin(), line.begin() + length, size, 16);
    const auto digits = static_cast<std::size_t>(digits_end - line.begin());
    const bool is_size = error == std::errc() && digits <= kMaxSizeDigits &&
                         (digits == length || line[digits] == ';');
    if (!is_size) return base::Unexpected(kChunk);
    if (size > limit_ - held) return base::Unexpected(kBodyTooLarge);
    remaining_ = size;
    state_ = size == 0 ? State::kLast : State::kChunk;
    return length + 2;
}

base::Expected<std::size_t, RequestFault> BodyDecoder::take_end(std::string_view bytes, State next,
                                                                RequestFault fault) {
    const std::string_view ending = bytes.substr(0, 2);
    if (!std::string_view("\r\n").starts_with(ending)) return base::Unexpected(fault);
    if (ending.size() < 2) return std::size_t{0};
    state_ = next;
    return std::size_t{2};
}

}  // namespace comity::server
