// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/release.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace comity::wire {

/// What stands in every warning.
inline constexpr std::string_view kWarningNote =
    "For collision avoidance and warning. Not evidence of intent; not identification.";

/// The bytes that leave for an addressee (docs/formats/delivery.md): one JSON object in one form,
/// with what was released and nothing more, by its level: below kFull neither owner, source,
/// aircraft nor route, at kCells the cells alone. `number` is the addressee's count.
std::string delivery_bytes(const accord::Released& released, std::uint64_t number);

}  // namespace comity::wire
