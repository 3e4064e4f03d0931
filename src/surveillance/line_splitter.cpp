// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/surveillance/line_splitter.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace comity::surveillance {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view as_text(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

bool LineSplitter::feed(std::span<const std::byte> chunk, const Sink& sink) {
    std::string_view rest = as_text(chunk);
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        if (end == std::string_view::npos) {
            keep(rest);
            return true;
        }
        const std::string_view piece = rest.substr(0, end);
        rest.remove_prefix(end + 1);
        // A line that lies whole in the chunk is not copied.
        if (kept_.empty() && !overlong_ && piece.size() <= kMaxBytes) {
            if (!emit(piece, sink)) return false;
            continue;
        }
        keep(piece);
        if (!emit(kept_, sink)) return false;
    }
    return true;
}

bool LineSplitter::finish(const Sink& sink) {
    if (kept_.empty() && !overlong_) return true;
    return emit(kept_, sink);
}

void LineSplitter::keep(std::string_view piece) {
    if (overlong_) return;
    if (kept_.size() + piece.size() > kMaxBytes) {
        overlong_ = true;
        kept_.clear();
        return;
    }
    kept_.append(piece);
}

bool LineSplitter::emit(std::string_view text, const Sink& sink) {
    ++number_;
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (number_ == 1 && text.starts_with(kByteOrderMark)) {
        text.remove_prefix(kByteOrderMark.size());
    }
    const bool more = sink({.number = number_, .text = text, .overlong = overlong_});
    kept_.clear();
    overlong_ = false;
    return more;
}

}  // namespace comity::surveillance
