// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "stored_files.hpp"

#include "comity/server/enrol.hpp"

#include <utility>

namespace comity::server {
namespace {

constexpr std::string_view kEnding = ".json";

}  // namespace

std::string stored_name(const accord::PartyId& party) {
    return party.value() + std::string(kEnding);
}

base::Expected<std::vector<std::string>, base::DiskError> stored_names(base::Disk& access) {
    auto names = access.list();
    if (names) std::erase_if(*names, [](const auto& name) { return !name.ends_with(kEnding); });
    return names;
}

base::Expected<PartyAccess, std::vector<wire::FileFault>> read_stored_as(std::string_view text,
                                                                         const std::string& name) {
    auto access = read_stored(text, name);
    if (access && stored_name(access->party) != name) {
        return base::Unexpected(wire::faults_of(
            name, {{.fault = wire::YamlFault::kConflict,
                    .line = 1,
                    .text = wire::instead_of(access->party.value(),
                                             "the party that the name of the file says")}}));
    }
    return access;
}

}  // namespace comity::server
