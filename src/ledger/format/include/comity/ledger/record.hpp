// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/ledger/format_error.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/seal/hash.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

/// Records, version 1 (docs/formats/record.md): the entries of a ledger. All types are values.
namespace comity::ledger {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// Where a record says nothing better of its clock.
inline constexpr std::uint32_t kUnknownClockError = 0xFFFFFFFF;
inline constexpr std::uint16_t kAccepted = 0;

/// A request as its author signed it: a DSSE envelope, the bytes as they came.
struct SignedRequest {
    static constexpr std::size_t kMaxBytes = std::size_t{16} << 20;
    std::vector<std::byte> dsse;
    friend bool operator==(const SignedRequest&, const SignedRequest&) = default;
};

/// A request that the node wrote down for a party: an envelope's payload without signature.
struct VouchedRequest {
    static constexpr std::size_t kMaxBytes = SignedRequest::kMaxBytes;
    std::vector<std::byte> payload;
    friend bool operator==(const VouchedRequest&, const VouchedRequest&) = default;
};

/// The records of the node itself.
namespace node {

struct Start {
    std::string build;         ///< at most 128 bytes
    seal::Hash configuration;  ///< of the configuration file
    friend bool operator==(const Start&, const Start&) = default;
};

struct Stop {
    std::uint16_t reason = 0;  ///< 0 asked for, 1 failure
    friend bool operator==(const Stop&, const Stop&) = default;
};

struct Build {
    std::string build;  ///< at most 128 bytes
    seal::Hash program;
    friend bool operator==(const Build&, const Build&) = default;
};

struct Configuration {
    seal::Hash file;
    friend bool operator==(const Configuration&, const Configuration&) = default;
};

enum class KeyRole : std::uint8_t { kLog = 1, kParty = 2, kWitness = 3 };

struct KeyChange {
    KeyRole role = KeyRole::kParty;
    std::string holder;                  ///< at most 128 bytes
    std::vector<seal::Hash> retired;     ///< Ed25519 public keys, at most 255
    std::vector<seal::Hash> introduced;  ///< the same
    friend bool operator==(const KeyChange&, const KeyChange&) = default;
};

struct AdministratorAct {
    std::uint16_t act = 0;
    std::string object;  ///< at most 128 bytes
    seal::Hash who;      ///< a commitment (attachment.hpp)
    friend bool operator==(const AdministratorAct&, const AdministratorAct&) = default;
};

struct TimeQuality {
    std::string source;  ///< at most 64 bytes
    std::uint32_t error_bound_ms = kUnknownClockError;
    bool synchronised = false;
    friend bool operator==(const TimeQuality&, const TimeQuality&) = default;
};

struct RecordingChunk {
    std::string feed;  ///< at most 64 bytes
    Instant begin{};
    Instant end{};
    std::uint64_t size = 0;  ///< bytes
    seal::Hash content;
    friend bool operator==(const RecordingChunk&, const RecordingChunk&) = default;
};

enum class Level : std::uint8_t { kFull = 1, kVolume = 2, kCells = 3, kTouch = 4 };

struct Delivery {
    std::string addressee;     ///< at most 128 bytes
    std::uint64_t number = 0;  ///< 1, 2, 3 ... of this addressee
    std::string item;          ///< at most 128 bytes
    std::uint64_t version = 0;
    Level level = Level::kFull;
    seal::Hash content;  ///< a commitment to the application bytes that left (attachment.hpp)
    friend bool operator==(const Delivery&, const Delivery&) = default;
};

struct Erasure {
    std::uint16_t reason = 0;
    /// Whose keys were destroyed; at most 32,767, since the body of a record has at most 1 MiB.
    std::vector<seal::Hash> commitments;
    friend bool operator==(const Erasure&, const Erasure&) = default;
};

struct Tombstone {
    std::string object;  ///< at most 128 bytes
    std::uint64_t version = 0;
    std::uint16_t reason = 0;
    friend bool operator==(const Tombstone&, const Tombstone&) = default;
};

/// Time went on and a timer was due.
struct TimeTick {
    friend bool operator==(const TimeTick&, const TimeTick&) = default;
};

/// How much a log had grown: its public log, and its sequence of records.
struct LogState {
    TreeHead ticks;
    TreeHead records;
    friend bool operator==(const LogState&, const LogState&) = default;
};

/// Why a ledger follows another.
enum class SuccessionReason : std::uint8_t {
    kNone = 0,   ///< it follows none
    kYear = 1,   ///< the old one was closed because it was long enough
    kRules = 2,  ///< the rules changed
    kLoss = 3,   ///< records of the old one were lost
};

/// The first record of each ledger. Where it follows none, what is said of the old one is empty and
/// zero.
struct Genesis {
    std::string origin;  ///< of the log; at most 256 bytes
    seal::Hash key;      ///< the log's Ed25519 public key
    SuccessionReason reason = SuccessionReason::kNone;
    std::string old_origin;  ///< at most 256 bytes
    seal::Hash old_key;
    LogState old;  ///< as far as it is known record by record
    TreeHead
        seen;  ///< the greatest checkpoint of the old one that anybody showed; the gap is between
    friend bool operator==(const Genesis&, const Genesis&) = default;
};

/// The last record of a ledger: nothing follows it but the tick over it.
struct Closing {
    SuccessionReason reason = SuccessionReason::kYear;  ///< not kNone, and not kLoss
    std::string successor;                              ///< its origin, at most 256 bytes
    seal::Hash key;                                     ///< its log's Ed25519 public key
    friend bool operator==(const Closing&, const Closing&) = default;
};

/// At opening, the store ended with a group that was never answered, and dropped it.
struct Drop {
    std::uint64_t size = 0;  ///< bytes
    seal::Hash content;      ///< their SHA-256
    friend bool operator==(const Drop&, const Drop&) = default;
};

/// What the records before this one led to.
struct State {
    std::string name;  ///< which state; at most 64 bytes
    seal::Hash content;
    friend bool operator==(const State&, const State&) = default;
};

/// From here on the store is written in a newer format.
struct Upgrade {
    std::uint16_t from = 0;
    std::uint16_t to = 0;
    friend bool operator==(const Upgrade&, const Upgrade&) = default;
};

/// After a restore, records that the backup did not have were taken back from receipts, and led to
/// the same history.
struct Restored {
    LogState had;   ///< of the backup
    TreeHead seen;  ///< the greatest checkpoint that anybody showed, which it has again
    friend bool operator==(const Restored&, const Restored&) = default;
};

/// Of a type that this reader does not know: kept as it is.
struct Unknown {
    static constexpr std::size_t kMaxBytes = std::size_t{1} << 20;
    std::uint16_t type = 0;
    std::vector<std::byte> body;
    friend bool operator==(const Unknown&, const Unknown&) = default;
};

}  // namespace node

/// In the order of their type numbers, 1 to 18; `Unknown` last.
using NodeRecord =
    std::variant<node::Start, node::Stop, node::Build, node::Configuration, node::KeyChange,
                 node::AdministratorAct, node::TimeQuality, node::RecordingChunk, node::Delivery,
                 node::Erasure, node::Tombstone, node::TimeTick, node::Genesis, node::Closing,
                 node::Drop, node::State, node::Upgrade, node::Restored, node::Unknown>;

/// The name of the type in docs/formats/record.md: "start", "key change", "unknown".
const char* name_of(const NodeRecord& record);

struct Record {
    seal::Hash salt;
    Instant time{};
    std::uint32_t clock_error_ms = kUnknownClockError;
    std::string rules;  ///< at most 64 bytes
    std::uint16_t outcome = kAccepted;
    std::variant<SignedRequest, VouchedRequest, NodeRecord> content;
    friend bool operator==(const Record&, const Record&) = default;
};

/// Texts and lists within their limits, else a check fails.
std::vector<std::byte> encode(const Record& record);

/// What decodes encodes to the same bytes.
base::Expected<Record, FormatError> decode_record(std::span<const std::byte> bytes);

}  // namespace comity::ledger
