// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

/// Text that others wrote, made fit to be looked at: whoever wrote it chose its characters, and
/// some of them hide, reorder or imitate what stands around them.
namespace comity::verify {

/// Whether a reader sees nothing, or sees other things in another order, where it stands: controls,
/// marks of direction, blanks that are no plain blank, joiners, variants, private use.
bool is_unseen(char32_t character);

/// For a terminal: unseen characters as <U+202E>, bytes that are no UTF-8 as <0xFF>.
std::string shown(std::string_view text);

/// For HTML, in an element's content: the same, each escape an element of its own so that it cannot
/// be mistaken for text, and nothing of it markup. Line feeds stay.
std::string shown_html(std::string_view text);

/// At most `limit` bytes of it, cut between characters.
std::string_view beginning(std::string_view text, std::size_t limit);

}  // namespace comity::verify
