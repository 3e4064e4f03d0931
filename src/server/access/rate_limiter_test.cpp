// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/rate_limiter.hpp"

#include "comity/base/testing/seeded_entropy.hpp"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

using std::chrono::milliseconds;

TEST(RateLimiter, ABurstThenTheRate) {
    RateLimiter limiter({.count = 10, .per = milliseconds(1'000), .burst = 3});
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.take("a", milliseconds(0)).is_taken);
    const auto refused = limiter.take("a", milliseconds(0));
    EXPECT_FALSE(refused.is_taken);
    EXPECT_EQ(refused.retry_after, milliseconds(100));
    EXPECT_TRUE(limiter.take("b", milliseconds(0)).is_taken) << "another one has its own";
    EXPECT_FALSE(limiter.take("a", milliseconds(99)).is_taken);
    EXPECT_EQ(limiter.take("a", milliseconds(99)).retry_after, milliseconds(1));
    EXPECT_TRUE(limiter.take("a", milliseconds(100)).is_taken);
    EXPECT_FALSE(limiter.take("a", milliseconds(100)).is_taken);
    // Never more than the burst, however long it was quiet, and whatever the clock says.
    const milliseconds late(std::chrono::hours(24 * 365 * 200));
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.take("a", late).is_taken);
    EXPECT_FALSE(limiter.take("a", late).is_taken);
    EXPECT_FALSE(limiter.take("a", milliseconds(0)).is_taken) << "a step back gives nothing";
    EXPECT_FALSE(limiter.take("a", late + milliseconds(99)).is_taken);
}

// Over any length of time: the burst and the rate, no more; whoever asks often gets no less.
TEST(RateLimiter, IsExactInTheLongRun) {
    constexpr std::uint64_t kSeed = 3;
    base::testing::SplitMix64 random(kSeed);
    RateLimiter limiter({.count = 7, .per = milliseconds(1'000), .burst = 5});
    milliseconds now(0);
    std::uint64_t taken = 0;
    while (now < milliseconds(100'000)) {
        if (limiter.take("a", now).is_taken) ++taken;
        now += milliseconds(random.below(20));
    }
    const auto most = 5 + 7 * static_cast<std::uint64_t>(now.count()) / 1'000;
    EXPECT_LE(taken, most) << "seed " << kSeed;
    EXPECT_GE(taken + 1, most) << "seed " << kSeed;
}

TEST(RateLimiter, RetryAfterIsTrue) {
    RateLimiter limiter({.count = 7, .per = milliseconds(1'000), .burst = 1});
    milliseconds now(0);
    for (int i = 0; i < 50; ++i) {
        ASSERT_TRUE(limiter.take("a", now).is_taken) << i;
        const auto refused = limiter.take("a", now);
        ASSERT_FALSE(refused.is_taken);
        ASSERT_FALSE(limiter.take("a", now + refused.retry_after - milliseconds(1)).is_taken);
        now += refused.retry_after;
    }
}

TEST(RateLimiter, KeepsSoManyKeys) {
    RateLimiter limiter({.count = 1, .per = milliseconds(1'000), .burst = 1}, 3);
    for (const char* key : {"a", "b", "c"}) EXPECT_TRUE(limiter.take(key, {}).is_taken);
    EXPECT_FALSE(limiter.take("a", {}).is_taken) << "which makes b the oldest";
    EXPECT_TRUE(limiter.take("d", {}).is_taken);
    EXPECT_EQ(limiter.size(), 3U);
    EXPECT_FALSE(limiter.take("a", {}).is_taken);
    EXPECT_FALSE(limiter.take("c", {}).is_taken);
    EXPECT_TRUE(limiter.take("b", {}).is_taken) << "forgotten";
    const std::string longer(1000, 'x');
    EXPECT_TRUE(limiter.take(longer, {}).is_taken);
    EXPECT_FALSE(limiter.take(longer + "y", {}).is_taken) << "names beyond any share a bucket";
}

TEST(SignInLimiter, ByAddressAndByName) {
    SignInLimiter limiter(2);
    EXPECT_TRUE(limiter.take("192.0.2.1", "anna", {}).is_taken);
    EXPECT_TRUE(limiter.take("192.0.2.1", "ben", {}).is_taken);
    const auto refused = limiter.take("192.0.2.1", "chris", {});
    EXPECT_FALSE(refused.is_taken) << "the address";
    EXPECT_EQ(refused.retry_after, std::chrono::seconds(30));
    EXPECT_TRUE(limiter.take("192.0.2.2", "anna", {}).is_taken);
    EXPECT_FALSE(limiter.take("192.0.2.3", "anna", {}).is_taken) << "the name";
    // What an address was refused did not count against the name.
    EXPECT_TRUE(limiter.take("192.0.2.4", "chris", {}).is_taken);
    EXPECT_TRUE(limiter.take("192.0.2.5", "chris", {}).is_taken);
    EXPECT_TRUE(limiter.take("192.0.2.1", "dora", std::chrono::seconds(30)).is_taken);
}

TEST(SignInLimiter, AnIpv6SubscriberIsOne) {
    SignInLimiter limiter(1);
    EXPECT_TRUE(limiter.take("2001:db8:1:2::1", "a", {}).is_taken);
    EXPECT_FALSE(limiter.take("2001:db8:1:2:ffff::9", "b", {}).is_taken);
    EXPECT_TRUE(limiter.take("2001:db8:1:3::1", "c", {}).is_taken);
    EXPECT_TRUE(limiter.take("::ffff:192.0.2.1", "d", {}).is_taken);
    EXPECT_TRUE(limiter.take("::ffff:192.0.2.2", "e", {}).is_taken);
}

}  // namespace
}  // namespace comity::server
