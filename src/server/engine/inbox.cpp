// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/inbox.hpp"

#include <utility>

namespace comity::server {
namespace {

std::size_t size_of(const Filing& filing) {
    if (const auto* with_signature = std::get_if<ledger::SignedRequest>(&filing.content)) {
        return with_signature->dsse.size();
    }
    return std::get<ledger::VouchedRequest>(filing.content).payload.size();
}

}  // namespace

bool Inbox::file(Filing filing) {
    {
        const std::lock_guard lock(mutex_);
        const std::size_t bytes = size_of(filing);
        const bool is_full = content_.filings.size() >= limits_.filings ||
                             filing_bytes_ + bytes > limits_.filing_bytes;
        if (is_full || content_.is_stopping) {
            ++refused_;
            return false;
        }
        filing_bytes_ += bytes;
        content_.filings.push_back(std::move(filing));
    }
    came_.notify_one();
    return true;
}

bool Inbox::ask(Asked reading) {
    {
        const std::lock_guard lock(mutex_);
        if (content_.readings.size() >= limits_.readings || content_.is_stopping) return false;
        content_.readings.push_back(std::move(reading));
    }
    came_.notify_one();
    return true;
}

bool Inbox::report(FeedBatch batch) {
    {
        const std::lock_guard lock(mutex_);
        const bool is_full = reports_ + batch.reports.size() > limits_.reports ||
                             batch_bytes_ + batch.bytes.size() > limits_.batch_bytes;
        if (is_full || content_.is_stopping) return false;
        reports_ += batch.reports.size();
        batch_bytes_ += batch.bytes.size();
        content_.batches.push_back(std::move(batch));
    }
    came_.notify_one();
    return true;
}

void Inbox::stop() {
    {
        const std::lock_guard lock(mutex_);
        content_.is_stopping = true;
    }
    came_.notify_one();
}

bool Inbox::is_empty() const {
    return content_.filings.empty() && content_.batches.empty() && content_.readings.empty();
}

Inbox::Content Inbox::take_by(std::chrono::steady_clock::time_point time) {
    std::unique_lock lock(mutex_);
    came_.wait_until(lock, time, [this] { return content_.is_stopping || !is_empty(); });
    filing_bytes_ = 0;
    reports_ = 0;
    batch_bytes_ = 0;
    const bool is_stopping = content_.is_stopping;
    Content taken = std::exchange(content_, {});
    content_.is_stopping = is_stopping;
    return taken;
}

}  // namespace comity::server
