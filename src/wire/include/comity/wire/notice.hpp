// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/notice.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace comity::wire {

/// Who said an act: a key of the addressee, or the node for it.
enum class StatedBy : std::uint8_t { kKey, kNode };

/// What a notice does not hold itself, for one viewer.
struct NoticeContext {
    std::optional<StatedBy> received;
    std::optional<StatedBy> read;
    std::optional<StatedBy> objected;
    std::string reader;  ///< the person's name; empty: the viewer is not to see it, or it is erased
};

/// A notice as api/openapi.yaml has it (Notice): one JSON object in one form, no blanks.
std::string notice_text(const accord::Notice& notice, const NoticeContext& context);

}  // namespace comity::wire
