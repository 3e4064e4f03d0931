// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Each fault of an enrolment with its line and words, and that all of them are said.
#include "test_access.hpp"

#include "comity/seal/verifier_key.hpp"

#include <cstddef>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

using enum wire::YamlFault;

struct Row {
    std::string text;
    wire::YamlFault fault;
    std::size_t line;
    const char* words;  // are part of what is said
};

void expect_faults(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        const auto enrolment = read_enrolment(row.text, "e.yaml");
        ASSERT_FALSE(enrolment.has_value()) << row.words << '\n' << row.text;
        ASSERT_EQ(enrolment.error().size(), 1U) << to_string(enrolment.error()[1]);
        const wire::FileFault& fault = enrolment.error().front();
        EXPECT_EQ(fault.fault, row.fault) << fault.text;
        EXPECT_EQ(fault.line, row.line) << fault.text;
        EXPECT_EQ(fault.file, "e.yaml");
        EXPECT_NE(fault.text.find(row.words), std::string::npos)
            << "said: " << fault.text << "\nwanted: " << row.words;
        EXPECT_NE(fault.text.find("expected"), std::string::npos) << fault.text;
    }
}

Row coast_where(std::string_view before, std::string_view after, wire::YamlFault fault,
                std::size_t line, const char* words) {
    return {where(kCoast, before, after), fault, line, words};
}

Row party_with(const std::string& keys, wire::YamlFault fault, const char* words) {
    return {"party: a\nname: A\n" + keys, fault, 3, words};
}

TEST(EnrolmentFaults, OfTheParty) {
    expect_faults({
        {"", kSyntax, 1, "an empty text, expected an enrolment"},
        {"[]\n", kKind, 1, "a list, expected the keys of an enrolment"},
        {std::string(AccessLimits::kMaxBytes + 1, '#'), kTooLarge, 1, "expected at most 1048576"},
        coast_where("party: coast-guard\n", "", kMissingKey, 1, "without 'party'"),
        coast_where("name: Coast Guard\n", "", kMissingKey, 1, "without 'name'"),
        coast_where("coast-guard", "coast guard", kValue, 1, "expected an id"),
        coast_where("coast-guard", "node", kConflict, 1, "'node' is the node itself"),
        coast_where("keys:", "kees:", kUnknownKey, 3, "unknown key 'kees'"),
        party_with("keys: [AAAA]\n", kValue, "'AAAA', expected an Ed25519 public key"),
        party_with("keys: [a key]\n", kValue, "or a verifier key"),
        party_with("keys: AAAA\n", kKind, "a text, expected a list"),
        party_with("group: { lead: b, members: [c] }\n", kConflict, "one of the members"),
        party_with("group: { lead: a, members: [a] }\n", kConflict, "than the group itself"),
        party_with("group: { lead: b, members: [b, b] }\n", kConflict, "each member once"),
        party_with("group: { lead: b }\n", kMissingKey, "a group without 'members'"),
        party_with("group: { lead: b, members: [b, node] }\n", kConflict, "the node itself"),
    });
}

TEST(EnrolmentFaults, OfKeys) {
    const std::string key = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=";
    const auto of_witness = seal::make_verifier_key("w", seal::kCosignatureV1Type,
                                                    read_enrolment(kCoast, "")->keys[0].value());
    expect_faults({
        party_with("keys: [" + key + ", " + key + "]\n", kConflict, "expected each key once"),
        party_with("keys: [" + to_string(*of_witness) + "]\n", kValue, "expected an Ed25519"),
        party_with("keys: [a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a]\n", kTooMany,
                   "17 items, expected at most 16"),
    });
}

