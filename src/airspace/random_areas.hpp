// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "test_tracks.hpp"

#include "comity/airspace/inside.hpp"

#include <cstdint>
#include <vector>

/// Random areas, tracks and accuracies for tests.
namespace comity::airspace {

struct World {
    const char* name;
    std::int64_t longitude;  // of the south-western corner, 1e-7 degree
    std::int64_t latitude;
    std::int64_t step;  // of the lattice
};

inline constexpr World kWorlds[] = {
    {"a salient", 361'000'000, 358'000'000, 33'600},
    {"a country", 80'000'000, 470'000'000, 151'200},
    {"the equator", 0, -500'000, 100'800},
    {"the south-west", -700'000'000, -330'000'000, 75'600},
    {"the far north", 200'000'000, 799'000'000, 201'600},
    {"beside the antimeridian", 1'798'000'000, -170'000'000, 67'200},
};
inline constexpr std::int64_t kSize = 12;  // of a world, steps of the lattice

inline geo::Position lattice(const World& world, RandomArguments& random, std::int64_t margin = 0) {
    return at_e7(world.longitude + world.step * random.integer(-margin, kSize + margin),
                 world.latitude + world.step * random.integer(-margin, kSize + margin));
}

// On a lattice, edges touch, overlap, coincide and run through vertices and track points; off it,
// they cross anywhere.
inline geo::Position anywhere(const World& world, RandomArguments& random,
                              std::int64_t margin = 0) {
    const std::int64_t far = world.step * margin;
    return at_e7(world.longitude + random.integer(-far, world.step * kSize + far),
                 world.latitude + random.integer(-far, world.step * kSize + far));
}

inline std::vector<geo::Polygon> random_area(const World& world, RandomArguments& random) {
    const bool on_lattice = !random.once_in(3);
    std::vector<geo::Polygon> area;
    for (auto features = random.integer(1, 3); features > 0; --features) {
        std::vector<Ring> rings;
        for (auto count = random.integer(1, 2); count > 0; --count) {
            rings.emplace_back();
            for (auto vertices = random.integer(3, 7); vertices > 0; --vertices) {
                rings.back().push_back(on_lattice ? lattice(world, random)
                                                  : anywhere(world, random));
            }
        }
        area.push_back(polygon_of(rings));
    }
    return area;
}

inline std::vector<TrackPoint> random_track(const World& world, RandomArguments& random) {
    std::vector<TrackPoint> track;
    std::int64_t ms = 0;
    for (auto points = random.integer(2, 7); points > 0; --points) {
        TrackPoint point{
            .time = after_ms(ms),
            .position = random.once_in(2) ? lattice(world, random, 2) : anywhere(world, random, 2)};
        if (!track.empty() && random.once_in(8)) point.position = track.back().position;
        if (random.once_in(2)) point.accuracy = geo::Distance::metres(random.between(0.0, 900.0));
        track.push_back(point);
        ms += random.once_in(10) ? 0 : random.integer(500, 62'000);
    }
    return track;
}

inline Accuracies random_accuracies(RandomArguments& random) {
    Accuracies accuracies;
    if (!random.once_in(3)) accuracies.area = geo::Distance::metres(random.between(0.0, 1500.0));
    if (random.once_in(3)) {
        accuracies.every_point =
            geo::Distance::metres(random.once_in(2) ? 0.0 : random.between(0.0, 800.0));
    }
    return accuracies;
}

}  // namespace comity::airspace
