// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/base/entropy.hpp"
#include "comity/wire/scenario.hpp"

#include <string>
#include <vector>

namespace comity::cli {

/// Somebody who can sign in while a scenario plays.
struct ScenarioPerson {
    std::string party;
    std::string name;  ///< of the party
    std::string sign_in;
    std::string password;
};

/// Enrols one person of each party of the scenario that is no group, with a new password. Throws
/// Failure.
std::vector<ScenarioPerson> enrol_people(const wire::Scenario& scenario, base::Disk& access,
                                         base::Entropy& entropy);

}  // namespace comity::cli
