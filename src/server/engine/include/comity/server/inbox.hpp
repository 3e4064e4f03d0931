// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/ledger_index.hpp"
#include "comity/node/node.hpp"
#include "comity/report/track_report.hpp"
#include "comity/server/attachment_shelf.hpp"
#include "comity/server/events.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace comity::server {

/// A request to be filed.
struct Filing {
    std::variant<ledger::SignedRequest, ledger::VouchedRequest> content;
    SettledDone done;  ///< on the network's thread
};

/// What came from a feed at once.
struct FeedBatch {
    std::string feed;
    std::string bytes;  ///< as received, whole lines
    std::vector<report::TrackReport> reports;
};

/// What a reading may look at, on the node's thread, between two turns.
struct Reading {
    const node::Node& node;
    ledger::LedgerSecret& secret;
    AttachmentShelf& shelf;
    ledger::LedgerIndex* index;  ///< of all that is durable; null where it failed
};
/// Some milliseconds at a time: the node waits for it.
struct Asked {
    std::function<bool(const Reading&)> read;  ///< false: to be called again after the next turn
    bool needs_index = false;
};

struct InboxLimits {
    std::size_t filings = 16'384;
    std::size_t filing_bytes = std::size_t{64} << 20;
    std::size_t readings = 1'024;
    std::size_t reports = 1'000'000;
    std::size_t batch_bytes = std::size_t{256} << 20;  ///< of feeds, as received
};

/// What waits for the node's thread. Any thread. A resource.
class Inbox {
  public:
    struct Content {
        std::vector<Filing> filings;
        std::vector<FeedBatch> batches;
        std::vector<Asked> readings;
        bool is_stopping = false;
    };

    explicit Inbox(const InboxLimits& limits) : limits_(limits) {}

    /// False where it is full: nothing was kept.
    bool file(Filing filing);
    bool ask(Asked reading);
    bool report(FeedBatch batch);
    /// Whoever waits is woken, then and from then on.
    void stop();

    /// How often it was full, since the start.
    std::uint64_t refused() const { return refused_; }

    /// Waits until something came or that time; then takes everything.
    Content take_by(std::chrono::steady_clock::time_point time);

  private:
    bool is_empty() const;

    InboxLimits limits_;
    std::mutex mutex_;
    std::condition_variable came_;
    Content content_;
    std::size_t filing_bytes_ = 0;
    std::size_t reports_ = 0;
    std::size_t batch_bytes_ = 0;
    std::atomic<std::uint64_t> refused_{0};
};

}  // namespace comity::server
