// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/witness.hpp"

#include "witness_state.hpp"

#include "comity/base/check.hpp"
#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/base/signer.hpp"
#include "comity/ledger/checkpoint.hpp"
#include "comity/ledger/compare.hpp"
#include "comity/ledger/cosignature.hpp"
#include "comity/ledger/fork_evidence.hpp"
#include "comity/ledger/replace_file.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/ledger/witness_request.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace comity::ledger {
namespace {

using base::DiskError;
using base::Expected;
using base::Unexpected;

WitnessAnswer words(WitnessStatus status, std::string_view what) {
    WitnessAnswer answer;
    answer.status = status;
    answer.body = std::string(what) + '\n';
    return answer;
}

WitnessAnswer conflict(const TreeHead& latest) {
    WitnessAnswer answer;
    answer.status = WitnessStatus::kConflict;
    answer.content_type = Witness::kSizeType;
    answer.body = std::to_string(latest.size) + '\n';
    return answer;
}

/// The note with the lines of these keys alone: what others added says nothing of the log.
seal::Note signed_by(const std::vector<seal::VerifierKey>& keys, const seal::Note& note) {
    seal::Note own{.text = note.text, .signatures = {}};
    for (const seal::NoteSignature& line : note.signatures) {
        const auto is_of = [&](const seal::VerifierKey& key) { return line.is_of(key); };
        if (std::ranges::any_of(keys, is_of)) own.signatures.push_back(line);
    }
    return own;
}

/// The line as a note has it.
std::string line_text(const std::string& text, const seal::NoteSignature& line) {
    return to_string(seal::Note{.text = text, .signatures = {line}}).substr(text.size() + 1);
}

/// Whether `tree` begins with `old`: as verify_consistency, and from the empty tree as C2SP
/// tlog-witness wants it, which an empty proof is enough for.
bool extends(TreeHasher& hasher, const TreeHead& old, const Proof& proof, const TreeHead& tree) {
    if (old.size == 0) return proof.empty();
    return verify_consistency(hasher, old, proof, tree).has_value();
}

}  // namespace

const char* to_string(LogCondition condition) {
    switch (condition) {
        case LogCondition::kCosigning:
            return "the log is cosigned";
        case LogCondition::kNotBegun:
            return "there is no state of this log: an operator begins it";
        case LogCondition::kDamaged:
            return "the state of this log does not check: an operator has to look at it";
        case LogCondition::kStopped:
            return "the medium failed: the witness has to be opened again";
    }
    return "unknown condition";
}

Witness::Witness(std::string name, base::Signer& signer, base::Disk& disk,
                 std::unique_ptr<base::DiskLock> lock, Logs logs)
    : name_(std::move(name)),
      signer_(signer),
      disk_(disk),
      lock_(std::move(lock)),
      logs_(std::move(logs)) {}

Expected<std::unique_ptr<Witness>, DiskError> Witness::open(
    std::string name, base::Signer& signer, base::Disk& disk,
    const std::vector<seal::VerifierKey>& logs) {
    COMITY_CHECK(seal::is_key_name(name));
    Logs known;
    for (const seal::VerifierKey& key : logs) {
        auto& keys = known[key.name].keys;
        COMITY_CHECK(std::ranges::find(keys, key) == keys.end());
        keys.push_back(key);
    }
    auto lock = disk.lock();
    if (!lock) return Unexpected(lock.error());
    std::unique_ptr<Witness> witness(
        new Witness(std::move(name), signer, disk, *std::move(lock), std::move(known)));
    for (auto& [origin, log] : witness->logs_) witness->load(origin, log);
    return witness;
}

void Witness::load(const std::string& origin, Log& log) {
    const auto text = read_file(disk_, state_file_name(origin), WitnessState::kMaxBytes);
    if (!text) {
        const bool is_absent = text.error() == DiskError::kNotFound;
        log.condition = is_absent ? LogCondition::kNotBegun : LogCondition::kDamaged;
        return;
    }
    auto state = parse_state(*text, origin, log.keys);
    if (!state) {
        log.condition = LogCondition::kDamaged;
        return;
    }
    log.condition = LogCondition::kCosigning;
    log.latest = state->latest;
    log.note = std::move(state->note);
    // A name that can be read need not be durable: whoever wrote it may have ended before its sync,
    // or that failed. Written anew, it is.
    if (!persist(origin, log, log.latest, log.note)) log.condition = LogCondition::kStopped;
}

bool Witness::persist(const std::string& origin, Log& log, const TreeHead& tree,
                      const std::optional<seal::Note>& note) {
    const WitnessState state{.latest = tree, .note = note};
    const std::string text = format_state(origin, state);
    const auto replaced =
        replace_file(disk_, state_file_name(origin), std::as_bytes(std::span(text)));
    if (replaced) {
        log.condition = LogCondition::kCosigning;
        log.latest = tree;
        log.note = note;
        return true;
    }
    switch (replaced.error().left) {
        case ReplaceFailure::kUnchanged:
            break;
        case ReplaceFailure::kUnsure:
            log.condition = LogCondition::kStopped;
            break;
        case ReplaceFailure::kUnsureDirectory:
            is_directory_unsure_ = true;
            break;
    }
    return false;
}

LogCondition Witness::condition_of(const Log& log) const {
    const bool is_stopped = is_directory_unsure_ && log.condition == LogCondition::kCosigning;
    return is_stopped ? LogCondition::kStopped : log.condition;
}

