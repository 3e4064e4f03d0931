// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "failure.hpp"

#include "comity/base/disk.hpp"
#include "comity/ledger/ledger_check.hpp"
#include "comity/ledger/ledger_error.hpp"

#include <memory>
#include <optional>
#include <string>

namespace comity::cli {

/// Where a replay keeps its ledger and its recording: in memory, or in a directory. Everything that
/// throws throws Failure. A resource.
class ReplayLedger {
  public:
    /// Absent: in memory. A directory is made where there is none; one that holds anything is
    /// refused before anything is written, unless `resumes`.
    ReplayLedger(std::optional<std::string> directory, bool resumes);

    base::Disk& disk() { return *disk_; }
    base::Disk& recording() { return *recording_; }
    /// Whether a ledger was begun here before: a run that ended early may have left none.
    bool has_begun() const;

    /// After a run: what it recorded takes the place of what a run before had.
    void keep();
    /// After a run that failed: removes what was made for it, as long as it holds no ledger.
    void drop();
    /// The error as it ends the command.
    Failure failure(const ledger::LedgerError& error) const;
    /// Reads the whole ledger again and checks it.
    ledger::LedgerSummary check();

  private:
    std::string name() const { return directory_.value_or("the ledger in memory"); }

    std::optional<std::string> directory_;
    bool goes_on_ = false;  ///< something is there already
    bool made_directory_ = false;
    std::string recording_directory_;
    std::unique_ptr<base::Disk> disk_;
    std::unique_ptr<base::Disk> recording_;
};

}  // namespace comity::cli
