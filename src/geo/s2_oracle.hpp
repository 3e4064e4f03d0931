// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/geodesic.hpp"

#include <memory>
#include <span>

namespace comity::geo {

/// One ring on S2's sphere, an oracle in tests. Its edges are great circles; its inside is the
/// smaller side. Compiled without sanitizers: templates of Abseil that are inlined with them do not
/// fit those inside the library, and searches then never end.
class S2Oracle {
  public:
    explicit S2Oracle(std::span<const LatLon> ring);
    ~S2Oracle();
    S2Oracle(const S2Oracle&) = delete;
    S2Oracle& operator=(const S2Oracle&) = delete;

    bool contains(LatLon place) const;
    /// On a sphere of 6,371 km.
    double metres_to_boundary(LatLon place) const;

  private:
    struct Loop;
    std::unique_ptr<Loop> loop_;
};

}  // namespace comity::geo
