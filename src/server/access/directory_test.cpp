// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/directory.hpp"

#include "test_access.hpp"

#include "comity/base/testing/memory_disk.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::server {
namespace {

using base::testing::MemoryDisk;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kFile = "coast-guard.json";
const accord::PartyId kParty("coast-guard");

seal::Hash certificate() {
    seal::Hash hash;
    for (std::size_t i = 0; i < hash.bytes.size(); ++i) {
        hash.bytes[i] = std::byte{static_cast<unsigned char>(0x11 * (i % 16))};
    }
    return hash;
}

std::string key_of(const Enrolled& enrolled) {
    return enrolled.issued.front().secret;
}

TEST(Directory, KnowsMachinesAndPeople) {
    MemoryDisk disk(1);
    const Enrolled coast = enrolled(disk, kCoast);
    const Enrolled other = enrolled(disk, party_text("other"), 2);
    Directory directory(disk);
    EXPECT_EQ(directory.machine_by_api_key(key_of(coast)), nullptr) << "before it is loaded";
    const auto load = directory.reload_if_changed();
    EXPECT_TRUE(load.is_changed && load.faults.empty());
    ASSERT_NE(directory.machine_by_api_key(key_of(coast)), nullptr);
    EXPECT_EQ(*directory.machine_by_api_key(key_of(coast)),
              (KnownMachine{.party = kParty, .name = "radar"}));
    EXPECT_EQ(directory.machine_by_api_key(key_of(other))->party, accord::PartyId("other"));
    ASSERT_NE(directory.machine_by_certificate(certificate()), nullptr);
    EXPECT_EQ(directory.machine_by_certificate(certificate())->name, "relay");
    ASSERT_NE(directory.person("anna@coast.example"), nullptr);
    EXPECT_EQ(directory.person("anna@coast.example")->person, coast.access.people[0]);
    EXPECT_EQ(*directory.party(kParty), coast.access);
    EXPECT_THAT(directory.parties(),
                ElementsAre(directory.party(kParty), directory.party(accord::PartyId("other"))));
}

TEST(Directory, KnowsNobodyElse) {
    MemoryDisk disk(1);
    const Enrolled coast = enrolled(disk, kCoast);
    Directory directory(disk);
    directory.reload_if_changed();
    const std::string key = key_of(coast);
    for (std::string one :
         {std::string(), key + "A", key.substr(1), key.substr(7), std::string("comity_")}) {
        EXPECT_EQ(directory.machine_by_api_key(one), nullptr) << one;
    }
    std::string changed = key;
    changed[10] = changed[10] == 'A' ? 'B' : 'A';
    EXPECT_EQ(directory.machine_by_api_key(changed), nullptr);
    // A key's hash is no certificate's, nor the other way round.
    EXPECT_EQ(directory.machine_by_certificate(coast.access.machines[0].credential.hash), nullptr);
    EXPECT_EQ(directory.person("anna"), nullptr);
    EXPECT_EQ(directory.person("Anna@coast.example"), nullptr);
    EXPECT_EQ(directory.party(accord::PartyId("coast")), nullptr);
}

TEST(Directory, TakesWhatHasChanged) {
    MemoryDisk disk(1);
    Directory directory(disk);
    EXPECT_FALSE(directory.reload_if_changed().is_changed);
    const std::string first = key_of(enrolled(disk, kCoast, 1));
    EXPECT_TRUE(directory.reload_if_changed().is_changed);
    EXPECT_FALSE(directory.reload_if_changed().is_changed);
    const std::string second = key_of(enrolled(disk, kCoast, 2));
    EXPECT_NE(directory.machine_by_api_key(first), nullptr) << "not before it is loaded";
    EXPECT_TRUE(directory.reload_if_changed().is_changed);
    EXPECT_EQ(directory.machine_by_api_key(first), nullptr);
    EXPECT_NE(directory.machine_by_api_key(second), nullptr);
    ASSERT_TRUE(disk.remove(kFile).has_value());
    EXPECT_TRUE(directory.reload_if_changed().is_changed);
    EXPECT_EQ(directory.machine_by_api_key(second), nullptr) << "a party without a file is gone";
    EXPECT_TRUE(directory.parties().empty());
    EXPECT_FALSE(directory.reload_if_changed().is_changed);
}

TEST(Directory, ADamagedFileIsSaidAndTheLastGoodOneStays) {
    MemoryDisk disk(1);
    const std::string key = key_of(enrolled(disk, kCoast));
    Directory directory(disk);
    directory.reload_if_changed();
    const std::string good = content(disk, kFile);
    const std::string other = key_of(enrolled(disk, party_text("other"), 2));
    write(disk, kFile, good.substr(0, good.size() / 2));
    for (int i = 0; i < 2; ++i) {
        const auto load = directory.reload_if_changed();
        EXPECT_EQ(load.is_changed, i == 0);
        ASSERT_EQ(load.faults.size(), 1U) << "said each time";
        EXPECT_EQ(load.faults[0].file, kFile);
    }
    EXPECT_NE(directory.machine_by_api_key(key), nullptr);
    EXPECT_NE(directory.machine_by_api_key(other), nullptr) << "the others are taken";
    write(disk, kFile, good);
    EXPECT_TRUE(directory.reload_if_changed().faults.empty());
    // A directory that never saw it good knows nothing of it.
    write(disk, kFile, "x\n");
    Directory fresh(disk);
    EXPECT_EQ(fresh.reload_if_changed().faults.size(), 1U);
    EXPECT_EQ(fresh.machine_by_api_key(key), nullptr);
    EXPECT_NE(fresh.machine_by_api_key(other), nullptr);
}

TEST(Directory, AFileUnderAnotherNameIsDamaged) {
    MemoryDisk disk(1);
    enrolled(disk, kCoast);
    ASSERT_TRUE(disk.rename(kFile, "other.json").has_value());
    Directory directory(disk);
    const auto load = directory.reload_if_changed();
    ASSERT_EQ(load.faults.size(), 1U);
    EXPECT_THAT(to_string(load.faults[0]),
                HasSubstr("other.json:1: 'coast-guard', expected the party that the name"));
    EXPECT_TRUE(directory.parties().empty());
}

TEST(Directory, WhatTwoFilesHaveIsTheFirstOnes) {
    MemoryDisk disk(1);
    Enrolled coast = enrolled(disk, kCoast);
    coast.access.party = accord::PartyId("other");
    write(disk, "other.json", to_stored(coast.access));
    Directory directory(disk);
    const auto load = directory.reload_if_changed();
    ASSERT_EQ(load.faults.size(), 3U) << "two machines and a person";
    for (const auto& fault : load.faults) EXPECT_EQ(fault.file, "other.json");
    EXPECT_EQ(directory.machine_by_api_key(key_of(coast))->party, kParty);
    EXPECT_EQ(directory.person("anna@coast.example")->party, kParty);
    EXPECT_EQ(directory.reload_if_changed().faults.size(), 3U);
}

TEST(Directory, IgnoresOtherFiles) {
    MemoryDisk disk(1);
    enrolled(disk, kCoast);
    write(disk, "coast-guard.json.new", "half");
    write(disk, "README", "text");
    Directory directory(disk);
    EXPECT_TRUE(directory.reload_if_changed().faults.empty());
    EXPECT_EQ(directory.parties().size(), 1U);
}

TEST(Directory, StaysWhereTheDiskFails) {
    MemoryDisk disk(1);
    const std::string key = key_of(enrolled(disk, kCoast));
    Directory directory(disk);
    directory.reload_if_changed();
    for (std::uint64_t call = 1; call <= 4; ++call) {
        disk.fail_call(call, base::DiskError::kIo);
        EXPECT_EQ(directory.reload_if_changed().faults.size(), 1U) << call;
        EXPECT_NE(directory.machine_by_api_key(key), nullptr) << call;
        EXPECT_TRUE(directory.reload_if_changed().faults.empty()) << call;
        EXPECT_NE(directory.machine_by_api_key(key), nullptr) << call;
    }
}

TEST(Directory, SoManyParties) {
    MemoryDisk disk(1);
    for (std::size_t i = 0; i <= AccessLimits::kMaxParties; ++i) {
        const PartyAccess access{.party = accord::PartyId("p" + std::to_string(10'000 + i)),
                                 .name = "P"};
        write(disk, stored_name(access.party), to_stored(access));
    }
    Directory directory(disk);
    const auto load = directory.reload_if_changed();
    ASSERT_EQ(load.faults.size(), 1U);
    EXPECT_EQ(load.faults[0].file, "p11000.json");
    EXPECT_EQ(directory.parties().size(), AccessLimits::kMaxParties);
}

}  // namespace
}  // namespace comity::server
