// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace comity::surveillance {

/// One line of a text file, without its end (LF or CRLF) and, on the first line, without a UTF-8
/// byte order mark.
struct Line {
    std::size_t number;     ///< counted from 1
    std::string_view text;  ///< valid during the call; empty where `overlong`
    bool overlong;          ///< longer than LineSplitter::kMaxBytes: its text was not kept
};

/// Cuts a stream of bytes into lines, whatever the chunks in which it comes: the same bytes give
/// the same lines. Holds at most one line of at most kMaxBytes, so memory is bounded for any input.
/// A resource: it stands in the middle of a stream.
class LineSplitter {
  public:
    static constexpr std::size_t kMaxBytes = 65'536;

    /// Is called for each line, in order; false ends the reading.
    using Sink = std::function<bool(const Line&)>;

    LineSplitter() = default;
    LineSplitter(const LineSplitter&) = delete;
    LineSplitter& operator=(const LineSplitter&) = delete;

    /// False where the sink ended the reading; then the splitter is only to be destroyed.
    bool feed(std::span<const std::byte> chunk, const Sink& sink);
    /// Gives a last line that has no end. An empty one is none.
    bool finish(const Sink& sink);

  private:
    void keep(std::string_view piece);
    bool emit(std::string_view text, const Sink& sink);

    std::string kept_;  ///< the beginning of a line that goes on in the next chunk
    bool overlong_ = false;
    std::size_t number_ = 0;
};

}  // namespace comity::surveillance
