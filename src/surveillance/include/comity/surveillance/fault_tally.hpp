// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace comity::surveillance {

/// How often one cause made a reader skip a row or message, and where it was met first.
template <typename Fault>
struct FaultCount {
    Fault fault;
    std::uint64_t count;
    std::size_t first_line;  ///< counted from 1
    std::string first_text;  ///< what was wrong there, what was expected
    friend bool operator==(const FaultCount&, const FaultCount&) = default;
};

/// What was skipped, by cause, in the order in which the causes were first met. Its memory is
/// bounded by the number of causes. A value.
template <typename Fault>
class FaultTally {
  public:
    /// Counts one; `describe()` is called for the first of its cause only.
    template <typename Describe>
    void add(Fault fault, std::size_t line, Describe&& describe) {
        ++total_;
        const auto known =
            std::find_if(counts_.begin(), counts_.end(),
                         [fault](const FaultCount<Fault>& one) { return one.fault == fault; });
        if (known != counts_.end()) {
            ++known->count;
            return;
        }
        counts_.push_back({.fault = fault,
                           .count = 1,
                           .first_line = line,
                           .first_text = std::forward<Describe>(describe)()});
    }

    std::span<const FaultCount<Fault>> counts() const { return counts_; }
    std::uint64_t total() const { return total_; }
    std::uint64_t count_of(Fault fault) const {
        for (const FaultCount<Fault>& one : counts_) {
            if (one.fault == fault) return one.count;
        }
        return 0;
    }
    friend bool operator==(const FaultTally&, const FaultTally&) = default;

  private:
    std::vector<FaultCount<Fault>> counts_;
    std::uint64_t total_ = 0;
};

}  // namespace comity::surveillance