TEST(EnrolmentFaults, OfMachines) {
    const std::string hash(64, 'a');
    expect_faults({
        party_with("machines: {}\n", kKind, "a mapping, expected a list"),
        party_with("machines: [{ issue_api_key: true }]\n", kMissingKey, "without 'name'"),
        party_with("machines: [{ name: a b }]\n", kValue, "expected an id"),
        party_with("machines: [{ name: m, key: x }]\n", kUnknownKey, "unknown key 'key'"),
        party_with("machines: [{ name: m, api_key_sha256: abc }]\n", kValue,
                   "a SHA-256 of 64 hexadecimal digits"),
        party_with("machines: [{ name: m, certificate_sha256: abc }]\n", kValue,
                   "a SHA-256 of 64 hexadecimal digits"),
        party_with("machines: [{ name: m, issue_api_key: yes }]\n", kValue, "false or true"),
        party_with("machines: [{ name: m, issue_api_key: true, api_key_sha256: " + hash + " }]\n",
                   kConflict, "more than one credential"),
        party_with("machines: [{ name: m, certificate_sha256: " + hash +
                       ", api_key_sha256: " + hash + " }]\n",
                   kConflict, "more than one credential"),
        party_with("machines: [{ name: m }, { name: m }]\n", kConflict, "each machine once"),
        party_with("machines: [{ name: m, api_key_sha256: " + hash +
                       " }, { name: n, api_key_sha256: " + hash + " }]\n",
                   kConflict, "each credential once"),
    });
    std::string many = "machines:\n";
    for (int i = 0; i < 65; ++i) many += "- name: m" + std::to_string(i) + "\n";
    expect_faults({{"party: a\nname: A\n" + many, kTooMany, 4, "65 items, expected at most 64"}});
}

TEST(EnrolmentFaults, OfPeople) {
    const std::string anna = "{ name: Anna, sign_in: anna, roles: [controller]";
    expect_faults({
        coast_where("Anna B.", "''", kValue, 8, "expected a word"),
        coast_where("    sign_in: anna@coast.example\n", "", kMissingKey, 8, "without 'sign_in'"),
        coast_where("anna@coast.example", "anna b", kValue, 9, "a name to sign in with"),
        coast_where("anna@coast.example", std::string(97, 'a'), kValue, 9, "of 1 to 96"),
        coast_where("[controller, observer]", "[]", kRange, 10, "at least one role of duty"),
        coast_where("controller,", "duty officer,", kValue, 10, "expected an id"),
        coast_where("controller,", "observer,", kConflict, 10, "each role once"),
        coast_where("issue_password: true", "password: secret", kUnknownKey, 11, "'password'"),
        coast_where("issue_password: true", "password_hash: secret", kValue, 11, "$argon2id$"),
        party_with("people: [" + anna + ", issue_password: true, password_hash: \"" +
                       hash_password("a", PasswordCost::least()) + "\" }]\n",
                   kConflict, "more than one password"),
        party_with("people: [" + anna + " }, { name: Anna, sign_in: b, roles: [r] }]\n", kConflict,
                   "each person once"),
        party_with("people: [" + anna + " }, { name: Ben, sign_in: anna, roles: [r] }]\n",
                   kConflict, "each sign_in once"),
    });
    std::string many = "people:\n";
    for (int i = 0; i < 257; ++i) {
        const std::string number = std::to_string(i);
        many += "- { name: p" + number + ", sign_in: p" + number + ", roles: [r] }\n";
    }
    std::string roles = "r0";
    for (int i = 1; i < 17; ++i) roles += ", r" + std::to_string(i);
    expect_faults({
        {"party: a\nname: A\n" + many, kTooMany, 4, "257 items, expected at most 256"},
        coast_where("[controller, observer]", "[" + roles + "]", kTooMany, 10, "at most 16"),
    });
}

TEST(EnrolmentFaults, AreAllSaid) {
    const auto enrolment = read_enrolment(
        "party: a b\n"
        "keys: [x]\n"
        "machines:\n"
        "  - { name: m, key: k }\n"
        "  - { name: m, api_key_sha256: z }\n"
        "people:\n"
        "  - { name: P, sign_in: 'a b', roles: [] }\n",
        "e.yaml");
    ASSERT_FALSE(enrolment.has_value());
    std::vector<std::string> said;
    for (const wire::FileFault& fault : enrolment.error()) {
        said.push_back(to_string(fault).substr(0, to_string(fault).find(", expected")));
    }
    EXPECT_EQ(said, (std::vector<std::string>{
                        "e.yaml:1: 'a b'", "e.yaml:1: an enrolment without 'name'", "e.yaml:2: 'x'",
                        "e.yaml:4: unknown key 'key'", "e.yaml:5: 'z'", "e.yaml:5: 'm'",
                        "e.yaml:7: 'a b'", "e.yaml:7: no role"}));
}

}  // namespace
}  // namespace comity::server
