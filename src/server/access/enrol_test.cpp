// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/enrol.hpp"

#include "test_access.hpp"

#include "comity/base/testing/memory_disk.hpp"

#include <cstdint>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::server {
namespace {

using base::testing::MemoryDisk;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kFile = "coast-guard.json";
constexpr std::string_view kIssueKey = "{ name: radar, issue_api_key: true }";
constexpr std::string_view kIssuePassword = "    issue_password: true\n";

// The one fault of an enrolment that cannot hold.
std::string fault_of(base::Disk& disk, std::string_view text) {
    const auto result = try_enrol(disk, text);
    if (result) return "(enrolled)";
    EXPECT_EQ(result.error().failure, EnrolFailure::kEnrolment);
    EXPECT_EQ(result.error().faults.size(), 1U);
    return to_string(result.error().faults.front());
}

TEST(Enrol, IssuesSecretsOnceAndStoresHashesOnly) {
    MemoryDisk disk(1);
    const Enrolled done = enrolled(disk, kCoast);
    EXPECT_TRUE(done.is_new);
    EXPECT_THAT(disk.list().value(), ElementsAre(kFile));
    ASSERT_EQ(done.issued.size(), 2U);
    EXPECT_EQ(done.issued[0].kind, Issued::Kind::kApiKey);
    EXPECT_EQ(done.issued[0].of, "radar");
    EXPECT_THAT(done.issued[0].secret, ::testing::StartsWith("comity_"));
    EXPECT_EQ(done.issued[1].kind, Issued::Kind::kPassword);
    EXPECT_EQ(done.issued[1].of, "anna@coast.example");
    const std::string stored = content(disk, kFile);
    EXPECT_EQ(stored, to_stored(done.access));
    for (const Issued& issued : done.issued) EXPECT_THAT(stored, Not(HasSubstr(issued.secret)));
    EXPECT_TRUE(verify_password(done.access.people[0].password_hash, done.issued[1].secret));
    EXPECT_EQ(done.access.machines[0].credential.hash,
              seal::sha256(base::bytes_of(done.issued[0].secret)));
}

TEST(Enrol, AgainKeepsWhatIsNotGivenAnew) {
    MemoryDisk disk(1);
    const Enrolled first = enrolled(disk, kCoast);
    std::string text = where(kCoast, kIssueKey, "{ name: radar }");
    text = where(text, kIssuePassword, "");
    text = where(text, "Anna B.", "Anna Berg");
    const Enrolled second = enrolled(disk, text, 2);
    EXPECT_FALSE(second.is_new);
    EXPECT_TRUE(second.issued.empty());
    EXPECT_EQ(second.access.machines, first.access.machines);
    EXPECT_EQ(second.access.people[0].name, "Anna Berg");
    EXPECT_EQ(second.access.people[0].password_hash, first.access.people[0].password_hash);
    // Whoever is not named is gone; whoever is issued one anew has another one.
    const Enrolled third = enrolled(disk, party_text("coast-guard"), 3);
    EXPECT_TRUE(third.access.people.empty());
    EXPECT_EQ(third.access.machines.size(), 1U);
    EXPECT_EQ(content(disk, kFile), to_stored(third.access));
    EXPECT_NE(enrolled(disk, party_text("coast-guard"), 4).access.machines, third.access.machines);
}

TEST(Enrol, WhoIsNewNeedsACredential) {
    MemoryDisk disk(1);
    const std::string machine = where(kCoast, kIssueKey, "{ name: radar, issue_api_key: false }");
    EXPECT_THAT(fault_of(disk, machine), HasSubstr("e.yaml:5: a new machine without a credential"));
    const std::string person = where(kCoast, kIssuePassword, "");
    EXPECT_THAT(fault_of(disk, person), HasSubstr("e.yaml:8: a new person without a password"));
    EXPECT_TRUE(disk.list().value().empty()) << "nothing half written";
    enrolled(disk, kCoast);
    const std::string before = content(disk, kFile);
    EXPECT_THAT(fault_of(disk, where(machine, "radar", "sonar")), HasSubstr("e.yaml:5: "));
    EXPECT_EQ(content(disk, kFile), before);
}

TEST(Enrol, NoTwoPartiesShareAnything) {
    MemoryDisk disk(1);
    enrolled(disk, kCoast);
    const std::string other = where(kCoast, "party: coast-guard", "party: other");
    const auto result = try_enrol(disk, other);
    ASSERT_FALSE(result.has_value());
    std::vector<std::string> said;
    for (const auto& fault : result.error().faults) said.push_back(to_string(fault));
    const std::string that =
        " that the party 'coast-guard' has, expected one that no other party "
        "has";
    EXPECT_THAT(said, ElementsAre("e.yaml:1: a key" + that, "e.yaml:6: a credential" + that,
                                  "e.yaml:8: a sign_in" + that));
    EXPECT_THAT(disk.list().value(), ElementsAre(kFile));
    enrolled(disk, kCoast, 2);
}

TEST(Enrol, AKeptCredentialIsNotGivenToAnotherMachine) {
    MemoryDisk disk(1);
    enrolled(disk, kCoast);
    const std::string hash = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    EXPECT_THAT(fault_of(disk,
                         "party: coast-guard\nname: C\nmachines:\n  - { name: relay }\n"
                         "  - { name: second, certificate_sha256: " +
                             hash + " }\n"),
                HasSubstr("e.yaml:5: 'second', expected each credential once"));
}

TEST(Enrol, ADamagedFileOfAnotherPartyStopsIt) {
    MemoryDisk disk(1);
    enrolled(disk, kCoast);
    write(disk, kFile, "{}\n");
    const auto result = try_enrol(disk, party_text("other"));
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().failure, EnrolFailure::kDamaged);
    EXPECT_EQ(result.error().faults.front().file, kFile);
    // One's own is replaced, but nothing of it is kept.
    EXPECT_THAT(fault_of(disk, where(kCoast, kIssuePassword, "")), HasSubstr("e.yaml:8: "));
    EXPECT_FALSE(enrolled(disk, kCoast).is_new);
    enrolled(disk, party_text("other"));
}

