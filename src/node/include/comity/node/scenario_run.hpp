// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/ledger_error.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/node/history.hpp"
#include "comity/wire/scenario.hpp"

#include <cstdint>
#include <functional>
#include <string>

/// Runs a scenario through the whole node, on its own clock.
namespace comity::node {

enum class [[nodiscard]] RunFault : std::uint8_t{
    kFile,    ///< a file that the scenario names cannot be read
    kInput,   ///< a file that the scenario names is not what it should be
    kLedger,  ///< the ledger failed, or the folder holds one already
};

struct RunError {
    RunFault fault;
    std::string where;  ///< a file, and a line where there is one: "tracks.csv:7"
    std::string text;   ///< what is wrong, what was expected
    ledger::LedgerError ledger{};
};

struct RunParts {
    /// For the ledger; holds none yet, unless `resumes`.
    base::Disk& ledger;
    base::Disk& recording;
    /// Reads a file that the scenario names.
    std::function<base::Expected<std::string, std::string>(const std::string& path)> read_file;
    /// The folder's ledger was begun by a run of this scenario that ended before its end: go on.
    bool resumes = false;
    /// Waits until the scenario's time may be this, and shows what happened since. May be empty.
    std::function<void(geo::Instant, const History&)> reached;
};

struct RunResult {
    History history;
    ledger::TreeHead ticks;
    ledger::TreeHead records;
    std::uint64_t deliveries = 0;
    std::uint64_t chunks = 0;
};

/// The same scenario gives the same ledger, signatures apart to the last byte, on every machine
/// with the same version of zstd: the ledger holds the hashes of the recording's compressed chunks.
base::Expected<RunResult, RunError> run_scenario(const wire::Scenario& scenario, RunParts parts);

}  // namespace comity::node
