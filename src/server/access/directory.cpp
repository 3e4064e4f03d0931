// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/directory.hpp"

#include "secret_text.hpp"
#include "stored_files.hpp"

#include "comity/ledger/replace_file.hpp"

#include <set>
#include <utility>

namespace comity::server {
namespace {

wire::FileFault fault_of(std::string_view file, const std::string& text) {
    return {
        .fault = wire::YamlFault::kConflict, .file = std::string(file), .line = 1, .text = text};
}

wire::FileFault unreadable(std::string_view file, base::DiskError error) {
    return fault_of(file, std::string(to_string(error)) + ", expected a file that can be read");
}

template <typename Map>
auto* find(const Map& map, const auto& key) {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

}  // namespace

bool Directory::read(const std::string& name, File& file) {
    const auto text = ledger::read_file(disk_, name, AccessLimits::kMaxBytes);
    if (!text) {
        const auto fault = unreadable(name, text.error());
        // Read again, whatever it holds, as soon as it can be.
        file.hash = {};
        if (file.faults == std::vector{fault}) return false;
        file.faults = {fault};
        return true;
    }
    const seal::Hash hash = hash_of(*text);
    if (hash == file.hash) return false;
    file.hash = hash;
    file.faults.clear();
    if (auto access = read_stored_as(*text, name)) {
        file.good = *std::move(access);
    } else {
        file.faults = access.error();
    }
    return true;
}

Directory::Load Directory::reload_if_changed() {
    const auto names = stored_names(disk_);
    if (!names) return {.is_changed = false, .faults = {unreadable("", names.error())}};
    Load load;
    const std::set<std::string> there(names->begin(), names->end());
    load.is_changed =
        std::erase_if(files_, [&](const auto& one) { return !there.contains(one.first); }) > 0;
    for (const std::string& name : *names) load.is_changed |= read(name, files_[name]);
    if (load.is_changed) index();
    for (const auto& [name, file] : files_) {
        load.faults.insert(load.faults.end(), file.faults.begin(), file.faults.end());
    }
    load.faults.insert(load.faults.end(), shared_.begin(), shared_.end());
    return load;
}

// In the order of the files, so that it is always the same one that comes too late.
void Directory::index() {
    shared_.clear();
    machines_.clear();
    people_.clear();
    parties_.clear();
    for (const auto& [name, file] : files_) {
        if (!file.good) continue;
        if (parties_.size() == AccessLimits::kMaxParties) {
            shared_.push_back(fault_of(name, "a party too many, expected at most " +
                                                 std::to_string(AccessLimits::kMaxParties)));
            continue;
        }
        parties_.emplace(file.good->party, &*file.good);
        add(*file.good, name);
    }
}

void Directory::add(const PartyAccess& access, const std::string& file) {
    for (const Machine& machine : access.machines) {
        const KnownMachine known{.party = access.party, .name = machine.name};
        if (machines_.emplace(machine.credential, known).second) continue;
        shared_.push_back(fault_of(file, "the credential of the machine '" + machine.name +
                                             "' is another one's, expected one of its own"));
    }
    for (const Person& person : access.people) {
        const KnownPerson known{.party = access.party, .person = person};
        if (people_.emplace(person.sign_in, known).second) continue;
        shared_.push_back(fault_of(file, "the sign_in '" + person.sign_in +
                                             "' is another one's, expected one of its own"));
    }
}

const KnownMachine* Directory::machine_by_api_key(std::string_view key) const {
    // Which also bounds what is hashed.
    if (!is_api_key(key)) return nullptr;
    return find(machines_, Credential{.kind = Credential::Kind::kApiKey, .hash = hash_of(key)});
}

const KnownMachine* Directory::machine_by_certificate(const seal::Hash& certificate) const {
    return find(machines_, Credential{.kind = Credential::Kind::kCertificate, .hash = certificate});
}

const KnownPerson* Directory::person(std::string_view sign_in) const {
    return find(people_, sign_in);
}

const PartyAccess* Directory::party(const accord::PartyId& party) const {
    const auto* found = find(parties_, party);
    return found == nullptr ? nullptr : *found;
}

std::vector<const PartyAccess*> Directory::parties() const {
    std::vector<const PartyAccess*> parties;
    parties.reserve(parties_.size());
    for (const auto& [id, access] : parties_) parties.push_back(access);
    return parties;
}

}  // namespace comity::server
