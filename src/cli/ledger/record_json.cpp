// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "ledger/record_json.hpp"

#include "comity/geo/instant.hpp"
#include "comity/seal/base64.hpp"
#include "comity/seal/dsse.hpp"

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace comity::cli {
namespace {

using nlohmann::ordered_json;
namespace node = ledger::node;

std::string text_of(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string text_of(const seal::Hash& hash) {
    return seal::encode_base64(hash.span());
}

ordered_json list_of(const std::vector<seal::Hash>& hashes) {
    ordered_json list = ordered_json::array();
    for (const seal::Hash& hash : hashes) list.push_back(text_of(hash));
    return list;
}

ordered_json json_of(const ledger::TreeHead& head) {
    return {{"size", head.size}, {"root", text_of(head.root)}};
}

ordered_json json_of(const node::LogState& state) {
    return {{"ticks", json_of(state.ticks)}, {"records", json_of(state.records)}};
}

const char* word_of(node::KeyRole role) {
    switch (role) {
        case node::KeyRole::kLog:
            return "log";
        case node::KeyRole::kParty:
            return "party";
        case node::KeyRole::kWitness:
            return "witness";
    }
    return "unknown";
}

const char* word_of(node::Level level) {
    switch (level) {
        case node::Level::kFull:
            return "full";
        case node::Level::kVolume:
            return "volume";
        case node::Level::kCells:
            return "cells";
        case node::Level::kTouch:
            return "touch";
    }
    return "unknown";
}

const char* word_of(node::SuccessionReason reason) {
    switch (reason) {
        case node::SuccessionReason::kNone:
            return "none";
        case node::SuccessionReason::kYear:
            return "year";
        case node::SuccessionReason::kRules:
            return "rules";
        case node::SuccessionReason::kLoss:
            return "loss";
    }
    return "unknown";
}

// The fields of one type of the node's records, in the order of docs/formats/record.md.
struct Fields {
    ordered_json operator()(const node::Start& r) const {
        return {{"build", r.build}, {"configuration", text_of(r.configuration)}};
    }
    ordered_json operator()(const node::Stop& r) const { return {{"reason", r.reason}}; }
    ordered_json operator()(const node::Build& r) const {
        return {{"build", r.build}, {"program", text_of(r.program)}};
    }
    ordered_json operator()(const node::Configuration& r) const {
        return {{"file", text_of(r.file)}};
    }
    ordered_json operator()(const node::KeyChange& r) const {
        return {{"role", word_of(r.role)},
                {"holder", r.holder},
                {"retired", list_of(r.retired)},
                {"introduced", list_of(r.introduced)}};
    }
    ordered_json operator()(const node::AdministratorAct& r) const {
        return {{"act", r.act}, {"object", r.object}, {"who", text_of(r.who)}};
    }
    ordered_json operator()(const node::TimeQuality& r) const {
        return {{"source", r.source},
                {"error_bound_ms", r.error_bound_ms},
                {"synchronised", r.synchronised}};
    }
    ordered_json operator()(const node::RecordingChunk& r) const {
        return {{"feed", r.feed},
                {"begin", geo::to_string_ms(r.begin)},
                {"end", geo::to_string_ms(r.end)},
                {"size", r.size},
                {"content", text_of(r.content)}};
    }
    ordered_json operator()(const node::Delivery& r) const {
        return {{"addressee", r.addressee},
                {"number", r.number},
                {"item", r.item},
                {"version", r.version},
                {"level", word_of(r.level)},
                {"content", text_of(r.content)}};
    }
    ordered_json operator()(const node::Erasure& r) const {
        return {{"reason", r.reason}, {"commitments", list_of(r.commitments)}};
    }
    ordered_json operator()(const node::Tombstone& r) const {
        return {{"object", r.object}, {"version", r.version}, {"reason", r.reason}};
    }
    ordered_json operator()(const node::TimeTick&) const { return ordered_json::object(); }
    ordered_json operator()(const node::Genesis& r) const {
        return {{"origin", r.origin},
                {"key", text_of(r.key)},
                {"reason", word_of(r.reason)},
                {"old_origin", r.old_origin},
                {"old_key", text_of(r.old_key)},
                {"old", json_of(r.old)},
                {"seen", json_of(r.seen)}};
    }
    ordered_json operator()(const node::Closing& r) const {
        return {{"reason", word_of(r.reason)}, {"successor", r.successor}, {"key", text_of(r.key)}};
    }
    ordered_json operator()(const node::Drop& r) const {
        return {{"size", r.size}, {"content", text_of(r.content)}};
    }
    ordered_json operator()(const node::State& r) const {
        return {{"name", r.name}, {"content", text_of(r.content)}};
    }
    ordered_json operator()(const node::Upgrade& r) const {
        return {{"from", r.from}, {"to", r.to}};
    }
    ordered_json operator()(const node::Restored& r) const {
        return {{"had", json_of(r.had)}, {"seen", json_of(r.seen)}};
    }
    ordered_json operator()(const node::Unknown& r) const {
        return {{"type", r.type}, {"body", seal::encode_base64(r.body)}};
    }
};

void put_content(ordered_json& out, const ledger::SignedRequest& request) {
    out["kind"] = "signed";
    const std::string text = text_of(request.dsse);
    const auto dsse = seal::parse_dsse(text);
    // Whoever wants to check the signature needs the bytes; whoever reads, the text.
    out["dsse"] = text;
    if (dsse) out["envelope"] = text_of(dsse->payload);
}

void put_content(ordered_json& out, const ledger::VouchedRequest& request) {
    out["kind"] = "vouched";
    out["envelope"] = text_of(request.payload);
}

void put_content(ordered_json& out, const ledger::NodeRecord& record) {
    out["kind"] = ledger::name_of(record);
    out["fields"] = std::visit(Fields(), record);
}

}  // namespace

ordered_json json_of(std::uint64_t number, const ledger::Record& record) {
    ordered_json out{{"record", number},          {"time", geo::to_string_ms(record.time)},
                     {"clock_error_ms", nullptr}, {"rules", record.rules},
                     {"outcome", record.outcome}, {"salt", text_of(record.salt)}};
    if (record.clock_error_ms != ledger::kUnknownClockError) {
        out["clock_error_ms"] = record.clock_error_ms;
    }
    std::visit([&](const auto& content) { put_content(out, content); }, record.content);
    return out;
}

ordered_json json_of(std::uint64_t number, const ledger::KeptTick& kept,
                     const ledger::TreeHead& log) {
    return {{"tick", number},
            {"second", kept.tick.second},
            {"records", kept.records},
            {"slots", kept.slot_count},
            {"slots_root", text_of(kept.tick.slots)},
            {"root", text_of(log.root)},
            {"signature", kept.is_signed() ? ordered_json(seal::encode_base64(kept.signature))
                                           : ordered_json(nullptr)}};
}

}  // namespace comity::cli
