// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/ledger/checkpoint.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// C2SP tlog-policy: which logs and witnesses a verifier trusts, and how many of them must have
/// signed. docs/formats/tlog-policy.md has an example.
namespace comity::ledger {

/// A value. What `parse_policy` gives is whole; one that is put together by hand is the caller's.
struct Policy {
    static constexpr std::size_t kMaxBytes = std::size_t{1} << 20U;

    struct Log {
        seal::VerifierKey key;  ///< its name is the log's origin
        std::string url;        ///< empty where none is given
        friend bool operator==(const Log&, const Log&) = default;
    };
    struct Witness {
        std::string name;  ///< within this policy
        seal::VerifierKey key;
        std::string url;  ///< empty where none is given
        friend bool operator==(const Witness&, const Witness&) = default;
    };
    /// A witness or a group, by its place in the list of those.
    struct Member {
        enum class Kind { kWitness, kGroup };
        Kind kind = Kind::kWitness;
        std::size_t index = 0;
        friend bool operator==(const Member&, const Member&) = default;
    };
    /// Met where at least `threshold` of the members are. Member groups stand before it.
    struct Group {
        std::string name;
        std::size_t threshold = 1;
        std::vector<Member> members;
        friend bool operator==(const Group&, const Group&) = default;
    };

    std::vector<Log> logs;
    std::vector<Witness> witnesses;
    std::vector<Group> groups;
    std::optional<Member> quorum;  ///< absent: no cosignature is needed (`quorum none`)

    friend bool operator==(const Policy&, const Policy&) = default;
};

enum class [[nodiscard]] PolicyFault{
    kTooLarge,        ///< more than Policy::kMaxBytes
    kNoFinalNewline,  ///< the last line has no end
    kOctet,           ///< a control character other than tab and newline
    kKeyword,         ///< a line begins with none of log, witness, group, quorum
    kItemCount,       ///< too few items on the line, or too many
    kKey,             ///< not a verifier key
    kKeyType,         ///< a witness's key of a type that makes no cosignatures
    kDuplicateKey,    ///< the same public key twice among the logs, or among the witnesses
    kNameTaken,       ///< a witness or a group of this name stands before
    kNameNone,        ///< "none" names nothing but the quorum
    kUnknownName,     ///< no witness or group of this name stands before
    kMemberTwice,     ///< a member of two groups, or twice of one
    kThreshold,       ///< neither all, any, nor 1 to the number of members
    kQuorumTwice,     ///< a second quorum
    kQuorumMissing,   ///< no quorum; the line is the one behind the last
};

/// Words for a person: what was expected.
const char* to_string(PolicyFault fault);

struct PolicyError {
    PolicyFault fault;
    std::size_t line;  ///< counted from 1
    friend bool operator==(const PolicyError&, const PolicyError&) = default;
};

base::Expected<Policy, PolicyError> parse_policy(std::string_view text);

/// What it writes parses to the same policy: logs, witnesses, groups, quorum.
std::string format_policy(const Policy& policy);

/// Whether the quorum is met where these witnesses have cosigned: one flag each, in their order.
/// Another number of flags fails a check.
bool quorum_met(const Policy& policy, const std::vector<bool>& cosigned);

/// A checkpoint that holds under a policy.
struct TrustedCheckpoint {
    struct Witnessed {
        std::size_t witness;  ///< its place in the policy
        std::uint64_t time;   ///< when it says that it signed: seconds since 1970 UTC
        friend bool operator==(const Witnessed&, const Witnessed&) = default;
    };
    Checkpoint checkpoint;
    std::size_t log;  ///< its place in the policy
    std::vector<Witnessed> witnessed;
    friend bool operator==(const TrustedCheckpoint&, const TrustedCheckpoint&) = default;
};

enum class [[nodiscard]] TrustError{
    kNotACheckpoint,    ///< the note's text is no checkpoint
    kUnknownLog,        ///< no log of the policy has this origin
    kNotSigned,         ///< no line of a log of the policy that can be verified here
    kLogSignature,      ///< a log's signature does not verify
    kWitnessSignature,  ///< a cosignature by a witness of the policy does not verify
    kQuorum,            ///< too few witnesses of the policy have cosigned
};

/// Words for a person: why the checkpoint does not hold.
const char* to_string(TrustError error);

/// The checkpoint in this note, where it holds under the policy. Lines of keys that the policy does
/// not have are passed over; one line of a key that it has, and that does not verify, refuses the
/// whole (C2SP signed-note, "Signatures").
base::Expected<TrustedCheckpoint, TrustError> trust_checkpoint(const Policy& policy,
                                                               const seal::Note& note);

}  // namespace comity::ledger
