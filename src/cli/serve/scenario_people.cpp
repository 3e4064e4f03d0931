// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "serve/scenario_people.hpp"

#include "failure.hpp"

#include "comity/server/enrol.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace comity::cli {

std::vector<ScenarioPerson> enrol_people(const wire::Scenario& scenario, base::Disk& access,
                                         base::Entropy& entropy) {
    std::vector<ScenarioPerson> people;
    for (const wire::ScenarioParty& party : scenario.parties) {
        if (party.group) continue;
        const std::string& id = party.id.value();
        // JSON is YAML, and quotes what a name may hold.
        const nlohmann::json enrolment{{"party", id},
                                       {"name", party.name},
                                       {"people",
                                        {{{"name", "Duty officer, " + party.name},
                                          {"sign_in", id},
                                          {"roles", {"duty-officer", "observer"}},
                                          {"issue_password", true}}}}};
        const auto enrolled = server::enrol(access, enrolment.dump(), id, entropy);
        if (!enrolled) {
            throw Failure(kBadInput, fmt::format("'{}' cannot be enrolled: {}", id,
                                                 enrolled.error().faults.empty()
                                                     ? "the disk failed"
                                                     : enrolled.error().faults.front().text));
        }
        people.push_back({.party = id,
                          .name = party.name,
                          .sign_in = id,
                          .password = enrolled->issued.front().secret});
    }
    return people;
}

}  // namespace comity::cli
