// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/geo/trig.hpp"

#include "trig_degrees.hpp"

#include "comity/base/testing/random_arguments.hpp"
#include "comity/geo/quantity.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>

#include <gtest/gtest.h>

namespace comity::geo {
namespace {

using base::testing::RandomArguments;

constexpr int kCount = 3'000'000;
constexpr double kPi = std::numbers::pi;
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr long long kQuadrant = 900'000'000;

// Doubles as integers in their order; both zeros are 0.
std::int64_t ordinal(double value) {
    const auto bits = std::bit_cast<std::int64_t>(value);
    return bits < 0 ? std::numeric_limits<std::int64_t>::min() - bits : bits;
}

std::int64_t ulps(double a, double b) {
    return std::abs(ordinal(a) - ordinal(b));
}

std::int64_t ulps(SinCos a, SinCos b) {
    return std::max(ulps(a.sin, b.sin), ulps(a.cos, b.cos));
}

bool same_bits(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

// The oracle of sin_cos_e7: reduced exactly to one eighth of a turn, then by 80-bit functions.
SinCos oracle_e7(long long e7) {
    constexpr long double kStep = std::numbers::pi_v<long double> / 1'800'000'000.0L;
    const long long turn = ((e7 % (4 * kQuadrant)) + 4 * kQuadrant) % (4 * kQuadrant);
    const long long within = turn % kQuadrant;
    const bool steep = within > kQuadrant / 2;
    const auto small = static_cast<long double>(steep ? kQuadrant - within : within) * kStep;
    const auto s = static_cast<double>(steep ? std::cos(small) : std::sin(small));
    const auto c = static_cast<double>(steep ? std::sin(small) : std::cos(small));
    switch (turn / kQuadrant) {
        case 0:
            return {s, c};
        case 1:
            return {c, -s};
        case 2:
            return {-s, -c};
        default:
            return {-c, s};
    }
}

TEST(SinCos, IsWithinOneUlpOfTheLibrary) {
    RandomArguments random(1);
    std::int64_t worst = 0;
    for (int i = 0; i < kCount; ++i) {
        const double range = i % 4 == 0 ? 1.0 : i % 4 == 1 ? 7.0 : i % 4 == 2 ? 1000.0 : 0x1p20;
        double x = random.between(-range, range);
        // Beside the zeros, where the reduction loses digits.
        if (i % 8 >= 4) x = std::clamp(std::floor(x) * (kPi / 2), -0x1p20, 0x1p20);
        const SinCos both = sin_cos(Angle::radians(x));
        worst = std::max(worst, ulps(both, {std::sin(x), std::cos(x)}));
    }
    EXPECT_LE(worst, 1);
}

TEST(SinCos, IsExactWhereItCanBe) {
    EXPECT_TRUE(same_bits(sin(Angle::radians(0.0)), 0.0));
    EXPECT_TRUE(same_bits(sin(Angle::radians(-0.0)), -0.0));
    EXPECT_EQ(cos(Angle::radians(0.0)), 1.0);
    EXPECT_EQ(sin(Angle::radians(5e-324)), 5e-324);
    EXPECT_EQ(sin(Angle::radians(kPi / 2)), 1.0);
    EXPECT_EQ(cos(Angle::radians(kPi)), -1.0);
    for (const double x : {0x1p-27, 0x1p-28, kPi / 4, kPi, 0x1p20, -0x1p20, 1e-300}) {
        EXPECT_LE(ulps(sin_cos(Angle::radians(x)), {std::sin(x), std::cos(x)}), 1) << x;
    }
}

TEST(SinCos, KeepsItsIdentities) {
    RandomArguments random(2);
    for (int i = 0; i < kCount; ++i) {
        const Angle x = Angle::radians(random.between(-20.0, 20.0));
        const SinCos both = sin_cos(x);
        const SinCos mirrored = sin_cos(-x);
        ASSERT_EQ(mirrored.sin, -both.sin);
        ASSERT_EQ(mirrored.cos, both.cos);
        ASSERT_NEAR(both.sin * both.sin + both.cos * both.cos, 1.0, 4e-16);
        ASSERT_LE(std::fabs(both.sin), 1.0);
        ASSERT_LE(std::fabs(both.cos), 1.0);
    }
}

TEST(SinCosDeathTest, RefusesAnAngleThatItCannotReduce) {
    EXPECT_DEATH((void)sin(Angle::radians(0x1.0000000000001p20)), "check failed");
    EXPECT_DEATH((void)sin(Angle::radians(kInfinity)), "check failed");
    EXPECT_DEATH((void)sin(Angle::radians(std::nan(""))), "check failed");
}

TEST(SinCosE7, IsWithinOneUlp) {
    RandomArguments random(3);
    std::int64_t worst = 0;
    for (int i = 0; i < kCount; ++i) {
        long long e7 = random.integer(-2 * kQuadrant, 2 * kQuadrant);
        if (i % 4 == 1) e7 = random.integer(-6 * kQuadrant, 6 * kQuadrant);
        if (i % 4 == 2) e7 = random.integer(-9, 9) * (kQuadrant / 2) + random.integer(-50, 50);
        worst = std::max(worst, ulps(sin_cos_e7(e7), oracle_e7(e7)));
    }
    EXPECT_LE(worst, 1);
    for (const long long e7 :
         {std::numeric_limits<long long>::min(), 450'000'000LL, -450'000'000LL, 450'000'001LL,
          -450'000'001LL, 1LL, -1LL, std::numeric_limits<long long>::max()}) {
        EXPECT_LE(ulps(sin_cos_e7(e7), oracle_e7(e7)), 1) << e7;
    }
}

TEST(SinCosE7, IsExactAtMultiplesOf90Degrees) {
    constexpr double kSines[] = {0.0, 1.0, 0.0, -1.0};
    for (long long quadrant = -12; quadrant <= 12; ++quadrant) {
        const SinCos both = sin_cos_e7(quadrant * kQuadrant);
        const auto index = static_cast<std::size_t>(quadrant + 12);
        EXPECT_TRUE(same_bits(both.sin, kSines[index % 4])) << quadrant;
        EXPECT_TRUE(same_bits(both.cos, kSines[(index + 1) % 4])) << quadrant;
    }
}

TEST(SinCosE7, KeepsItsIdentities) {
    RandomArguments random(4);
    for (int i = 0; i < kCount; ++i) {
        const long long e7 = random.integer(-2 * kQuadrant, 2 * kQuadrant);
        const SinCos both = sin_cos_e7(e7);
        ASSERT_EQ(sin_cos_e7(-e7).sin, -both.sin);
        ASSERT_EQ(sin_cos_e7(-e7).cos, both.cos);
        ASSERT_EQ(sin_cos_e7(e7 + 4 * kQuadrant).sin, both.sin);
        ASSERT_NEAR(both.sin * both.sin + both.cos * both.cos, 1.0, 4e-16);
    }
}

TEST(SinCosDegrees, AgreesWithTheIntegers) {
    RandomArguments random(5);
    for (int i = 0; i < kCount; ++i) {
        // Degrees that are a count of 1e-7 exactly, so that both speak of the same angle.
        const long long eighths = random.integer(-4320, 4320);
        const SinCos a = sin_cos_degrees(static_cast<double>(eighths) / 8.0);
        ASSERT_LE(ulps(a, sin_cos_e7(eighths * 1'250'000)), 1) << eighths;
    }
    EXPECT_EQ(sin_cos_degrees(180.0).sin, 0.0);
    EXPECT_EQ(sin_cos_degrees(-270.0).sin, 1.0);
    EXPECT_EQ(sin_cos_degrees(90.0).cos, 0.0);
}

TEST(SinCosDegrees, IsWithinOneUlp) {
    RandomArguments random(6);
    std::int64_t worst = 0;
    for (int i = 0; i < kCount; ++i) {
        const double degrees = random.between(-45.0, 45.0);
        const long double x =
            static_cast<long double>(degrees) * (std::numbers::pi_v<long double> / 180.0L);
        worst = std::max(worst, ulps(sin_cos_degrees(degrees), {static_cast<double>(std::sin(x)),
                                                                static_cast<double>(std::cos(x))}));
    }
    EXPECT_LE(worst, 1);
}

TEST(Atan2, IsWithinOneUlpOfTheLibrary) {
    RandomArguments random(7);
    std::int64_t worst = 0;
    for (int i = 0; i < kCount; ++i) {
        double y = random.between(-1.0, 1.0);
        double x = random.between(-1.0, 1.0);
        // Ratios of any size, both of any size, and beside the knots of the table.
        if (i % 4 == 1) y = std::ldexp(y, static_cast<int>(random.integer(-60, 60)));
        if (i % 4 == 2) {
            y = std::ldexp(y, static_cast<int>(random.integer(-1073, 1023)));
            x = std::ldexp(x, static_cast<int>(random.integer(-1073, 1023)));
        }
        if (i % 4 == 3) {
            y = x * (static_cast<double>(random.integer(0, 64)) / 64.0) + 1e-9 * y;
            if (random.coin()) std::swap(x, y);
        }
        worst = std::max(worst, ulps(geo::atan2(y, x).in_radians(), std::atan2(y, x)));
    }
    EXPECT_LE(worst, 1);
}

TEST(Atan2, SpecialPointsAreThoseOfIec60559) {
    constexpr double kPoints[] = {0.0,     -0.0,  1.0,    -1.0,     kInfinity, -kInfinity, 5e-324,
                                  -5e-324, 1e308, -1e308, 2.2e-308, 0.5,       -0.25,      1e-200};
    for (const double y : kPoints) {
        for (const double x : kPoints) {
            const double ours = geo::atan2(y, x).in_radians();
            const double theirs = std::atan2(y, x);
            EXPECT_LE(ulps(ours, theirs), 1) << y << ' ' << x;
            EXPECT_EQ(std::signbit(ours), std::signbit(theirs)) << y << ' ' << x;
        }
    }
    EXPECT_TRUE(same_bits(geo::atan2(-0.0, 1.0).in_radians(), -0.0));
    EXPECT_EQ(geo::atan2(0.0, -1.0).in_radians(), kPi);
    EXPECT_EQ(geo::atan2(-0.0, -1.0).in_radians(), -kPi);
    EXPECT_EQ(geo::atan2(3.0, 3.0).in_radians(), kPi / 4);
}

TEST(Atan2, IsOddInY) {
    RandomArguments random(8);
    for (int i = 0; i < kCount; ++i) {
        const double y = random.between(-2.0, 2.0);
        const double x = random.between(-2.0, 2.0);
        ASSERT_EQ(geo::atan2(-y, x), -geo::atan2(y, x));
    }
}

TEST(Atan2, UndoesSinCos) {
    RandomArguments random(9);
    for (int i = 0; i < kCount; ++i) {
        const double angle = random.between(-kPi, kPi);
        const SinCos both = sin_cos(Angle::radians(angle));
        ASSERT_NEAR(geo::atan2(both.sin, both.cos).in_radians(), angle, 1e-15);
    }
}

TEST(Atan2DeathTest, RefusesNaN) {
    EXPECT_DEATH((void)geo::atan2(std::nan(""), 1.0), "check failed");
    EXPECT_DEATH((void)geo::atan2(1.0, std::nan("")), "check failed");
}

}  // namespace
}  // namespace comity::geo
