// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/server/api.hpp"
#include "comity/server/config.hpp"

namespace comity::cli {

/// Lines on standard error, as the configuration says: text for people, or a JSON object each.
server::Log make_log(const server::Config::Log& config);

}  // namespace comity::cli
