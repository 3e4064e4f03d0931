// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace comity::recording {

/// All of a file; of a longer one than `max_bytes` the beginning, one byte more than that.
base::Expected<std::vector<std::byte>, base::DiskError> read_whole(base::Disk& disk,
                                                                   std::string_view name,
                                                                   std::size_t max_bytes);

}  // namespace comity::recording
