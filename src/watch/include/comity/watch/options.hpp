// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/airspace/inside.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/quantity.hpp"

#include <cstddef>

namespace comity::watch {

/// How a watch works; the same options over the same input give the same alerts. All are > 0.
struct WatchOptions {
    geo::Milliseconds period{1'000};  ///< sweeps are at multiples of it (since 1970)

    geo::Milliseconds look_ahead{300'000};  ///< an entry predicted nearer than that is told
    /// Silence after which a track is lost. Until then it coasts.
    geo::Milliseconds lost_after = airspace::kLongestGap;
    /// A track coasts after this many of its own report periods without a report ...
    double coasting_periods = 2.5;
    geo::Milliseconds coasting_at_least{5'000};  ///< ... but not before this

    /// A track follows its plan where it is at most this far from the route ...
    geo::Distance conformance = geo::Distance::metres(2'000.0);
    /// ... and at most this early or late.
    geo::Milliseconds conformance_time{600'000};

    geo::Milliseconds update_every{5'000};    ///< at most one update in this time
    geo::Milliseconds update_shift{15'000};   ///< an entry predicted that much otherwise is told
    geo::Milliseconds resolve_after{10'000};  ///< see Phase::kResolved

    geo::Distance accuracy = geo::Distance::metres(100.0);  ///< of reports that do not say theirs
    /// A faster ground speed is not believed: such a report predicts nothing by itself.
    geo::Speed max_speed = geo::Speed::metres_per_second(1'500.0);

    geo::Milliseconds max_ahead{60'000};  ///< later reports than that after a sweep are refused
    std::size_t max_tracks = 100'000;
    std::size_t max_held = 1'000'000;  ///< reports that wait for the sweep of their time
    std::size_t max_areas = 10'000;
    std::size_t max_plans = 100'000;
};

}  // namespace comity::watch
