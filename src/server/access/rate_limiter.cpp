// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/rate_limiter.hpp"

#include "comity/base/bytes.hpp"
#include "comity/base/check.hpp"

#include <algorithm>
#include <span>

#include <boost/asio/ip/address.hpp>
#include <boost/system/error_code.hpp>

namespace comity::server {
namespace {

// Far beyond any rate that is asked for, and nothing below overflows.
constexpr std::uint64_t kMost = 1'000'000;
constexpr std::uint64_t kMostPeriod = 86'400'000;

// A longer name is nobody's, and all of them share a bucket.
constexpr std::size_t kMaxKey = 256;

std::string subscriber_of(std::string_view address) {
    boost::system::error_code error;
    const auto parsed = boost::asio::ip::make_address(address, error);
    if (error || !parsed.is_v6() || parsed.to_v6().is_v4_mapped()) return std::string(address);
    const auto bytes = parsed.to_v6().to_bytes();
    return base::to_hex(std::as_bytes(std::span(bytes)).first(8)) + "/64";
}

}  // namespace

RateLimiter::RateLimiter(const Rate& rate, std::size_t max_keys)
    : rate_(rate),
      max_keys_(max_keys),
      token_(static_cast<std::uint64_t>(rate.per.count())),
      full_(rate.burst * token_) {
    COMITY_CHECK(1 <= rate.count && rate.count <= kMost);
    COMITY_CHECK(1 <= rate.burst && rate.burst <= kMost);
    COMITY_CHECK(1 <= token_ && token_ <= kMostPeriod && max_keys > 0);
}

RateLimiter::Taken RateLimiter::take(std::string_view key, std::chrono::milliseconds now) {
    Bucket& bucket = bucket_of(key.substr(0, kMaxKey), now);
    // The time is bounded by what fills the bucket, so that it does not overflow.
    const auto since = static_cast<std::uint64_t>(std::max(now - bucket.filled, now - now).count());
    bucket.level = std::min(full_, bucket.level + std::min(since, full_) * rate_.count);
    bucket.filled = std::max(now, bucket.filled);
    if (bucket.level >= token_) {
        bucket.level -= token_;
        return {.is_taken = true};
    }
    const std::uint64_t missing = token_ - bucket.level;
    const std::uint64_t wait = (missing + rate_.count - 1) / rate_.count;
    return {.retry_after = std::chrono::milliseconds(wait)};
}

RateLimiter::Bucket& RateLimiter::bucket_of(std::string_view key, std::chrono::milliseconds now) {
    const auto found = by_key_.find(key);
    if (found != by_key_.end()) {
        buckets_.splice(buckets_.begin(), buckets_, found->second);
        return buckets_.front();
    }
    if (buckets_.size() == max_keys_) {
        by_key_.erase(buckets_.back().key);
        buckets_.pop_back();
    }
    buckets_.push_front({.key = std::string(key), .level = full_, .filled = now});
    by_key_.emplace(key, buckets_.begin());
    return buckets_.front();
}

SignInLimiter::SignInLimiter(std::uint64_t per_minute)
    : of_address_({.count = per_minute, .per = std::chrono::minutes(1), .burst = per_minute}),
      of_name_({.count = per_minute, .per = std::chrono::minutes(1), .burst = per_minute}) {}

RateLimiter::Taken SignInLimiter::take(std::string_view address, std::string_view sign_in,
                                       std::chrono::milliseconds now) {
    const auto taken = of_address_.take(subscriber_of(address), now);
    return taken.is_taken ? of_name_.take(sign_in, now) : taken;
}

}  // namespace comity::server
