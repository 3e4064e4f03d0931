// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/record.hpp"

#include "codec.hpp"

#include <type_traits>
#include <utility>

namespace comity::ledger {
namespace {

constexpr std::uint16_t kVersion = 1;
constexpr std::size_t kIdLimit = 128;
constexpr std::size_t kShortLimit = 64;
constexpr std::size_t kOriginLimit = 256;
constexpr std::size_t kNodeTypes = std::variant_size_v<NodeRecord> - 1;

// --- The layouts: docs/formats/record.md, "Records of the node" ----------------------------------
// `Self` is const for an Encoder and not for a Decoder.

template <typename Codec, typename Self>
void head_of_tree(Codec& c, Self& head) {
    c.u64(head.size);
    c.hash(head.root);
}

template <typename Codec, typename Self>
void log_state(Codec& c, Self& state) {
    head_of_tree(c, state.ticks);
    head_of_tree(c, state.records);
}

template <typename Codec, typename Self>
void layout(Codec& c, Self& self) {
    using T = std::remove_const_t<Self>;
    if constexpr (std::is_same_v<T, node::Start>) {
        c.text(self.build, kIdLimit);
        c.hash(self.configuration);
    } else if constexpr (std::is_same_v<T, node::Stop>) {
        c.u16(self.reason);
    } else if constexpr (std::is_same_v<T, node::Build>) {
        c.text(self.build, kIdLimit);
        c.hash(self.program);
    } else if constexpr (std::is_same_v<T, node::Configuration>) {
        c.hash(self.file);
    } else if constexpr (std::is_same_v<T, node::KeyChange>) {
        c.choice8(self.role, node::KeyRole::kLog, node::KeyRole::kWitness);
        c.text(self.holder, kIdLimit);
        c.hashes8(self.retired);
        c.hashes8(self.introduced);
    } else if constexpr (std::is_same_v<T, node::AdministratorAct>) {
        c.u16(self.act);
        c.text(self.object, kIdLimit);
        c.hash(self.who);
    } else if constexpr (std::is_same_v<T, node::TimeQuality>) {
        c.text(self.source, kShortLimit);
        c.u32(self.error_bound_ms);
        c.flag(self.synchronised);
    } else if constexpr (std::is_same_v<T, node::RecordingChunk>) {
        c.text(self.feed, kShortLimit);
        c.instant(self.begin);
        c.instant(self.end);
        c.u64(self.size);
        c.hash(self.content);
    } else if constexpr (std::is_same_v<T, node::Delivery>) {
        c.text(self.addressee, kIdLimit);
        c.u64(self.number);
        c.text(self.item, kIdLimit);
        c.u64(self.version);
        c.choice8(self.level, node::Level::kFull, node::Level::kTouch);
        c.hash(self.content);
    } else if constexpr (std::is_same_v<T, node::Erasure>) {
        c.u16(self.reason);
        c.hashes16(self.commitments);
    } else if constexpr (std::is_same_v<T, node::Tombstone>) {
        c.text(self.object, kIdLimit);
        c.u64(self.version);
        c.u16(self.reason);
    } else if constexpr (std::is_same_v<T, node::Genesis>) {
        c.text(self.origin, kOriginLimit);
        c.hash(self.key);
        c.choice8(self.reason, node::SuccessionReason::kNone, node::SuccessionReason::kLoss);
        c.text(self.old_origin, kOriginLimit);
        c.hash(self.old_key);
        log_state(c, self.old);
        head_of_tree(c, self.seen);
    } else if constexpr (std::is_same_v<T, node::Closing>) {
        c.choice8(self.reason, node::SuccessionReason::kYear, node::SuccessionReason::kRules);
        c.text(self.successor, kOriginLimit);
        c.hash(self.key);
    } else if constexpr (std::is_same_v<T, node::Drop>) {
        c.u64(self.size);
        c.hash(self.content);
    } else if constexpr (std::is_same_v<T, node::State>) {
        c.text(self.name, kShortLimit);
        c.hash(self.content);
    } else if constexpr (std::is_same_v<T, node::Upgrade>) {
        c.u16(self.from);
        c.u16(self.to);
    } else if constexpr (std::is_same_v<T, node::Restored>) {
        log_state(c, self.had);
        head_of_tree(c, self.seen);
    } else {
        static_assert(std::is_same_v<T, node::TimeTick>);
    }
}

template <typename Codec, typename Self>
void head_layout(Codec& c, Self& record) {
    c.hash(record.salt);
    c.instant(record.time);
    c.u32(record.clock_error_ms);
    c.text(record.rules, kShortLimit);
    c.u16(record.outcome);
}

enum class Kind : std::uint8_t { kSigned = 1, kVouched = 2, kNode = 3 };

// --- Writing -------------------------------------------------------------------------------------

Bytes body_of(const NodeRecord& record) {
    Bytes body;
    Encoder encoder(body);
    std::visit(
        [&](const auto& r) {
            if constexpr (std::is_same_v<std::decay_t<decltype(r)>, node::Unknown>) {
                encoder.rest(r.body);
            } else {
                layout(encoder, r);
            }
        },
        record);
    return body;
}

std::uint16_t type_of(const NodeRecord& record) {
    if (const auto* unknown = std::get_if<node::Unknown>(&record)) {
        COMITY_CHECK(unknown->type == 0 || unknown->type > kNodeTypes);
        return unknown->type;
    }
    return static_cast<std::uint16_t>(record.index() + 1);
}

void encode_content(Encoder& encoder, const SignedRequest& request) {
    encoder.u8(static_cast<std::uint8_t>(Kind::kSigned));
    encoder.bytes(request.dsse, SignedRequest::kMaxBytes);
}

void encode_content(Encoder& encoder, const VouchedRequest& request) {
    encoder.u8(static_cast<std::uint8_t>(Kind::kVouched));
    encoder.bytes(request.payload, VouchedRequest::kMaxBytes);
}

void encode_content(Encoder& encoder, const NodeRecord& record) {
    encoder.u8(static_cast<std::uint8_t>(Kind::kNode));
    encoder.u16(type_of(record));
    encoder.bytes(body_of(record), node::Unknown::kMaxBytes);
}

// --- Reading -------------------------------------------------------------------------------------

// The alternative of type number kType + 1, or of a greater one.
template <std::size_t kType = 0>
base::Expected<NodeRecord, FormatError> decode_node_record(std::uint16_t type, const Bytes& body) {
    if constexpr (kType == kNodeTypes) {
        return NodeRecord(node::Unknown{.type = type, .body = body});
    } else {
        if (type != kType + 1) return decode_node_record<kType + 1>(type, body);
        std::variant_alternative_t<kType, NodeRecord> record;
        Decoder decoder(body);
        layout(decoder, record);
        return decoder.finish().map([&] { return NodeRecord(std::move(record)); });
    }
}

void decode_node_content(Decoder& decoder, Record& record) {
    std::uint16_t type = 0;
    Bytes body;
    decoder.u16(type);
    decoder.bytes(body, node::Unknown::kMaxBytes);
    if (decoder.failed()) return;
    const std::size_t body_begin = decoder.position() - body.size();
    auto decoded = decode_node_record(type, body);
    if (decoded) {
        record.content = *std::move(decoded);
    } else {
        decoder.fail(decoded.error().fault, body_begin + decoded.error().offset);
    }
}

void decode_content(Decoder& decoder, Record& record) {
    const std::size_t at = decoder.position();
    std::uint8_t kind = 0;
    decoder.u8(kind);
    if (decoder.failed()) return;
    switch (static_cast<Kind>(kind)) {
        case Kind::kSigned: {
            SignedRequest request;
            decoder.bytes(request.dsse, SignedRequest::kMaxBytes);
            record.content = std::move(request);
            return;
        }
        case Kind::kVouched: {
            VouchedRequest request;
            decoder.bytes(request.payload, VouchedRequest::kMaxBytes);
            record.content = std::move(request);
            return;
        }
        case Kind::kNode:
            decode_node_content(decoder, record);
            return;
    }
    decoder.fail(FormatFault::kUnknownKind, at);
}

}  // namespace

const char* name_of(const NodeRecord& record) {
    static constexpr const char* kNames[] = {"start",        "stop",
                                             "build",        "configuration",
                                             "key change",   "administrator's act",
                                             "time quality", "recording chunk",
                                             "delivery",     "erasure",
                                             "tombstone",    "tick",
                                             "genesis",      "closing",
                                             "drop",         "state",
                                             "upgrade",      "restored",
                                             "unknown"};
    static_assert(std::size(kNames) == std::variant_size_v<NodeRecord>);
    return kNames[record.index()];
}

std::vector<std::byte> encode(const Record& record) {
    Bytes out;
    Encoder encoder(out);
    encoder.u16(kVersion);
    head_layout(encoder, record);
    std::visit([&](const auto& content) { encode_content(encoder, content); }, record.content);
    return out;
}

base::Expected<Record, FormatError> decode_record(std::span<const std::byte> bytes) {
    Decoder decoder(bytes);
    std::uint16_t version = 0;
    decoder.u16(version);
    if (!decoder.failed() && version != kVersion) decoder.fail(FormatFault::kUnknownVersion, 0);
    Record record;
    head_layout(decoder, record);
    decode_content(decoder, record);
    if (auto finished = decoder.finish(); !finished) return base::Unexpected(finished.error());
    return record;
}

}  // namespace comity::ledger
