// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The files of golden/v1 never change (golden/v1/README.md).
#include "golden_records.hpp"
#include "test_bytes.hpp"

#include "comity/ledger/envelope.hpp"
#include "comity/ledger/record.hpp"
#include "comity/ledger/tick.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

TEST(Golden, EachRecordIsReadAndWrittenAgainAsItWas) {
    for (const auto& [name, record] : golden::records()) {
        const std::vector<std::byte> bytes = golden::bytes(name);
        const auto decoded = decode_record(bytes);
        ASSERT_TRUE(decoded) << name << ": " << decoded.error();
        EXPECT_EQ(*decoded, record) << name;
        EXPECT_EQ(to_hex(encode(record)), to_hex(bytes)) << name;
    }
}

TEST(Golden, TheSlotsAndTheTickAreReadAndWrittenAgainAsTheyWere) {
    const std::vector<Slot> slots = golden::slots();
    const std::string_view names[] = {"slot_party", "slot_records", "slot_padding"};
    for (std::size_t i = 0; i < std::size(names); ++i) {
        const std::vector<std::byte> bytes = golden::bytes(std::string(names[i]));
        const auto decoded = decode_slot(bytes);
        ASSERT_TRUE(decoded) << names[i] << ": " << decoded.error();
        EXPECT_EQ(*decoded, slots[i]) << names[i];
        EXPECT_EQ(to_hex(encode(slots[i])), to_hex(bytes)) << names[i];
    }
    TreeHasher hasher;
    const Tick tick{.second = 1'448'349'845, .slots = SlotTree(hasher, slots).root()};
    const auto decoded = decode_tick(golden::bytes("tick"));
    ASSERT_TRUE(decoded) << decoded.error();
    EXPECT_EQ(*decoded, tick);
    EXPECT_EQ(to_hex(encode(tick)), to_hex(golden::bytes("tick")));
}

Envelope signed_envelope() {
    const auto contact = commit(counted_hash(0).bytes, bytes_of(golden::kContact));
    const auto key = from_hex("41157cde2546fe1828d3df31ad317acc5acfbac2bd765984d0fe438d664d5deb");
    return {.to = "ledger.example.org/strait",
            .party = "coast-guard",
            .key = seal::Hash::from(key),
            .id = "2015-11-24:0017",
            .sent = Instant(std::chrono::milliseconds(1'448'349'844'900)),
            .valid_until = Instant(std::chrono::milliseconds(1'448'350'144'900)),
            .operation = "intent.put",
            .object = "intent/7f3a",
            .expected_version = 3,
            .traffic = Traffic::kExercise,
            .seen = Seen{.size = 1'448'349'845, .root = counted_hash(0x20)},
            .attachments = {{.name = "contact", .commitment = contact}},
            .body = R"({"state":"accepted", "volumes":[]})"};
}

Envelope vouched_envelope() {
    const Instant sent(std::chrono::milliseconds(1'448'349'845'000));
    return {.to = "ledger.example.org/strait",
            .party = "uss-7",
            .id = "a",
            .sent = sent,
            .valid_until = sent,
            .operation = "intent.get",
            .body = "{}"};
}

TEST(Golden, TheEnvelopesAreReadAndWrittenAgainAsTheyWere) {
    const std::pair<const char*, Envelope> rows[] = {{"envelope_signed.json", signed_envelope()},
                                                     {"envelope_vouched.json", vouched_envelope()}};
    for (const auto& [name, envelope] : rows) {
        const std::string text = golden::file(name);
        const auto parsed = parse_envelope(text);
        ASSERT_TRUE(parsed) << name << ": " << to_string(parsed.error().fault)
                            << parsed.error().member;
        EXPECT_EQ(*parsed, envelope) << name;
        EXPECT_EQ(write_envelope(envelope), text) << name;
    }
}

TEST(Golden, NoFileIsLeftOut) {
    std::set<std::string> expected{
        "README.md",        "envelope_signed.json", "slot_party.hex", "envelope_vouched.json",
        "slot_records.hex", "slot_padding.hex",     "tick.hex"};
    std::set<std::size_t> types;
    for (const auto& [name, record] : golden::records()) {
        expected.insert(name + ".hex");
        if (const auto* of_node = std::get_if<NodeRecord>(&record.content)) {
            types.insert(of_node->index());
        }
    }
    EXPECT_EQ(types.size(), std::variant_size_v<NodeRecord>) << "a type without a golden file";
    std::set<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(
             std::filesystem::path(COMITY_SOURCE_DIR) / "src/ledger/format/golden/v1")) {
        found.insert(entry.path().filename());
    }
    EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace comity::ledger
