// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "measured.hpp"
#include "sample.hpp"

#include "comity/watch/change.hpp"
#include "comity/watch/guarded_area.hpp"
#include "comity/watch/options.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace comity::watch {

/// Where and when a track is predicted to enter an area.
struct Outlook {
    std::optional<ByIntent> by_intent;
    std::optional<geo::Instant> by_track;

    /// The earlier of both.
    std::optional<geo::Instant> first() const;
};

/// What a change says of a situation itself.
struct Told {
    std::uint64_t situation = 0;
    Phase phase = Phase::kPredicted;
    Outlook outlook;
    std::optional<geo::Instant> entered;
    std::optional<geo::Instant> left;
};

/// One track and one area: what was measured, what is predicted, and the situation that is open. It
/// decides when there is something to tell; it computes no geometry. A value.
class Pair {
  public:
    bool is_inside() const { return is_inside_; }

    /// What a report measured.
    void measure(const std::vector<MeasuredStay>& stays, bool is_inside);
    /// What follows from the last report; it is one since the last step where `is_reported`.
    void predict(Outlook outlook, bool is_reported);

    /// What there is to tell at `t`, appended to `told`. New situations count `situations` up.
    void step(geo::Instant t, const WatchOptions& options, std::uint64_t& situations,
              std::vector<Told>& told);
    /// Ends the open situation unresolved; absent where none is open.
    std::optional<Told> end();

    /// When, without another report, there is something to tell; absent: never.
    std::optional<geo::Instant> due(const WatchOptions& options) const;

  private:
    struct Open {
        Told last;  // as told, but for the outlook of now
        geo::Instant told_at;
        int clear_sweeps = 0;
        geo::Instant clear_since;
    };
    void tell(Phase phase, geo::Instant t, std::vector<Told>& told);
    bool has_news(const WatchOptions& options) const;

    bool is_inside_ = false;
    bool is_reported_ = false;
    Outlook outlook_;
    std::vector<MeasuredStay> stays_;  // since the last step
    std::optional<Open> open_;
};

}  // namespace comity::watch
