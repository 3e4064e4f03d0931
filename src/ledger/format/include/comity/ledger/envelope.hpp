// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/seal/hash.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Envelopes, version 1 (docs/formats/envelope.md): a request as its author says it. Values.
namespace comity::ledger {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// The payload type under which an envelope is signed (DSSE).
inline constexpr std::string_view kEnvelopeType = "application/vnd.comity.envelope.v1+json";

enum class Traffic : std::uint8_t { kLive, kExercise };

/// A checkpoint that the author had seen.
struct Seen {
    std::uint64_t size = 0;
    seal::Hash root;
    friend bool operator==(const Seen&, const Seen&) = default;
};

struct AttachmentRef {
    std::string name;
    seal::Hash commitment;
    friend bool operator==(const AttachmentRef&, const AttachmentRef&) = default;
};

struct Envelope {
    std::string to;     ///< the origin of the log
    std::string party;  ///< who says it
    /// The Ed25519 public key that signs; absent where the node vouches.
    std::optional<seal::Hash> key;
    std::string id;
    Instant sent{};
    Instant valid_until{};
    std::string operation;
    std::optional<std::string> object;
    std::optional<std::uint64_t> expected_version;
    Traffic traffic = Traffic::kLive;
    std::optional<Seen> seen;
    std::vector<AttachmentRef> attachments;
    std::string body;  ///< a JSON object, the bytes as they came
    friend bool operator==(const Envelope&, const Envelope&) = default;
};

/// The limits of docs/formats/envelope.md.
struct EnvelopeLimits {
    static constexpr std::size_t kMaxBytes = std::size_t{16} << 20;
    static constexpr std::size_t kMaxDepth = 64;
    static constexpr std::size_t kMaxOrigin = 256;
    static constexpr std::size_t kMaxText = 128;      ///< party, object
    static constexpr std::size_t kMaxShortText = 64;  ///< id, operation, an attachment's name
    static constexpr std::size_t kMaxAttachments = 64;
    static constexpr std::uint64_t kMaxNumber = (std::uint64_t{1} << 53) - 1;
};

enum class [[nodiscard]] EnvelopeFault : std::uint8_t{
    kTooLarge,            ///< more bytes than kMaxBytes
    kSyntax,              ///< no JSON object, or not UTF-8
    kTooDeep,             ///< nested deeper than kMaxDepth
    kDuplicateMember,     ///< a member twice in one object, in the body too
    kUnknownMember,       ///< a member that an envelope does not have
    kMissingMember,       ///< a member that it must have
    kMemberType,          ///< text where a number is expected, and the like
    kVersion,             ///< `v` is not 1
    kText,                ///< a text that is empty, over its limit or with a control character
    kId,                  ///< an id or operation with other characters than it may have
    kTime,                ///< no RFC 3339 time in UTC with milliseconds
    kTimeOrder,           ///< `valid_until` before `sent`
    kNumberRange,         ///< a number that is not whole, negative or over kMaxNumber
    kTraffic,             ///< neither live nor exercise
    kHash,                ///< a key, root or commitment that is not base64 of 32 bytes
    kTooManyAttachments,  ///< more than kMaxAttachments
    kAttachmentName,      ///< two attachments of one name
};

/// Words for a person: what was expected.
const char* to_string(EnvelopeFault fault);

struct EnvelopeError {
    EnvelopeFault fault;
    std::string member;  ///< at fault: "from.key"; empty of the whole
    friend bool operator==(const EnvelopeError&, const EnvelopeError&) = default;
};

/// Reads the payload of a request. The whole of it is checked, the body too.
base::Expected<Envelope, EnvelopeError> parse_envelope(std::string_view payload);

/// Writes a payload: members in the order of docs/formats/envelope.md, no blanks. What it writes
/// parses to an equal envelope; what is out of its limits is a fault here too.
base::Expected<std::string, EnvelopeError> write_envelope(const Envelope& envelope);

}  // namespace comity::ledger
