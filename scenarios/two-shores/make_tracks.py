#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
"""Draws the two flights of this scenario, a position each second: make_tracks.py > tracks.csv"""

import math

LAT, LON = -30.0, -120.0  # of the plane in which they are drawn, on open ocean
METRES_PER_DEGREE = 110_900.0
COS = math.cos(math.radians(LAT))


def place(x, y):
    return LAT + y / METRES_PER_DEGREE, LON + x / (METRES_PER_DEGREE * COS)


def fly(x, y, heading, speed, legs):
    """Positions each second: legs of (seconds, degrees of turn per second, right positive)."""
    out = []
    for seconds, rate in legs:
        for _ in range(seconds):
            out.append((x, y, heading % 360.0))
            middle = math.radians(heading + rate / 2.0)
            x += speed * math.sin(middle)
            y += speed * math.cos(middle)
            heading += rate
    return out


def rows(track, begin, speed, positions, level_ft):
    for second, (x, y, heading) in enumerate(positions):
        lat, lon = place(x, y)
        clock = begin + second
        time = f"2026-06-01T{clock // 3600:02d}:{clock // 60 % 60:02d}:{clock % 60:02d}Z"
        yield clock, (
            f"{time},{track},{lat:.6f},{lon:.6f},{level_ft},{speed * 3600 / 1852:.1f},{heading:.1f}"
        )


def main():
    # S1: eastward south of the salient, then a left turn through north that leads across it.
    speed = 128.6
    first = fly(-31_500.0, -11_100.0, 90.0, speed, [(287, 0.0), (60, -3.0), (260, 0.0)])
    # S2: from the south-east straight at the salient; told in time, it turns away to the left.
    second = fly(24_000.0, -28_000.0, 310.0, speed, [(196, 0.0), (22, -3.0), (240, 0.0)])
    seven = 7 * 3600
    found = list(rows("S1", seven + 17 * 60 + 44, speed, first, 19000))
    found += rows("S2", seven + 22 * 60, speed, second, 17000)
    print("# Invented: two flights near an invented border on open ocean (make_tracks.py)")
    print("time_utc,track_id,lat,lon,alt_ft,gs_kt,track_deg")
    for _, row in sorted(found, key=lambda one: one[0]):
        print(row)


if __name__ == "__main__":
    main()
