// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "read_enrolment.hpp"

#include "fingerprint.hpp"

#include "comity/seal/base64.hpp"
#include "comity/seal/verifier_key.hpp"
#include "comity/server/enrolment.hpp"
#include "comity/server/password.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace comity::server {
namespace {

using wire::Fields;
using wire::Reading;
using wire::YamlFault;
using wire::YamlNode;

void refuse(Reading& reading, const YamlNode& node, YamlFault fault, std::string_view expected) {
    reading.fail(fault, node.line, wire::instead_of(node.text, expected));
}

std::string id_of(Reading& reading, const YamlNode* node) {
    const std::string_view text = word_of(reading, node);
    if (!text.empty() && !accord::is_id(text)) {
        refuse(reading, *node, YamlFault::kValue, "an id of 1 to 96 of A-Z a-z 0-9 . _ : -");
    }
    return std::string(text);
}

accord::PartyId party_of(Reading& reading, const YamlNode* node) {
    accord::PartyId party(id_of(reading, node));
    if (party.value() == accord::kNodeParty) {
        reading.fail(YamlFault::kConflict, node->line,
                     "'node' is the node itself, expected another party");
    }
    return party;
}

// Says where a value stands a second time.
template <typename Value>
void add_once(Reading& reading, std::set<Value>& seen, const Value& value, const YamlNode& node,
              std::string_view found, std::string_view expected) {
    // What is empty has been refused already.
    if (found.empty() || seen.insert(value).second) return;
    reading.fail(YamlFault::kConflict, node.line,
                 wire::instead_of(found, std::string(expected) + " once"));
}

std::optional<seal::PublicKey> key_from(std::string_view text) {
    std::vector<std::byte> bytes;
    if (auto plain = seal::decode_base64(text, seal::Hash::kSize)) {
        bytes = *std::move(plain);
    } else if (auto named = seal::parse_verifier_key(text)) {
        if (named->type == seal::kEd25519Type) bytes = std::move(named->key);
    }
    const auto key = seal::Hash::from(bytes);
    if (!key) return std::nullopt;
    return seal::PublicKey(key->bytes);
}

std::vector<seal::PublicKey> keys_of(Reading& reading, const YamlNode* node) {
    std::vector<seal::PublicKey> keys;
    std::set<seal::PublicKey> seen;
    for (const YamlNode& one : list_of(reading, node, AccessLimits::kMaxKeys)) {
        const std::string_view text = word_of(reading, &one);
        if (text.empty()) continue;
        const auto key = key_from(text);
        if (!key) {
            refuse(reading, one, YamlFault::kValue,
                   "an Ed25519 public key: 32 bytes in base64, or a verifier key (vkey)");
            continue;
        }
        add_once(reading, seen, *key, one, text, "each key");
        keys.push_back(*key);
    }
    return keys;
}

std::optional<accord::Group> group_of(Reading& reading, const YamlNode* node,
                                      const accord::PartyId& party) {
    if (node == nullptr) return std::nullopt;
    Fields fields(reading, *node, "a group");
    const YamlNode* lead = fields.need("lead");
    const YamlNode* members = fields.need("members");
    fields.finish();
    accord::Group group{.lead = party_of(reading, lead), .members = {}};
    for (const YamlNode& one : list_of(reading, members, accord::Party::kMaxMembers)) {
        const accord::PartyId member = party_of(reading, &one);
        add_once(reading, group.members, member, one, member.value(), "each member");
        if (!member.value().empty() && member == party) {
            refuse(reading, one, YamlFault::kConflict, "other parties than the group itself");
        }
    }
    if (lead != nullptr && members != nullptr && !group.members.contains(group.lead)) {
        refuse(reading, *lead, YamlFault::kConflict, "one of the members as the lead");
    }
    return group;
}

Enrolment::Machine machine_of(Reading& reading, const YamlNode& node) {
    Fields fields(reading, node, "a machine");
    Enrolment::Machine machine{.line = node.line, .name = id_of(reading, fields.need("name"))};
    const YamlNode* api_key = fields.find("api_key_sha256");
    const YamlNode* certificate = fields.find("certificate_sha256");
    machine.is_issued = flag_of(reading, fields.find("issue_api_key"));
    fields.finish();
    using enum Credential::Kind;
    for (const auto& [text, kind] :
         {std::pair(api_key, kApiKey), std::pair(certificate, kCertificate)}) {
        if (text == nullptr) continue;
        const std::string_view digits = word_of(reading, text);
        const auto hash = parse_fingerprint(digits);
        if (!digits.empty() && !hash) {
            refuse(reading, *text, YamlFault::kValue,
                   "a SHA-256 of 64 hexadecimal digits, or pairs of them with colons between");
        }
        if (hash) machine.credential = Credential{.kind = kind, .hash = *hash};
    }
    if ((api_key != nullptr) + (certificate != nullptr) + machine.is_issued > 1) {
        reading.fail(YamlFault::kConflict, node.line,
                     "more than one credential, expected one of api_key_sha256, "
                     "certificate_sha256 and issue_api_key: true");
    }
    return machine;
}

std::vector<std::string> roles_of(Reading& reading, const YamlNode* node) {
    std::vector<std::string> roles;
    std::set<std::string> seen;
    for (const YamlNode& one : list_of(reading, node, AccessLimits::kMaxRoles)) {
        roles.push_back(id_of(reading, &one));
        add_once(reading, seen, roles.back(), one, one.text, "each role");
    }
    if (node != nullptr && node->kind == wire::YamlKind::kList && node->children.empty()) {
        reading.fail(YamlFault::kRange, node->line, "no role, expected at least one role of duty");
    }
    return roles;
}

Enrolment::Person person_of(Reading& reading, const YamlNode& node) {
    Fields fields(reading, node, "a person");
    Enrolment::Person person{.line = node.line, .name = name_of(reading, fields.need("name"))};
    const YamlNode* sign_in = fields.need("sign_in");
    person.sign_in = std::string(word_of(reading, sign_in));
    if (!person.sign_in.empty() && !is_sign_in(person.sign_in)) {
        refuse(reading, *sign_in, YamlFault::kValue,
               "a name to sign in with, of 1 to 96 of A-Z a-z 0-9 . _ : @ -");
    }
    person.roles = roles_of(reading, fields.need("roles"));
    const YamlNode* hash = fields.find("password_hash");
    person.password_hash = std::string(word_of(reading, hash));
    if (!person.password_hash.empty() && !is_password_hash(person.password_hash)) {
        refuse(reading, *hash, YamlFault::kValue,
               "$argon2id$v=19$m=...,t=...,p=1$salt$hash of at most 256 MiB and 8 passes");
    }
    person.is_issued = flag_of(reading, fields.find("issue_password"));
    fields.finish();
    if (hash != nullptr && person.is_issued) {
        reading.fail(YamlFault::kConflict, node.line,
                     "more than one password, expected one of password_hash and "
                     "issue_password: true");
    }
    return person;
}

void read_machines(Reading& reading, const YamlNode* node, Enrolment& enrolment) {
    std::set<std::string> names;
    std::set<Credential> credentials;
    for (const YamlNode& one : list_of(reading, node, AccessLimits::kMaxMachines)) {
        const Enrolment::Machine& machine =
            enrolment.machines.emplace_back(machine_of(reading, one));
        add_once(reading, names, machine.name, one, machine.name, "each machine");
        if (machine.credential) {
            add_once(reading, credentials, *machine.credential, one, machine.name,
                     "each credential");
        }
    }
}

void read_people(Reading& reading, const YamlNode* node, Enrolment& enrolment) {
    std::set<std::string> names;
    std::set<std::string> sign_ins;
    for (const YamlNode& one : list_of(reading, node, AccessLimits::kMaxPeople)) {
        const Enrolment::Person& person = enrolment.people.emplace_back(person_of(reading, one));
        add_once(reading, names, person.name, one, person.name, "each person");
        add_once(reading, sign_ins, person.sign_in, one, person.sign_in, "each sign_in");
    }
}

}  // namespace