TEST(Enrol, OneAtATime) {
    MemoryDisk disk(1);
    auto lock = disk.lock();
    EXPECT_EQ(try_enrol(disk, kCoast).error().failure, EnrolFailure::kBusy);
    lock->reset();
    enrolled(disk, kCoast);
}

// Whatever fails, and whenever the power goes: the old party or the new one, whole.
TEST(Enrol, IsWholeWhateverFails) {
    constexpr std::uint64_t kSeed = 7;
    MemoryDisk counted(kSeed);
    enrolled(counted, kCoast);
    const std::uint64_t before = counted.call_count();
    enrolled(counted, party_text("coast-guard"), 2);
    const std::uint64_t calls = counted.call_count() - before;
    ASSERT_GT(calls, 5U);
    for (std::uint64_t call = 1; call <= calls; ++call) {
        MemoryDisk disk(kSeed + call);
        const std::string old = to_stored(enrolled(disk, kCoast).access);
        disk.fail_call(call, base::DiskError::kIo);
        const auto result = try_enrol(disk, party_text("coast-guard"), 2);
        EXPECT_TRUE(result || result.error().failure == EnrolFailure::kDisk) << call;
        disk.crash();
        const std::string now = content(disk, kFile);
        const auto read = read_stored(now, kFile);
        ASSERT_TRUE(read.has_value()) << call << ' ' << now;
        EXPECT_TRUE(now == old || read->people.empty()) << call;
        EXPECT_TRUE(!result || now == to_stored(result->access)) << call;
    }
}

TEST(Enrol, SoManyParties) {
    MemoryDisk disk(1);
    for (std::size_t i = 0; i < AccessLimits::kMaxParties; ++i) {
        const PartyAccess access{.party = accord::PartyId("p" + std::to_string(i)), .name = "P"};
        write(disk, stored_name(access.party), to_stored(access));
    }
    EXPECT_THAT(fault_of(disk, kCoast), HasSubstr("e.yaml:1: a party too many"));
    EXPECT_FALSE(enrolled(disk, party_text("p1")).is_new) << "one that is there already";
}

}  // namespace
}  // namespace comity::server
