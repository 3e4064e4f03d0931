// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/wire/read_frame.hpp"

#include "comity/base/check.hpp"
#include "comity/wire/track_frame.hpp"

#include <limits>

namespace comity::wire {
namespace {

template <typename T>
T number_at(std::string_view bytes, std::size_t offset) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) {
        value |= std::uint64_t{static_cast<unsigned char>(bytes[offset + i])} << (8 * i);
    }
    return static_cast<T>(value);
}

template <typename T>
std::optional<double> known(T value, T unknown, double unit) {
    if (value == unknown) return std::nullopt;
    return static_cast<double>(value) * unit;
}

ReadTrack track_at(std::string_view bytes) {
    constexpr std::uint16_t kUnknown = std::numeric_limits<std::uint16_t>::max();
    const auto flags = number_at<std::uint8_t>(bytes, 26);
    ReadTrack track{.number = number_at<std::uint32_t>(bytes, 0),
                    .latitude = number_at<std::int32_t>(bytes, 4) * 1e-7,
                    .longitude = number_at<std::int32_t>(bytes, 8) * 1e-7,
                    .altitude_feet = known(number_at<std::int32_t>(bytes, 12),
                                           std::numeric_limits<std::int32_t>::min(), 0.1),
                    .datum = number_at<std::uint8_t>(bytes, 27),
                    .speed_knots = known(number_at<std::uint16_t>(bytes, 16), kUnknown, 0.1),
                    .rate_feet_per_minute = known(number_at<std::int16_t>(bytes, 20),
                                                  std::numeric_limits<std::int16_t>::min(), 1.0),
                    .accuracy_metres = known(number_at<std::uint16_t>(bytes, 24), kUnknown, 1.0),
                    .age = geo::Milliseconds(100 * number_at<std::uint16_t>(bytes, 22)),
                    .is_estimated = (flags & 1U) != 0,
                    .is_lost = (flags & 2U) != 0,
                    .is_on_ground = (flags & 4U) != 0};
    if ((flags & 8U) != 0) {
        track.direction_degrees = number_at<std::uint16_t>(bytes, 18) * (360.0 / 65'536.0);
    }
    return track;
}

std::uint64_t count_of(std::string_view frame) {
    COMITY_CHECK(frame.size() >= FrameWriter::kHeader && frame.starts_with("CTF1"));
    const std::uint64_t count = number_at<std::uint32_t>(frame, 4);
    COMITY_CHECK(frame.size() == FrameWriter::kHeader + count * FrameWriter::kTrack);
    return count;
}

std::string_view bytes_of_track(std::string_view frame, std::uint64_t index) {
    return frame.substr(FrameWriter::kHeader + index * FrameWriter::kTrack, FrameWriter::kTrack);
}

}  // namespace

void each_track(std::string_view frame, const std::function<void(const ReadTrack&)>& take) {
    const std::uint64_t count = count_of(frame);
    for (std::uint64_t i = 0; i < count; ++i) take(track_at(bytes_of_track(frame, i)));
}

std::optional<ReadTrack> find_track(std::string_view frame, std::uint32_t number) {
    const std::uint64_t count = count_of(frame);
    const auto number_of = [&](std::uint64_t index) {
        return number_at<std::uint32_t>(bytes_of_track(frame, index), 0);
    };
    std::uint64_t first = 0;
    for (std::uint64_t end = count; first < end;) {
        const std::uint64_t middle = first + (end - first) / 2;
        if (number_of(middle) < number) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    if (first == count || number_of(first) != number) return std::nullopt;
    return track_at(bytes_of_track(frame, first));
}

}  // namespace comity::wire
