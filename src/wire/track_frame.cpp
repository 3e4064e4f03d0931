// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/wire/track_frame.hpp"

#include "comity/geo/altitude.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <variant>

namespace comity::wire {
namespace {

void put(std::string& out, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) out += static_cast<char>((value >> (8 * i)) & 0xffU);
}

// To the nearest, between two bounds.
std::int64_t nearest(double value, std::int64_t least, std::int64_t most) {
    const double whole = std::floor(value + 0.5);
    if (!(whole > static_cast<double>(least))) return least;
    if (whole >= static_cast<double>(most)) return most;
    return static_cast<std::int64_t>(whole);
}

template <typename T>
constexpr std::int64_t kMost = std::numeric_limits<T>::max();
template <typename T>
constexpr std::int64_t kLeast = std::numeric_limits<T>::min();

std::int64_t tenths_of_feet(const report::ReportedAltitude& altitude) {
    const double feet =
        std::visit([](const auto& one) { return one.above_datum().in_feet(); }, altitude);
    // The least value says "not known".
    return nearest(10.0 * feet, kLeast<std::int32_t> + 1, kMost<std::int32_t>);
}

std::uint8_t datum_of(const report::ReportedAltitude& altitude) {
    if (std::holds_alternative<geo::AltitudeMsl>(altitude)) return 1;
    return std::holds_alternative<geo::AltitudeWgs84>(altitude) ? 2 : 0;
}

std::uint16_t turn_of(const geo::Angle& direction) {
    const double turns = direction.in_degrees() / 360.0;
    return static_cast<std::uint16_t>(nearest(65'536.0 * (turns - std::floor(turns)), 0, 65'536) &
                                      0xffff);
}

}  // namespace

FrameWriter::FrameWriter(geo::Instant sweep) {
    bytes_ = "CTF1";
    put(bytes_, 0, 4);
    put(bytes_, static_cast<std::uint64_t>(sweep.time_since_epoch().count()), 8);
}

void FrameWriter::add(const FrameTrack& track) {
    ++count_;
    put(bytes_, track.number, 4);
    put(bytes_, static_cast<std::uint32_t>(track.position.latitude().e7()), 4);
    put(bytes_, static_cast<std::uint32_t>(track.position.longitude().e7()), 4);
    const std::int64_t altitude =
        track.altitude ? tenths_of_feet(*track.altitude) : kLeast<std::int32_t>;
    put(bytes_, static_cast<std::uint32_t>(altitude), 4);
    constexpr std::int64_t kUnknown = kMost<std::uint16_t>;
    const std::int64_t speed = track.ground_speed
                                   ? nearest(10.0 * track.ground_speed->in_knots(), 0, kUnknown - 1)
                                   : kUnknown;
    put(bytes_, static_cast<std::uint64_t>(speed), 2);
    put(bytes_, track.track ? turn_of(*track.track) : 0U, 2);
    const std::int64_t rate = track.vertical_rate
                                  ? nearest(track.vertical_rate->in_feet_per_minute(),
                                            kLeast<std::int16_t> + 1, kMost<std::int16_t>)
                                  : kLeast<std::int16_t>;
    put(bytes_, static_cast<std::uint16_t>(rate), 2);
    put(bytes_,
        static_cast<std::uint64_t>(std::clamp<std::int64_t>(track.age.count() / 100, 0, kUnknown)),
        2);
    // Never said smaller than it is.
    std::int64_t accuracy = kUnknown;
    if (track.accuracy) accuracy = nearest(-std::floor(-track.accuracy->in_metres()), 0, kUnknown);
    put(bytes_, static_cast<std::uint64_t>(accuracy), 2);
    put(bytes_,
        (track.is_estimated ? 1U : 0U) | (track.is_lost ? 2U : 0U) |
            (track.is_on_ground ? 4U : 0U) | (track.track ? 8U : 0U),
        1);
    put(bytes_, track.altitude ? datum_of(*track.altitude) : 0U, 1);
    put(bytes_, 0, 4);
}

// So that whoever looks for one track in many frames need not read them all.
std::string FrameWriter::take() {
    using Bytes = std::array<char, kTrack>;
    const std::span<Bytes> tracks(reinterpret_cast<Bytes*>(bytes_.data() + kHeader), count_);
    std::ranges::stable_sort(tracks, {}, [](const Bytes& track) {
        std::uint32_t number = 0;
        for (std::size_t i = 4; i > 0; --i) {
            number = number << 8U | static_cast<unsigned char>(track[i - 1]);
        }
        return number;
    });
    for (std::size_t i = 0; i < 4; ++i) {
        bytes_[4 + i] = static_cast<char>((count_ >> (8 * i)) & 0xffU);
    }
    count_ = 0;
    return std::exchange(bytes_, {});
}

}  // namespace comity::wire
