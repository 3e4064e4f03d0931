// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/enrol.hpp"

#include "secret_text.hpp"
#include "stored_files.hpp"

#include "comity/base/bytes.hpp"
#include "comity/base/check.hpp"
#include "comity/ledger/replace_file.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace comity::server {
namespace {

using base::Unexpected;
using wire::YamlError;
using wire::YamlFault;

EnrolError of_disk(std::string where, base::DiskError error) {
    return {.failure = error == base::DiskError::kBusy ? EnrolFailure::kBusy : EnrolFailure::kDisk,
            .faults = {},
            .where = std::move(where),
            .disk = error};
}

EnrolError of_faults(EnrolFailure failure, std::vector<wire::FileFault> faults) {
    return {.failure = failure, .faults = std::move(faults), .where = {}};
}

// What is stored: the party's own, where it can be read, and all others.
struct Stored {
    std::optional<PartyAccess> own;
    std::vector<PartyAccess> others;
    bool has_own_file = false;
};

base::Expected<Stored, EnrolError> read_all(base::Disk& access, const accord::PartyId& party) {
    const auto names = stored_names(access);
    if (!names) return Unexpected(of_disk({}, names.error()));
    Stored stored;
    std::vector<wire::FileFault> damaged;
    for (const std::string& name : *names) {
        const bool is_own = name == stored_name(party);
        const auto text = ledger::read_file(access, name, AccessLimits::kMaxBytes);
        if (!text) return Unexpected(of_disk(name, text.error()));
        auto read = read_stored_as(*text, name);
        stored.has_own_file |= is_own;
        if (!read) {
            // The own one is replaced whole, whatever it is.
            if (!is_own) damaged.insert(damaged.end(), read.error().begin(), read.error().end());
        } else if (is_own) {
            stored.own = *std::move(read);
        } else {
            stored.others.push_back(*std::move(read));
        }
    }
    if (!damaged.empty()) return Unexpected(of_faults(EnrolFailure::kDamaged, std::move(damaged)));
    return stored;
}

// What only one party can have, and who has it.
class Taken {
  public:
    explicit Taken(const std::vector<PartyAccess>& others) {
        for (const PartyAccess& one : others) {
            for (const auto& key : one.keys) keys_.emplace(key, one.party);
            for (const auto& machine : one.machines) {
                credentials_.emplace(machine.credential, one.party);
            }
            for (const auto& person : one.people) sign_ins_.emplace(person.sign_in, one.party);
        }
    }

    void check(const Enrolment& enrolment, std::vector<YamlError>& faults) const {
        for (const auto& key : enrolment.keys) {
            refuse(keys_, key, enrolment.line, "a key", faults);
        }
        for (const auto& machine : enrolment.machines) {
            if (!machine.credential) continue;
            refuse(credentials_, *machine.credential, machine.line, "a credential", faults);
        }
        for (const auto& person : enrolment.people) {
            refuse(sign_ins_, person.sign_in, person.line, "a sign_in", faults);
        }
    }

  private:
    template <typename Value>
    static void refuse(const std::map<Value, accord::PartyId>& taken, const Value& value,
                       std::size_t line, const char* what, std::vector<YamlError>& faults) {
        const auto found = taken.find(value);
        if (found == taken.end()) return;
        faults.push_back({.fault = YamlFault::kConflict,
                          .line = line,
                          .text = std::string(what) + " that the party '" + found->second.value() +
                                  "' has, expected one that no other party has"});
    }