bool may_act(std::string_view role) {
    return role != kObserverRole;
}

bool is_sign_in(std::string_view text) {
    return !text.empty() && text.size() <= accord::kMaxId && std::ranges::all_of(text, [](char c) {
        return c == '@' || accord::is_id(std::string_view(&c, 1));
    });
}

Enrolment enrolment_of(Reading& reading, Fields& fields) {
    Enrolment enrolment;
    const YamlNode* party = fields.need("party");
    if (party != nullptr) enrolment.line = party->line;
    enrolment.party = party_of(reading, party);
    enrolment.name = name_of(reading, fields.need("name"));
    enrolment.keys = keys_of(reading, fields.find("keys"));
    enrolment.group = group_of(reading, fields.find("group"), enrolment.party);
    read_machines(reading, fields.find("machines"), enrolment);
    read_people(reading, fields.find("people"), enrolment);
    fields.finish();
    return enrolment;
}

base::Expected<Enrolment, std::vector<wire::FileFault>> read_enrolment(std::string_view text,
                                                                       std::string_view file) {
    const auto root =
        wire::read_yaml(text, {.what = "an enrolment", .most_bytes = AccessLimits::kMaxBytes});
    if (!root) return base::Unexpected(wire::faults_of(file, {root.error()}));
    Reading reading;
    Fields fields(reading, *root, "an enrolment");
    Enrolment enrolment = enrolment_of(reading, fields);
    if (reading.has_failed()) return base::Unexpected(wire::faults_of(file, reading.faults()));
    return enrolment;
}

}  // namespace comity::server
