// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/base/signer.hpp"
#include "comity/ledger/fork_evidence.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/ledger/witness_request.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// C2SP tlog-witness, without HTTP: who cosigns a log's checkpoints, each consistent with all that
/// it cosigned before. docs/formats/tlog-witness.md.
namespace comity::ledger {

/// The HTTP status of an answer, and when a witness gives it; the first that applies.
enum class WitnessStatus : std::uint16_t {
    kBadRequest = 400,     ///< no request, or an old size above the checkpoint's
    kNotFound = 404,       ///< a log that it does not know
    kForbidden = 403,      ///< not signed by that log
    kUnavailable = 503,    ///< it does not cosign this log now (LogCondition), or its key failed
    kConflict = 409,       ///< the old size is not the latest one, or that has another root
    kUnprocessable = 422,  ///< the proof does not verify
    kOk = 200,             ///< cosigned
};

/// What goes back to the log. A value.
struct WitnessAnswer {
    WitnessStatus status = WitnessStatus::kUnavailable;
    std::string content_type = "text/plain; charset=utf-8";
    std::string body;  ///< cosignature lines; for 409 the latest size; else words for a person
    /// The request showed that the log has two histories, whatever the status; to be told to
    /// people.
    std::optional<ForkEvidence> fork;
    bool fork_is_kept = false;  ///< durably, among the witness's files
};

/// Whether a witness cosigns a log.
enum class LogCondition : std::uint8_t {
    kCosigning,
    kNotBegun,  ///< there is no state of it: see `Witness::begin`
    kDamaged,   ///< its state cannot be read or does not check. An operator has to look at it
    kStopped,   ///< the medium failed; ends when the witness is opened again
};

/// Words for a person: what is to be done.
const char* to_string(LogCondition condition);

/// Holds one cosigning key and the latest checkpoint of each log that it knows. A resource, the
/// only one on its directory. From one thread at a time.
///
/// Under any crash and any failure of the disk that base::Disk allows, of one log:
///     1. it never cosigns two roots of one size;
///     2. it never cosigns a smaller tree than one that it cosigned before;
///     3. each tree that it cosigns begins with all that it cosigned before.
/// So a state that is lost is never taken for that of a log that was never seen.
class Witness {
  public:
    static constexpr std::string_view kSizeType = "text/x.tlog.size";
    /// Files of evidence that it keeps of one log. More say nothing more.
    static constexpr std::size_t kMaxForks = 16;

    /// A log may have several keys; their name is its origin. Fails where the directory is another
    /// witness's (kBusy) or its names cannot be made durable; the state of a log that does not
    /// check is that log's condition alone. A bad name and two equal keys fail a check. The signer
    /// and the disk outlive it.
    static base::Expected<std::unique_ptr<Witness>, base::DiskError> open(
        std::string name, base::Signer& signer, base::Disk& disk,
        const std::vector<seal::VerifierKey>& logs);

    /// Begins to cosign a log: an operator's act, since nothing but a person knows whether it was
    /// cosigned before. From nothing, for a log that this witness never cosigned; or from a
    /// checkpoint, the latest that it cosigned, where its state was lost. kNotFound: no such log.
    /// kExists: there is a state of it, whole or not (a damaged one is first taken away by hand).
    /// kRefused: the log has not signed this checkpoint. kIo: the state could not be written.
    base::Expected<void, base::DiskError> begin(std::string_view origin,
                                                const seal::Note* from = nullptr);

    /// Answers a body of `add-checkpoint`. `time` is what the cosignature says: whole seconds since
    /// 1970 UTC, below kCosignatureTimeEnd. What it answers 200 to is durable before it returns.
    WitnessAnswer add_checkpoint(std::string_view body, std::uint64_t time);

    /// Absent for a log that it does not know.
    std::optional<LogCondition> condition(std::string_view origin) const;
    /// The latest checkpoint, with its cosignature. Absent where there is none.
    std::optional<seal::Note> latest(std::string_view origin) const;

    /// The witness's verifier key.
    seal::VerifierKey key() const;

  private:
    struct Log {
        std::vector<seal::VerifierKey> keys;
        LogCondition condition = LogCondition::kNotBegun;
        TreeHead latest;
        std::optional<seal::Note> note;
    };
    using Logs = std::map<std::string, Log, std::less<>>;

    Witness(std::string name, base::Signer& signer, base::Disk& disk,
            std::unique_ptr<base::DiskLock> lock, Logs logs);

    void load(const std::string& origin, Log& log);
    // Whether `state` is now durable; the log's condition follows.
    bool persist(const std::string& origin, Log& log, const TreeHead& tree,
                 const std::optional<seal::Note>& note);
    LogCondition condition_of(const Log& log) const;

    WitnessAnswer answer(const std::string& origin, Log& log, const WitnessRequest& request,
                         const TreeHead& tree, std::uint64_t time);
    WitnessAnswer cosigned(const std::string& origin, Log& log, const WitnessRequest& request,
                           const TreeHead& tree, std::uint64_t time);
    std::optional<ForkEvidence> fork_in(const Log& log, const WitnessRequest& request,
                                        const TreeHead& tree);
    bool keep(const std::string& origin, const ForkEvidence& fork);

    std::string name_;
    base::Signer& signer_;
    base::Disk& disk_;
    std::unique_ptr<base::DiskLock> lock_;
    Logs logs_;
    // A sync of the directory failed: nothing that is told by its names is known.
    bool is_directory_unsure_ = false;
    TreeHasher hasher_;
};

}  // namespace comity::ledger
