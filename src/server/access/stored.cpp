// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The stored form. It is read as an enrolment is, JSON being YAML of a kind; that it is JSON as it
// is written, to the byte, is checked by writing it again.
#include "read_enrolment.hpp"

#include "comity/base/bytes.hpp"
#include "comity/base/json_text.hpp"
#include "comity/seal/base64.hpp"
#include "comity/server/enrolment.hpp"

#include <utility>

namespace comity::server {
namespace {

constexpr std::string_view kVersion = "1";

// Puts texts between the brackets of a list, each by `put`.
template <typename Items, typename Put>
void append_list(std::string& out, const Items& items, const Put& put) {
    out += '[';
    bool is_first = true;
    for (const auto& item : items) {
        if (!std::exchange(is_first, false)) out += ',';
        put(item);
    }
    out += ']';
}

void append_member(std::string& out, std::string_view key, std::string_view text) {
    out += ",\"";
    out += key;
    out += "\":";
    base::append_json_text(out, text);
}

void append_group(std::string& out, const accord::Group& group) {
    out += ",\"group\":{\"lead\":";
    base::append_json_text(out, group.lead.value());
    out += ",\"members\":";
    append_list(out, group.members,
                [&](const auto& member) { base::append_json_text(out, member.value()); });
    out += '}';
}

void append_machine(std::string& out, const Machine& machine) {
    out += "{\"name\":";
    base::append_json_text(out, machine.name);
    const bool is_key = machine.credential.kind == Credential::Kind::kApiKey;
    append_member(out, is_key ? "api_key_sha256" : "certificate_sha256",
                  base::to_hex(machine.credential.hash.span()));
    out += '}';
}

void append_person(std::string& out, const Person& person) {
    out += "{\"name\":";
    base::append_json_text(out, person.name);
    append_member(out, "sign_in", person.sign_in);
    out += ",\"roles\":";
    append_list(out, person.roles, [&](const auto& role) { base::append_json_text(out, role); });
    append_member(out, "password_hash", person.password_hash);
    out += '}';
}

// Nobody is stored without a credential.
std::optional<PartyAccess> access_of(Enrolment enrolment) {
    PartyAccess access{.party = std::move(enrolment.party),
                       .name = std::move(enrolment.name),
                       .keys = std::move(enrolment.keys),
                       .group = std::move(enrolment.group)};
    for (Enrolment::Machine& machine : enrolment.machines) {
        if (!machine.credential) return std::nullopt;
        access.machines.push_back(
            {.name = std::move(machine.name), .credential = *machine.credential});
    }
    for (Enrolment::Person& person : enrolment.people) {
        if (person.password_hash.empty()) return std::nullopt;
        access.people.push_back({.name = std::move(person.name),
                                 .sign_in = std::move(person.sign_in),
                                 .roles = std::move(person.roles),
                                 .password_hash = std::move(person.password_hash)});
    }
    return access;
}

}  // namespace

std::string to_stored(const PartyAccess& access) {
    std::string out = "{\"version\":";
    out += kVersion;
    append_member(out, "party", access.party.value());
    append_member(out, "name", access.name);
    out += ",\"keys\":";
    append_list(out, access.keys, [&](const auto& key) {
        base::append_json_text(out, seal::encode_base64(key.value()));
    });
    if (access.group) append_group(out, *access.group);
    out += ",\"machines\":";
    append_list(out, access.machines, [&](const auto& machine) { append_machine(out, machine); });
    out += ",\"people\":";
    append_list(out, access.people, [&](const auto& person) { append_person(out, person); });
    return out + "}\n";
}

base::Expected<PartyAccess, std::vector<wire::FileFault>> read_stored(std::string_view text,
                                                                      std::string_view file) {
    const auto root = wire::read_yaml(
        text, {.what = "a party as it is stored", .most_bytes = AccessLimits::kMaxBytes});
    if (!root) return base::Unexpected(wire::faults_of(file, {root.error()}));
    wire::Reading reading;
    wire::Fields fields(reading, *root, "a party as it is stored");
    const wire::YamlNode* version = fields.need("version");
    if (version != nullptr && version->text != kVersion) {
        reading.fail(wire::YamlFault::kValue, version->line,
                     wire::instead_of(version->text, "version 1, the only one known here"));
    }
    auto access = access_of(enrolment_of(reading, fields));
    if (!reading.has_failed() && (!access || to_stored(*access) != text)) {
        reading.fail(wire::YamlFault::kConflict, 1,
                     "not as it is written by comity enrol, expected the file unchanged");
    }
    if (reading.has_failed()) return base::Unexpected(wire::faults_of(file, reading.faults()));
    return *std::move(access);
}

}  // namespace comity::server
