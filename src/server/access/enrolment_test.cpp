// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/enrolment.hpp"

#include "test_access.hpp"

#include "comity/base/bytes.hpp"
#include "comity/base/testing/memory_disk.hpp"
#include "comity/seal/verifier_key.hpp"

#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

Enrolment enrolment_of(std::string_view text) {
    auto enrolment = read_enrolment(text, "e.yaml");
    if (!enrolment) {
        for (const auto& fault : enrolment.error()) ADD_FAILURE() << to_string(fault);
        return {};
    }
    return *std::move(enrolment);
}

TEST(Enrolment, IsReadAsAWhole) {
    const Enrolment enrolment = enrolment_of(kCoast);
    EXPECT_EQ(enrolment.party, accord::PartyId("coast-guard"));
    EXPECT_EQ(enrolment.line, 1U);
    EXPECT_EQ(enrolment.name, "Coast Guard");
    EXPECT_EQ(enrolment.keys.size(), 1U);
    EXPECT_FALSE(enrolment.group.has_value());
    ASSERT_EQ(enrolment.machines.size(), 2U);
    EXPECT_EQ(enrolment.machines[0].name, "radar");
    EXPECT_TRUE(enrolment.machines[0].is_issued);
    EXPECT_EQ(enrolment.machines[1].line, 6U);
    EXPECT_FALSE(enrolment.machines[1].is_issued);
    EXPECT_EQ(enrolment.machines[1].credential->kind, Credential::Kind::kCertificate);
    EXPECT_EQ(base::to_hex(enrolment.machines[1].credential->hash.span()).substr(0, 8), "00112233");
    ASSERT_EQ(enrolment.people.size(), 1U);
    EXPECT_EQ(enrolment.people[0].sign_in, "anna@coast.example");
    EXPECT_EQ(enrolment.people[0].roles, (std::vector<std::string>{"controller", "observer"}));
    EXPECT_TRUE(enrolment.people[0].is_issued);
}

TEST(Enrolment, LittleIsEnough) {
    const Enrolment enrolment = enrolment_of("party: a\nname: A\n");
    EXPECT_TRUE(enrolment.keys.empty() && enrolment.machines.empty() && enrolment.people.empty());
}

TEST(Enrolment, Groups) {
    const Enrolment enrolment =
        enrolment_of("party: g\nname: G\ngroup: { lead: a, members: [b, a] }\n");
    ASSERT_TRUE(enrolment.group.has_value());
    EXPECT_EQ(enrolment.group->lead, accord::PartyId("a"));
    EXPECT_EQ(enrolment.group->members.size(), 2U);
}

TEST(Enrolment, KeysInEitherForm) {
    const Enrolment plain = enrolment_of(kCoast);
    const auto named =
        seal::make_verifier_key("coast.example/key", seal::kEd25519Type, plain.keys[0].value());
    const Enrolment other = enrolment_of(
        where(kCoast, "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=", to_string(*named)));
    EXPECT_EQ(plain.keys, other.keys);
}

TEST(Enrolment, AnObserverLooksOnly) {
    EXPECT_FALSE(may_act("observer"));
    EXPECT_TRUE(may_act("controller"));
}

TEST(Enrolment, ThePagesExampleIsGood) {
    std::ifstream stream(COMITY_SOURCE_DIR "/docs/formats/enrolment.md", std::ios::binary);
    const std::string page{std::istreambuf_iterator<char>(stream), {}};
    const auto between = [&](const std::string& from) {
        const std::size_t begin = page.find(from) + from.size();
        return page.substr(begin, page.find("```", begin) - begin);
    };
    base::testing::MemoryDisk disk(1);
    const Enrolled example = enrolled(disk, between("```yaml\n"));
    EXPECT_EQ(example.issued.size(), 2U);
    // And what it shows as stored is that, but for the salt of the password.
    const std::string shown = between("```json\n");
    const auto stored = read_stored(shown, "coast-guard.json");
    ASSERT_TRUE(stored.has_value()) << to_string(stored.error().front());
    PartyAccess expected = example.access;
    ASSERT_EQ(stored->people.size(), 1U);
    expected.people[0].password_hash = stored->people[0].password_hash;
    expected.machines[0].credential = stored->machines[0].credential;
    EXPECT_EQ(*stored, expected);
}

// Every text that a name can be comes back from the stored form.
TEST(Stored, ComesBackTheSame) {
    base::testing::MemoryDisk disk(1);
    PartyAccess access = enrolled(disk, kCoast).access;
    EXPECT_EQ(read_stored(to_stored(access), "f"), access);
    for (const std::string name :
         {"\"",   "\\", "a\\\"b", "a: b", "# a",    "- a",          "'",         "~",
          "null", "{",  "[a, b]", "%",    "\u00e9", "\u6d77\u5cb8", "\\u0041",   "a\\n",
          "&a",   "*a", "!a",     "|",    ">",      "a,b",          "\U0001F6E9"}) {
        access.name = name;
        access.people[0].name = name;
        const auto back = read_stored(to_stored(access), "f");
        ASSERT_TRUE(back.has_value()) << name << ": " << to_string(back.error().front());
        EXPECT_EQ(*back, access) << name;
    }
    access.group = accord::Group{.lead = accord::PartyId("a"), .members = {accord::PartyId("a")}};
    EXPECT_EQ(read_stored(to_stored(access), "f"), access);
    access = {.party = accord::PartyId("a"), .name = "A"};
    EXPECT_EQ(read_stored(to_stored(access), "f"), access);
}

// No byte of it can be another one: it is refused, or it is a text that means what it says.
TEST(Stored, NothingElseIsRead) {
    base::testing::MemoryDisk disk(1);
    const PartyAccess access = enrolled(disk, kCoast).access;
    const std::string text = to_stored(access);
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (const char other : {' ', '"', 'x', '\n', '\0'}) {
            std::string changed = text;
            changed[at] = other;
            if (changed == text) continue;
            const auto read = read_stored(changed, "f");
            EXPECT_TRUE(!read || to_stored(*read) == changed) << at;
        }
        EXPECT_FALSE(read_stored(text.substr(0, at), "f").has_value()) << at;
    }
    EXPECT_FALSE(read_stored(text + "\n", "f").has_value());
    EXPECT_FALSE(read_stored(" " + text, "f").has_value());
    EXPECT_FALSE(read_stored(kCoast, "f").has_value()) << "an enrolment is none";
}

TEST(Stored, ANewerVersionIsSaid) {
    const std::string text = to_stored({.party = accord::PartyId("a"), .name = "A"});
    const auto read = read_stored(where(text, "\"version\":1", "\"version\":2"), "a.json");
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(to_string(read.error().front()),
              "a.json:1: '2', expected version 1, the only one known here");
}

}  // namespace
}  // namespace comity::server
