// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/ledger_error.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/node/history.hpp"
#include "comity/node/node.hpp"
#include "comity/node/outbox.hpp"
#include "comity/wire/scenario.hpp"

#include <cstdint>
#include <functional>
#include <optional>
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

/// Takes part in a run while it goes on: a server, that lets people in. A resource.
class LiveRun {
  public:
    LiveRun() = default;
    LiveRun(const LiveRun&) = delete;
    LiveRun& operator=(const LiveRun&) = delete;
    virtual ~LiveRun() = default;

    /// The node is open; all of it outlives the run.
    struct Opened {
        Node& node;
        ledger::LedgerSecret& secret;
        ledger::Store& store;
    };
    virtual void opened(const Opened& opened) = 0;
    /// Waits until there is something to do: the scenario's next step at `next`, or before it
    /// whatever was submitted to the node. Gives the time that it is then, not after `next`, and
    /// after the scenario's end none before it is to stop. Absent: stop.
    virtual std::optional<geo::Instant> wait(geo::Instant now, geo::Instant next) = 0;
    /// The node has had its turn.
    virtual void turned(geo::Instant now) = 0;
    /// The name of a person that a request commits to.
    virtual void named(const seal::Hash& commitment, const std::string& name) = 0;
    /// Hears everything that leaves the node.
    virtual Outbox& outbox() = 0;
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
    /// Null: nobody. Else the run goes on after the scenario's end until it says so.
    LiveRun* live = nullptr;
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
