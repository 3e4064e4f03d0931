// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/ids.hpp"
#include "comity/seal/hash.hpp"
#include "comity/server/events.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace comity::server {

/// Answers to requests by author and id, so that the same request again gets the same answer and
/// is not filed twice. The last kMax of them; what is older is for the rules to refuse (repeated).
/// The network's thread. A value.
class SettledRequests {
  public:
    static constexpr std::size_t kMax = 65'536;
    using Waiter = std::function<void(const Settled&)>;

    enum class [[nodiscard]] Begun : std::uint8_t{
        kNew,      ///< to be filed: `conclude` follows
        kSame,     ///< filed before; the waiter is called with its answer, now or then
        kAnother,  ///< this id was used for another request
    };
    Begun begin(const accord::PartyId& author, const std::string& id, const seal::Hash& content,
                Waiter waiter);
    /// Calls the waiters. What was not recorded may be tried again.
    void conclude(const accord::PartyId& author, const std::string& id, const Settled& settled);

  private:
    using Key = std::pair<accord::PartyId, std::string>;
    struct Entry {
        seal::Hash content;
        std::optional<Settled> settled;
        std::vector<Waiter> waiters;
    };
    std::map<Key, Entry> entries_;
    std::deque<Key> order_;  ///< of those that are settled
};

}  // namespace comity::server
