// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "replay/names.hpp"
#include "replay/page.hpp"

#include "comity/node/history.hpp"
#include "comity/wire/scenario.hpp"

#include <string>
#include <vector>

/// What a replay says before and after its timeline, for people.
namespace comity::cli {

/// Title, what it is about, who takes part.
std::string opening(const Page& page, const wire::Scenario& scenario, const Names& names);

/// Who had been told, had received, had read and had passed on what at this moment. At most
/// `max_rows` rows.
std::string moment_table(const Page& page, const node::Moment& moment, const node::History& history,
                         const Names& names, const wire::Scenario& scenario, std::size_t max_rows);

/// The assessments with their uncertainty, and what accuracies they assume.
std::string assessments(const Page& page, const wire::Scenario& scenario,
                        const node::History& history, const Names& names);

/// What the announcements were worth, a paragraph for each entry.
std::string warning_times(const Page& page, const node::History& history, const Names& names);

/// How many hold, and those that do not.
std::string expectations(const Page& page, const std::vector<node::Checked>& checked);

}  // namespace comity::cli