    std::map<seal::PublicKey, accord::PartyId> keys_;
    std::map<Credential, accord::PartyId> credentials_;
    std::map<std::string, accord::PartyId> sign_ins_;
};

// Gives everybody the credential that is stored where there is none to take or to issue.
void keep_credentials(Enrolment& enrolment, const std::optional<PartyAccess>& own,
                      std::vector<YamlError>& faults) {
    const auto missing = [&](std::size_t line, const std::string& text) {
        faults.push_back({.fault = YamlFault::kMissingKey, .line = line, .text = text});
    };
    for (Enrolment::Machine& machine : enrolment.machines) {
        if (machine.credential || machine.is_issued) continue;
        if (own) {
            const auto found = std::ranges::find(own->machines, machine.name, &Machine::name);
            if (found != own->machines.end()) machine.credential = found->credential;
        }
        if (machine.credential) continue;
        missing(machine.line,
                "a new machine without a credential, expected api_key_sha256, certificate_sha256 "
                "or issue_api_key: true");
    }
    for (Enrolment::Person& person : enrolment.people) {
        if (!person.password_hash.empty() || person.is_issued) continue;
        if (own) {
            const auto found = std::ranges::find(own->people, person.sign_in, &Person::sign_in);
            if (found != own->people.end()) person.password_hash = found->password_hash;
        }
        if (!person.password_hash.empty()) continue;
        missing(person.line,
                "a new person without a password, expected password_hash or issue_password: true");
    }
}

// A credential that was kept may be given to another machine in the same text.
void check_shared(const Enrolment& enrolment, std::vector<YamlError>& faults) {
    std::set<Credential> seen;
    for (const Enrolment::Machine& machine : enrolment.machines) {
        if (!machine.credential || seen.insert(*machine.credential).second) continue;
        faults.push_back({.fault = YamlFault::kConflict,
                          .line = machine.line,
                          .text = wire::instead_of(machine.name, "each credential once")});
    }
}

Enrolled issue(Enrolment enrolment, base::Entropy& entropy, const PasswordCost& cost) {
    Enrolled enrolled;
    PartyAccess& access = enrolled.access;
    access = {.party = std::move(enrolment.party),
              .name = std::move(enrolment.name),
              .keys = std::move(enrolment.keys),
              .group = std::move(enrolment.group)};
    for (const Enrolment::Machine& machine : enrolment.machines) {
        Credential credential = machine.credential.value_or(Credential{});
        if (machine.is_issued) {
            const std::string key = make_api_key(entropy);
            credential = {.kind = Credential::Kind::kApiKey, .hash = hash_of(key)};
            enrolled.issued.push_back(
                {.kind = Issued::Kind::kApiKey, .of = machine.name, .secret = key});
        }
        access.machines.push_back({.name = machine.name, .credential = credential});
    }
    for (const Enrolment::Person& person : enrolment.people) {
        std::string hash = person.password_hash;
        if (person.is_issued) {
            const std::string password = make_password(entropy);
            hash = hash_password(password, cost);
            enrolled.issued.push_back(
                {.kind = Issued::Kind::kPassword, .of = person.sign_in, .secret = password});
        }
        access.people.push_back({.name = person.name,
                                 .sign_in = person.sign_in,
                                 .roles = person.roles,
                                 .password_hash = hash});
    }
    return enrolled;
}

}  // namespace

base::Expected<Enrolled, EnrolError> enrol(base::Disk& access, std::string_view text,
                                           std::string_view file, base::Entropy& entropy,
                                           const PasswordCost& cost) {
    auto enrolment = read_enrolment(text, file);
    if (!enrolment) return Unexpected(of_faults(EnrolFailure::kEnrolment, enrolment.error()));
    const auto lock = access.lock();
    if (!lock) return Unexpected(of_disk({}, lock.error()));
    const auto stored = read_all(access, enrolment->party);
    if (!stored) return Unexpected(stored.error());
    std::vector<YamlError> faults;
    if (!stored->has_own_file && stored->others.size() >= AccessLimits::kMaxParties) {
        faults.push_back({.fault = YamlFault::kTooMany,
                          .line = enrolment->line,
                          .text = "a party too many, expected at most " +
                                  std::to_string(AccessLimits::kMaxParties)});
    }
    Taken(stored->others).check(*enrolment, faults);
    keep_credentials(*enrolment, stored->own, faults);
    if (faults.empty()) check_shared(*enrolment, faults);
    if (!faults.empty()) {
        return Unexpected(
            of_faults(EnrolFailure::kEnrolment, wire::faults_of(file, std::move(faults))));
    }
    Enrolled enrolled = issue(*std::move(enrolment), entropy, cost);
    enrolled.is_new = !stored->has_own_file;
    const std::string bytes = to_stored(enrolled.access);
    COMITY_CHECK(bytes.size() <= AccessLimits::kMaxBytes);
    const std::string name = stored_name(enrolled.access.party);
    if (auto done = ledger::replace_file(access, name, base::bytes_of(bytes)); !done) {
        return Unexpected(of_disk(name, done.error().error));
    }
    return enrolled;
}

}  // namespace comity::server
