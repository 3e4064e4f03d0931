// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/filed.hpp"
#include "comity/accord/ids.hpp"
#include "comity/base/expected.hpp"
#include "comity/seal/ed25519.hpp"
#include "comity/seal/hash.hpp"
#include "comity/wire/yaml_reading.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Who may come in: what a party says of its keys, machines and people, as a person writes it
/// (docs/formats/enrolment.md) and as it is stored. No secret is in any of it, only their hashes.
namespace comity::server {

struct AccessLimits {
    static constexpr std::size_t kMaxBytes = std::size_t{1} << 20U;  ///< of one party's text
    static constexpr std::size_t kMaxParties = 1'000;
    static constexpr std::size_t kMaxKeys = accord::Party::kMaxKeys;
    static constexpr std::size_t kMaxMachines = 64;
    static constexpr std::size_t kMaxPeople = 256;
    static constexpr std::size_t kMaxRoles = 16;  ///< of one person
};

/// Whoever is on duty in this role looks and does nothing else.
inline constexpr std::string_view kObserverRole = "observer";
/// Whether somebody on duty in this role may do more than look.
bool may_act(std::string_view role);

/// Whether this can be the name that a person signs in with: 1 to 96 of `A-Z a-z 0-9 . _ : @ -`.
bool is_sign_in(std::string_view text);

/// What a machine shows to come in. A value.
struct Credential {
    enum class Kind : std::uint8_t {
        kApiKey,       ///< the hash is of the key's whole text
        kCertificate,  ///< the hash is of the certificate in DER
    };
    Kind kind = Kind::kApiKey;
    seal::Hash hash;
    friend auto operator<=>(const Credential&, const Credential&) = default;
};

struct Machine {
    std::string name;  ///< an id
    Credential credential;
    friend bool operator==(const Machine&, const Machine&) = default;
};

struct Person {
    std::string name;
    std::string sign_in;
    std::vector<std::string> roles;  ///< of duty, at least one; ids
    std::string password_hash;       ///< password.hpp
    friend bool operator==(const Person&, const Person&) = default;
};

/// One party as it is stored. Names of machines, names of people and what they sign in with differ
/// from one another. A value.
struct PartyAccess {
    accord::PartyId party{""};
    std::string name;
    std::vector<seal::PublicKey> keys;
    std::optional<accord::Group> group;
    std::vector<Machine> machines;
    std::vector<Person> people;
    friend bool operator==(const PartyAccess&, const PartyAccess&) = default;
};

/// One party as a person writes it: whoever has no credential here keeps the one that is stored, or
/// gets a new one where it is to be issued. A value.
struct Enrolment {
    struct Machine {
        std::size_t line = 0;
        std::string name;
        std::optional<Credential> credential;
        bool is_issued = false;
    };
    struct Person {
        std::size_t line = 0;
        std::string name;
        std::string sign_in;
        std::vector<std::string> roles;
        std::string password_hash;  ///< empty: none
        bool is_issued = false;
    };
    std::size_t line = 0;  ///< of `party`
    accord::PartyId party{""};
    std::string name;
    std::vector<seal::PublicKey> keys;
    std::optional<accord::Group> group;
    std::vector<Machine> machines;
    std::vector<Person> people;
};

/// Reads an enrolment. The answer to a text with faults is all of them (the first hundred).
base::Expected<Enrolment, std::vector<wire::FileFault>> read_enrolment(std::string_view text,
                                                                       std::string_view file);

/// The stored form: JSON, one line, always the same for the same party.
std::string to_stored(const PartyAccess& access);
/// Reads what `to_stored` writes, and nothing else.
base::Expected<PartyAccess, std::vector<wire::FileFault>> read_stored(std::string_view text,
                                                                      std::string_view file);

}  // namespace comity::server
