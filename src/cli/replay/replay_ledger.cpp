// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "replay/replay_ledger.hpp"

#include "ledger/ledger_files.hpp"

#include "comity/base/memory_disk.hpp"
#include "comity/ledger/segment_store.hpp"

#include <filesystem>
#include <utility>

#include <fmt/core.h>

namespace comity::cli {
namespace {

namespace fs = std::filesystem;

std::string recording_in(const std::string& directory) {
    return (fs::path(directory) / "recording").string();
}

// A run that goes on records from the beginning once more; until its end what is there stays.
std::string new_recording_in(const std::string& directory) {
    return (fs::path(directory) / "recording.new").string();
}

}  // namespace

ReplayLedger::ReplayLedger(std::optional<std::string> directory, bool resumes)
    : directory_(std::move(directory)) {
    if (!directory_) {
        disk_ = std::make_unique<base::MemoryDisk>();
        recording_ = std::make_unique<base::MemoryDisk>();
        return;
    }
    std::error_code error;
    made_directory_ = !fs::exists(*directory_, error);
    if (!made_directory_ && fs::is_directory(*directory_, error)) {
        goes_on_ = !fs::is_empty(*directory_, error);
    }
    if (error) throw Failure(kEnvironment, fmt::format("{}: {}", *directory_, error.message()));
    if (goes_on_ && !resumes) {
        throw Failure(kBadInput, fmt::format("{}: not empty, expected a new or an empty directory "
                                             "(--resume goes on with a replay that was ended)",
                                             *directory_));
    }
    disk_ = open_disk(*directory_, system::Access::kCreate);
    recording_directory_ = goes_on_ ? new_recording_in(*directory_) : recording_in(*directory_);
    if (goes_on_) fs::remove_all(recording_directory_, error);
    recording_ = open_disk(recording_directory_, system::Access::kCreate);
}

bool ReplayLedger::has_begun() const {
    if (!goes_on_) return false;
    const auto store = ledger::SegmentStore::open(*disk_, ledger::OpenMode::kReadOnly);
    return store || store.error().fault != ledger::StoreFault::kNotFound;
}

void ReplayLedger::keep() {
    if (!goes_on_) return;
    recording_.reset();
    std::error_code error;
    const std::string recording = recording_in(*directory_);
    fs::remove_all(recording, error);
    if (!error) fs::rename(recording_directory_, recording, error);
    if (error) throw Failure(kEnvironment, fmt::format("{}: {}", recording, error.message()));
}

void ReplayLedger::drop() {
    if (!directory_) return;
    std::error_code ignored;
    if (goes_on_) {
        fs::remove_all(recording_directory_, ignored);
        return;
    }
    // Neither goes where something was written.
    fs::remove(recording_directory_, ignored);
    if (made_directory_) fs::remove(*directory_, ignored);
}

Failure ReplayLedger::failure(const ledger::LedgerError& error) const {
    const bool is_of_another_run = error.fault == ledger::LedgerFault::kStore &&
                                   error.store == ledger::StoreFault::kOtherHistory;
    if (is_of_another_run) {
        return {kBadInput, fmt::format("{}: {}, expected the ledger of a replay of this scenario",
                                       name(), error.where)};
    }
    return failure_of(name(), error);
}

ledger::LedgerSummary ReplayLedger::check() {
    const ledger::LedgerFolder folder =
        or_fail(name(), ledger::open_folder(*disk_, ledger::OpenMode::kReadOnly));
    if (folder.damage) throw failure(ledger::from_store(folder.damage->error));
    return or_fail(name(), ledger::check_ledger(*folder.store, *folder.secret));
}

}  // namespace comity::cli