Expected<void, DiskError> Witness::begin(std::string_view origin, const seal::Note* from) {
    const auto found = logs_.find(origin);
    if (found == logs_.end()) return Unexpected(DiskError::kNotFound);
    auto& [name, log] = *found;
    if (log.condition != LogCondition::kNotBegun) return Unexpected(DiskError::kExists);
    if (is_directory_unsure_) return Unexpected(DiskError::kIo);
    WitnessState state;
    if (from != nullptr) {
        const auto tree = tree_signed_by(log.keys, *from);
        if (!tree) return Unexpected(DiskError::kRefused);
        state = {.latest = *tree, .note = *from};
    }
    if (!persist(name, log, state.latest, state.note)) return Unexpected(DiskError::kIo);
    return {};
}

WitnessAnswer Witness::add_checkpoint(std::string_view body, std::uint64_t time) {
    COMITY_CHECK(time < kCosignatureTimeEnd);
    const auto request = parse_witness_request(body);
    if (!request) return words(WitnessStatus::kBadRequest, to_string(request.error()));
    const auto found = logs_.find(parse_checkpoint(request->note.text)->origin);
    if (found == logs_.end()) return words(WitnessStatus::kNotFound, "the log is not known here");
    auto& [origin, log] = *found;
    const auto tree = tree_signed_by(log.keys, request->note);
    if (!tree) return words(WitnessStatus::kForbidden, "expected a signature of the log");
    if (request->old_size > tree->size) {
        return words(WitnessStatus::kBadRequest, "the old size is above the checkpoint's");
    }
    const LogCondition condition = condition_of(log);
    if (condition != LogCondition::kCosigning) {
        return words(WitnessStatus::kUnavailable, to_string(condition));
    }
    // Looked at first: an answer 200 replaces what it is compared with.
    auto fork = fork_in(log, *request, *tree);
    const bool is_kept = fork && keep(origin, *fork);
    WitnessAnswer given = answer(origin, log, *request, *tree, time);
    given.fork = std::move(fork);
    given.fork_is_kept = is_kept;
    return given;
}

WitnessAnswer Witness::answer(const std::string& origin, Log& log, const WitnessRequest& request,
                              const TreeHead& tree, std::uint64_t time) {
    if (request.old_size != log.latest.size) return conflict(log.latest);
    if (tree.size == log.latest.size && tree.root != log.latest.root) return conflict(log.latest);
    if (!extends(hasher_, log.latest, request.proof, tree)) {
        return words(WitnessStatus::kUnprocessable, "the consistency proof does not verify");
    }
    return cosigned(origin, log, request, tree, time);
}

WitnessAnswer Witness::cosigned(const std::string& origin, Log& log, const WitnessRequest& request,
                                const TreeHead& tree, std::uint64_t time) {
    const auto line = cosign(signer_, name_, request.note.text, time);
    if (!line) return words(WitnessStatus::kUnavailable, to_string(line.error()));
    // The same tree again needs no new state: this one is durable since it was loaded or written.
    if (!log.note || tree != log.latest) {
        seal::Note note = signed_by(log.keys, request.note);
        note.signatures.resize(std::min(note.signatures.size(), seal::Note::kMaxSignatures - 1));
        note.signatures.push_back(*line);
        if (!persist(origin, log, tree, note)) {
            return words(WitnessStatus::kUnavailable, "the checkpoint could not be kept");
        }
    }
    WitnessAnswer answer;
    answer.status = WitnessStatus::kOk;
    answer.body = line_text(request.note.text, *line);
    return answer;
}

std::optional<ForkEvidence> Witness::fork_in(const Log& log, const WitnessRequest& request,
                                             const TreeHead& tree) {
    if (!log.note || tree.size < log.latest.size) return std::nullopt;
    const seal::Note shown = signed_by(log.keys, request.note);
    const auto proof =
        request.old_size == log.latest.size ? std::optional(request.proof) : std::nullopt;
    for (const seal::VerifierKey& key : log.keys) {
        auto outcome = compare(hasher_, key, *log.note, shown, proof);
        if (auto* fork = std::get_if<ForkEvidence>(&outcome)) return std::move(*fork);
    }
    return std::nullopt;
}

bool Witness::keep(const std::string& origin, const ForkEvidence& fork) {
    const auto names = disk_.list();
    if (!names) return false;
    const std::string name = fork_file_name(origin, fork.older, fork.newer);
    if (std::ranges::find(*names, name) != names->end()) return true;
    const std::string prefix = fork_file_prefix(origin);
    const auto kept = std::ranges::count_if(*names, [&](const std::string& one) {
        return one.starts_with(prefix) && one.ends_with(".txt");
    });
    if (static_cast<std::size_t>(kept) >= kMaxForks) return false;
    const std::string text = format_fork(fork);
    const auto replaced = replace_file(disk_, name, std::as_bytes(std::span(text)));
    if (!replaced && replaced.error().left == ReplaceFailure::kUnsureDirectory) {
        is_directory_unsure_ = true;
    }
    return replaced.has_value();
}

std::optional<LogCondition> Witness::condition(std::string_view origin) const {
    const auto found = logs_.find(origin);
    if (found == logs_.end()) return std::nullopt;
    return condition_of(found->second);
}

std::optional<seal::Note> Witness::latest(std::string_view origin) const {
    const auto found = logs_.find(origin);
    if (found == logs_.end()) return std::nullopt;
    return found->second.note;
}

seal::VerifierKey Witness::key() const {
    const auto key =
        seal::make_verifier_key(name_, seal::kCosignatureV1Type, signer_.key_id().value());
    COMITY_CHECK(key.has_value());
    return *key;
}

}  // namespace comity::ledger
