// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared_data.hpp"
#include "test_bytes.hpp"
#include "test_trees.hpp"

#include "comity/ledger/attachment.hpp"
#include "comity/ledger/record.hpp"
#include "comity/ledger/tick.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// What the files of golden/v1 say.
namespace comity::ledger::golden {

inline std::string file(const std::string& name) {
    const auto folder = std::filesystem::path(COMITY_SOURCE_DIR) / "src/ledger/format/golden/v1";
    auto content = file_content(folder / name);
    if (!content) throw std::runtime_error(name + " cannot be read");
    return *std::move(content);
}

inline std::vector<std::byte> bytes(const std::string& name) {
    return from_hex(file(name + ".hex"));
}

struct NamedRecord {
    std::string name;  ///< of the file
    Record record;
};

/// 2015-11-24T07:24:05.123Z.
inline constexpr Instant kTime{std::chrono::milliseconds(1'448'349'845'123)};

/// The salt begins with `salt`.
inline NamedRecord named(std::string name, unsigned salt, decltype(Record::content) content) {
    return {.name = "record_" + std::move(name),
            .record = {.salt = counted_hash(salt),
                       .time = kTime,
                       .clock_error_ms = 50,
                       .rules = "2015-11",
                       .content = std::move(content)}};
}

/// The attachment of docs/formats/attachment.md.
inline constexpr std::string_view kContact = "Duty officer: Anna Example, +00 000 0000000";
/// The application bytes that the delivery commits to, under a key of 60, 61 ...
inline constexpr std::string_view kDelivered = R"({"item":"airspace/12","version":4})";

/// How far a log had grown, and how far it had been seen.
inline const node::LogState kLogState{.ticks = {.size = 86'400, .root = counted_hash(0x90)},
                                      .records = {.size = 1'234, .root = counted_hash(0x91)}};
inline const TreeHead kSeen{.size = 86'500, .root = counted_hash(0x92)};

/// One of each kind, and of each type of the node's, in that order.
inline std::vector<NamedRecord> records() {
    const std::string dsse = [] {
        // Made once by a program of another kind; nothing here makes the same text.
        const std::vector<std::byte> record = bytes("record_signed");
        const std::span content = std::span(record).subspan(2 + 32 + 8 + 4 + 2 + 7 + 2 + 1 + 4);
        return std::string(reinterpret_cast<const char*>(content.data()), content.size());
    }();
    const auto contact = commit(counted_hash(0).bytes, bytes_of(kContact));
    std::vector<NamedRecord> all{
        named("signed", 0x01, SignedRequest{copied(bytes_of(dsse))}),
        named("vouched", 0x02, VouchedRequest{copied(bytes_of(file("envelope_vouched.json")))}),
        named("start", 0x11, node::Start{"comity 0.1.0", counted_hash(0x80)}),
        named("stop", 0x12, node::Stop{.reason = 1}),
        named("build", 0x13, node::Build{"comity 0.1.0", counted_hash(0x81)}),
        named("configuration", 0x14, node::Configuration{counted_hash(0x82)}),
        named("key_change", 0x15,
              node::KeyChange{.role = node::KeyRole::kParty,
                              .holder = "K\u00FCstenwache",
                              .retired = {counted_hash(0x83)},
                              .introduced = {counted_hash(0x84), counted_hash(0x85)}}),
        named("administrators_act", 0x16,
              node::AdministratorAct{
                  .act = 7, .object = "party/coast-guard", .who = counted_hash(0x86)}),
        named("time_quality", 0x17,
              node::TimeQuality{.source = "ntp", .error_bound_ms = 12, .synchronised = true}),
        named("recording_chunk", 0x18,
              node::RecordingChunk{.feed = "beast-1",
                                   .begin = kTime - std::chrono::minutes(1),
                                   .end = kTime,
                                   .size = 987'654'321,
                                   .content = counted_hash(0x87)}),
        named("delivery", 0x19,
              node::Delivery{.addressee = "coast-guard",
                             .number = 42,
                             .item = "airspace/12",
                             .version = 4,
                             .level = node::Level::kCells,
                             .content = commit(counted_hash(0x60).bytes, bytes_of(kDelivered))}),
        named("erasure", 0x1A,
              node::Erasure{.reason = 2, .commitments = {contact, counted_hash(0x89)}}),
        named("tombstone", 0x1B,
              node::Tombstone{.object = "intent/7f3a", .version = 9, .reason = 1}),
        named("tick", 0x1C, node::TimeTick{}),
        named("genesis", 0x1E,
              node::Genesis{.origin = "ledger.example.org/strait-2016",
                            .key = counted_hash(0x8A),
                            .reason = node::SuccessionReason::kLoss,
                            .old_origin = "ledger.example.org/strait",
                            .old_key = counted_hash(0x8B),
                            .old = kLogState,
                            .seen = kSeen}),
        named("closing", 0x1F,
              node::Closing{.reason = node::SuccessionReason::kRules,
                            .successor = "ledger.example.org/strait-2016",
                            .key = counted_hash(0x8E)}),
        named("drop", 0x20, node::Drop{.size = 1024, .content = counted_hash(0x8C)}),
        named("state", 0x21, node::State{.name = "accord", .content = counted_hash(0x8D)}),
        named("upgrade", 0x22, node::Upgrade{.from = 1, .to = 2}),
        named("restored", 0x23, node::Restored{.had = kLogState, .seen = kSeen}),
        named("unknown", 0x1D, node::Unknown{.type = 500, .body = from_hex("00ff80")}),
    };
    all[1].record.outcome = 23;
    all[2].record.clock_error_ms = kUnknownClockError;
    all[2].record.rules = "";
    return all;
}

/// slot_party, slot_records and 14 of padding: the slots of tick.hex.
inline std::vector<Slot> slots() {
    std::vector<Slot> all{{.salt = hash_of_bytes(1),
                           .kind = SlotKind::kParty,
                           .holder = holder_of("coast-guard"),
                           .filed = {.size = 3, .root = counted_hash(0xA0)},
                           .delivered = {.size = 2, .root = counted_hash(0xB0)}},
                          {.salt = hash_of_bytes(2),
                           .kind = SlotKind::kRecords,
                           .filed = {.size = 1000, .root = counted_hash(0xC0)}}};
    while (all.size() < 16) {
        all.push_back({.salt = hash_of_bytes(static_cast<std::uint8_t>(all.size() + 1))});
    }
    return all;
}

}  // namespace comity::ledger::golden
