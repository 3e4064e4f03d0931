// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/ledger_check.hpp"
#include "comity/node/history.hpp"
#include "comity/node/scenario_run.hpp"
#include "comity/wire/scenario.hpp"

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

/// A replay as JSON Lines (docs/formats/replay.md).
namespace comity::cli {

using Json = nlohmann::ordered_json;

/// One object a line: happenings, moments, assessments, warning times, expectations, the result.
std::string replay_json(const wire::Scenario& scenario, const node::RunResult& result,
                        const std::vector<node::Checked>& checked);

/// One line; a byte that is no UTF-8 becomes the replacement character.
std::string line_of(const Json& json);

/// What a party was told of an item and did with it.
Json json_of(const accord::Notice& notice);

}  // namespace comity::cli
