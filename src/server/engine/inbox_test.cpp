// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/inbox.hpp"

#include <chrono>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

using namespace std::chrono_literals;

Filing filing(std::size_t bytes) {
    return {.content = ledger::VouchedRequest{.payload = std::vector<std::byte>(bytes)}};
}
std::chrono::steady_clock::time_point now() {
    return std::chrono::steady_clock::now();
}

TEST(Inbox, IsFullByNumberAndByBytes) {
    Inbox inbox({.filings = 2, .filing_bytes = 100, .readings = 1, .reports = 3});
    EXPECT_TRUE(inbox.file(filing(60)));
    EXPECT_FALSE(inbox.file(filing(60)));
    EXPECT_TRUE(inbox.file(filing(40)));
    EXPECT_FALSE(inbox.file(filing(0)));
    EXPECT_TRUE(inbox.ask({}));
    EXPECT_FALSE(inbox.ask({}));
    EXPECT_TRUE(inbox.report({.feed = "f", .reports = std::vector<report::TrackReport>(3)}));
    EXPECT_FALSE(inbox.report({.feed = "f", .reports = std::vector<report::TrackReport>(1)}));
    const auto content = inbox.take_by(now());
    EXPECT_EQ(content.filings.size(), 2U);
    EXPECT_EQ(content.readings.size(), 1U);
    EXPECT_EQ(content.batches.size(), 1U);
    EXPECT_TRUE(inbox.file(filing(100)));
    EXPECT_TRUE(inbox.report({.feed = "f", .reports = std::vector<report::TrackReport>(3)}));
}

TEST(Inbox, WhoWaitsIsWokenByWhatComes) {
    Inbox inbox({});
    std::thread other([&] { EXPECT_TRUE(inbox.file(filing(1))); });
    const auto content = inbox.take_by(now() + 1h);
    other.join();
    EXPECT_EQ(content.filings.size(), 1U);
    EXPECT_FALSE(content.is_stopping);
}

TEST(Inbox, StoppingWakesAndStaysAndTakesNothingMore) {
    Inbox inbox({});
    std::thread other([&] { inbox.stop(); });
    EXPECT_TRUE(inbox.take_by(now() + 1h).is_stopping);
    other.join();
    EXPECT_FALSE(inbox.file(filing(1)));
    EXPECT_FALSE(inbox.ask({}));
    EXPECT_TRUE(inbox.take_by(now() + 1h).is_stopping);
}

}  // namespace
}  // namespace comity::server
