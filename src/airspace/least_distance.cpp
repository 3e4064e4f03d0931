// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "least_distance.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

namespace comity::airspace {
namespace {

using geo::Distance;

// Branch and bound over the parts: along a path the distance changes no faster than the path runs,
// so that between two of its points it is at least half of (both distances less the way between).
// Only parts that may hold the least are looked at as lines.
class Search {
  public:
    Search(const geo::BoundaryIndex& boundary, std::span<const PathPart> path, Distance below)
        : boundary_(boundary), path_(path), least_(below), ends_(path.size() + 1) {
        lengths_.reserve(path.size() + 1);
        lengths_.emplace_back();
        for (const PathPart& p : path) {
            const geo::Line line = p.line->part(p.part.begin, p.part.end);
            lengths_.push_back(lengths_.back() + line.length_at_most());
        }
    }

    Distance run() {
        distance_at(0);
        distance_at(path_.size());
        narrow(0, path_.size());
        return least_;
    }

  private:
    // Of the point where part `end` begins, or the last one ends.
    Distance distance_at(std::size_t end) {
        std::optional<Distance>& known = ends_[end];
        if (!known) {
            const PathPart& p = path_[std::min(end, path_.size() - 1)];
            const double at = end < path_.size() ? p.part.begin : p.part.end;
            known = *boundary_.distance(p.line->point_at(at));
            least_ = std::min(least_, *known);
        }
        return *known;
    }

    void narrow(std::size_t first, std::size_t last) {
        const Distance at_first = distance_at(first);
        const Distance at_last = distance_at(last);
        const Distance way = lengths_[last] - lengths_[first];
        if ((at_first + at_last - way) / 2.0 >= least_) return;
        if (last - first == 1) {
            const PathPart& p = path_[first];
            least_ = boundary_.least_along(*p.line, p.part, least_).value_or(least_);
            return;
        }
        const std::size_t middle = first + (last - first) / 2;
        distance_at(middle);
        // The half with more to hope for first.
        if (at_first <= at_last) {
            narrow(first, middle);
            narrow(middle, last);
        } else {
            narrow(middle, last);
            narrow(first, middle);
        }
    }

    const geo::BoundaryIndex& boundary_;
    std::span<const PathPart> path_;
    Distance least_;
    std::vector<Distance> lengths_;              // from the begin to each end of a part
    std::vector<std::optional<Distance>> ends_;  // distances known so far
};

}  // namespace

Distance least_distance(const geo::BoundaryIndex& boundary, std::span<const PathPart> path,
                        Distance below) {
    if (boundary.empty() || path.empty()) return below;
    return Search(boundary, path, below).run();
}

}  // namespace comity::airspace
