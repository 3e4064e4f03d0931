// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <string>
#include <string_view>

namespace comity::server {

/// So many in so long a time in the long run, and so many at once. None of them is 0.
struct Rate {
    std::uint64_t count = 1;
    std::chrono::milliseconds per{1'000};
    std::uint64_t burst = 1;
};

/// A bucket of tokens for each key: a party, an address, a name. Exact: whole numbers only. Of more
/// keys than it keeps it forgets the one that was asked for longest ago, whose bucket is then full.
/// From one thread.
class RateLimiter {
  public:
    static constexpr std::size_t kMaxKeys = 10'000;

    explicit RateLimiter(const Rate& rate, std::size_t max_keys = kMaxKeys);

    struct Taken {
        bool is_taken = false;
        /// Where it is not, the time after which one would be: at least 1 ms.
        std::chrono::milliseconds retry_after{0};
    };
    /// Takes one token of this key's bucket. `now` is of a clock that only goes forward.
    [[nodiscard]] Taken take(std::string_view key, std::chrono::milliseconds now);

    std::size_t size() const { return buckets_.size(); }

  private:
    struct Bucket {
        std::string key;
        std::uint64_t level = 0;  // tokens times the period in ms
        std::chrono::milliseconds filled{0};
    };
    using Buckets = std::list<Bucket>;

    Bucket& bucket_of(std::string_view key, std::chrono::milliseconds now);

    Rate rate_;
    std::size_t max_keys_;
    std::uint64_t token_;  // what one takes of a level
    std::uint64_t full_;
    Buckets buckets_;  // last used first
    std::map<std::string, Buckets::iterator, std::less<>> by_key_;
};

/// Tries to sign in: so many a minute of one address, and of one name. An address of IPv6 counts
/// as its /64, which is what one subscriber has. From one thread.
class SignInLimiter {
  public:
    explicit SignInLimiter(std::uint64_t per_minute);

    /// Counts one try. It is taken only where both have one left; a try that the address has no
    /// more of does not count against the name, so that nobody is locked out by one address.
    [[nodiscard]] RateLimiter::Taken take(std::string_view address, std::string_view sign_in,
                                          std::chrono::milliseconds now);

  private:
    RateLimiter of_address_;
    RateLimiter of_name_;
};

}  // namespace comity::server
