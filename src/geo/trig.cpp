// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/geo/trig.hpp"

#include "trig_degrees.hpp"

#include "comity/base/check.hpp"
#include "comity/geo/quantity.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

// Everything here relies on each operation being rounded once to a double (-ffp-contract=off). The
// error-free transformations are those of T. J. Dekker, "A floating-point technique for extending
// the available precision", Numer. Math. 18 (1971).
namespace comity::geo {
namespace {

/// hi + lo, unevaluated; |lo| is at most an ulp or so of hi.
struct DoubleDouble {
    double hi;
    double lo;
};

// a + b exactly, where |a| >= |b| or a = 0.
DoubleDouble fast_two_sum(double a, double b) {
    const double sum = a + b;
    return {sum, b - (sum - a)};
}

// a - b exactly.
DoubleDouble two_difference(double a, double b) {
    const double difference = a - b;
    const double virtual_b = a - difference;
    const double virtual_a = difference + virtual_b;
    return {difference, (a - virtual_a) + (virtual_b - b)};
}

// The upper and lower 26 bits of a. |a| < 2^995.
DoubleDouble split(double a) {
    const double shifted = 134217729.0 * a;
    const double hi = shifted - (shifted - a);
    return {hi, a - hi};
}

// a * b exactly, where neither over- nor underflows.
DoubleDouble two_product(double a, double b) {
    const double product = a * b;
    const DoubleDouble sa = split(a);
    const DoubleDouble sb = split(b);
    return {product, ((sa.hi * sb.hi - product) + sa.hi * sb.lo + sa.lo * sb.hi) + sa.lo * sb.lo};
}

// The polynomials are minimax fits by Sollya 8, fpminimax with double coefficients:
//   fpminimax(sin(x), [|3,5,7,9,11,13|], [|D...|], [1e-30;0.7855], floating, relative, x);
//   fpminimax(cos(x), [|4,6,8,10,12,14|], [|D...|], [1e-30;0.7855], absolute, floating, 1-x^2/2);
//   fpminimax(atan(x), [|3,5,7,9|], [|D...|], [1e-30;1/63], floating, relative, x);
// Their errors: 3.8e-18 (relative), 4.8e-20 (absolute) and 2.5e-22 (relative).

// Sine and cosine of hi + lo, |hi| <= 0.7855.
SinCos kernel(DoubleDouble angle) {
    constexpr double kS3 = -0x1.5555555555548p-3;
    constexpr double kS5 = 0x1.111111110f75dp-7;
    constexpr double kS7 = -0x1.a01a019bf222ep-13;
    constexpr double kS9 = 0x1.71de355f05599p-19;
    constexpr double kS11 = -0x1.ae5e5471f55p-26;
    constexpr double kS13 = 0x1.5d8e3511cda5fp-33;
    constexpr double kC4 = 0x1.555555555554cp-5;
    constexpr double kC6 = -0x1.6c16c16c15221p-10;
    constexpr double kC8 = 0x1.a01a019cbfa2cp-16;
    constexpr double kC10 = -0x1.27e4f812e395ep-22;
    constexpr double kC12 = 0x1.1ee9f16cc7818p-29;
    constexpr double kC14 = -0x1.8fb13b550fc5cp-37;

    const double x = angle.hi;
    const double z = x * x;
    const double zz = z * z;
    // sin(x + y) = sin(x) + y * (1 - x^2 / 2), cos(x + y) = cos(x) - x * y to far below an ulp.
    const double s = (kS3 + z * kS5) + zz * ((kS7 + z * kS9) + zz * (kS11 + z * kS13));
    const double sine = x + ((x * z) * s + (angle.lo - 0.5 * z * angle.lo));
    const double c = (kC4 + z * kC6) + zz * ((kC8 + z * kC10) + zz * (kC12 + z * kC14));
    const double half = 0.5 * z;
    const double one_minus = 1.0 - half;
    const double cosine = one_minus + (((1.0 - one_minus) - half) + (zz * c - x * angle.lo));
    return {sine, cosine};
}

// Turns the sine and cosine of an angle by `quadrant` times 90 degrees.
SinCos turned(SinCos of, std::uint64_t quadrant) {
    const bool swap = (quadrant & 1) != 0;
    const double s = swap ? of.cos : of.sin;
    const double c = swap ? of.sin : of.cos;
    // 0 - v and not -v: the zeros come out positive.
    return {(quadrant & 2) != 0 ? 0.0 - s : s, ((quadrant + 1) & 2) != 0 ? 0.0 - c : c};
}

// pi / 2 and pi.
constexpr DoubleDouble kHalfPi{0x1.921fb54442d18p0, 0x1.1a62633145c07p-54};
constexpr DoubleDouble kPi{0x1.921fb54442d18p1, 0x1.1a62633145c07p-53};

// atan(i / 32).
constexpr std::array<DoubleDouble, 33> kAtan{{
    {0, 0},
    {0x1.ffd55bba97625p-6, -0x1.5ec431444912cp-60},
    {0x1.ff55bb72cfdeap-5, -0x1.c934d86d23f1dp-60},
    {0x1.7ee182602f10fp-4, -0x1.cfb654c0c3d98p-58},
    {0x1.fd5ba9aac2f6ep-4, -0x1.cd37686760c17p-59},
    {0x1.3d6eee8c6626cp-3, 0x1.61a3b0ce9281bp-57},
    {0x1.7b97b4bce5b02p-3, 0x1.347b0b4f881cap-58},
    {0x1.b90d7529260a2p-3, 0x1.17b10d2e0e5abp-61},
    {0x1.f5b75f92c80ddp-3, 0x1.8ab6e3cf7afbdp-57},
    {0x1.18bf5a30bf178p-2, 0x1.30ca4748b1bf9p-57},
    {0x1.362773707ebccp-2, -0x1.963a544b672d8p-57},
    {0x1.530ad9951cd4ap-2, -0x1.2566480884082p-57},
    {0x1.6f61941e4def1p-2, -0x1.c63aae6f6e918p-56},
    {0x1.8b24d394a1b25p-2, 0x1.b6d0ba3748fa8p-56},
    {0x1.a64eec3cc23fdp-2, -0x1.24dec1b50b7ffp-56},
    {0x1.c0db4c94ec9fp-2, -0x1.cc1ce70934c34p-56},
    {0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56},
    {0x1.f40dd0b541418p-2, -0x1.a3992dc382a23p-57},
    {0x1.0657e94db30dp-1, -0x1.d5b495f6349e6p-56},
    {0x1.1255d9bfbd2a9p-1, -0x1.2bdaee1c0ee35p-58},
    {0x1.1e00babdefeb4p-1, -0x1.928df287a668fp-58},
    {0x1.2958e59308e31p-1, -0x1.09e73b0c6c087p-56},
    {0x1.345f01cce37bbp-1, 0x1.1021137c71102p-55},
    {0x1.3f13fb89e96f4p-1, 0x1.ecf8b492644fp-56},
    {0x1.4978fa3269ee1p-1, 0x1.2419a87f2a458p-56},
    {0x1.538f57b89061fp-1, -0x1.1bb74abda520cp-55},
    {0x1.5d58987169b18p-1, 0x1.0028e4bc5e7cap-57},
    {0x1.66d663923e087p-1, -0x1.6ea6febe8bbbap-56},
    {0x1.700a7c5784634p-1, -0x1.8c34d25aadef6p-56},
    {0x1.78f6bbd5d315ep-1, 0x1.406a08980374p-55},
    {0x1.819d0b7158a4dp-1, -0x1.bf76229d3b917p-56},
    {0x1.89ff5ff57f1f8p-1, -0x1.55b9a5e177a1bp-55},
    {0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55},
}};

bool is_negative(double value) {
    return (std::bit_cast<std::uint64_t>(value) >> 63) != 0;
}

// The angle whose tangent is smaller / larger, in [0, pi / 4]; 2^-30 < smaller / larger <= 1.
DoubleDouble atan_of_ratio(double smaller, double larger) {
    // The products below need room; powers of two change no digit.
    constexpr double kDown = 0x1p-600;
    constexpr double kUp = 0x1p600;
    if (larger > 0x1p400) {
        smaller *= kDown;
        larger *= kDown;
    } else if (larger < 0x1p-400) {
        smaller *= kUp;
        larger *= kUp;
    }
    const double index = std::floor(smaller / larger * 32.0 + 0.5);
    const double c = index * (1.0 / 32.0);
    // u = (s - c l) / (l + c s), |u| <= 1/63: numerator and denominator as exact sums.
    const DoubleDouble sl = split(larger);
    const DoubleDouble ss = split(smaller);
    const DoubleDouble upper = two_difference(smaller, c * sl.hi);
    const DoubleDouble lower = two_difference(upper.hi, c * sl.lo);
    const DoubleDouble numerator = fast_two_sum(lower.hi, upper.lo + lower.lo);
    const DoubleDouble sum = fast_two_sum(larger, c * ss.hi);
    const DoubleDouble denominator = fast_two_sum(sum.hi, sum.lo + c * ss.lo);
    const double u = numerator.hi / denominator.hi;
    const DoubleDouble back = two_product(u, denominator.hi);
    const double u_lo =
        (((numerator.hi - back.hi) - back.lo) + numerator.lo - u * denominator.lo) / denominator.hi;

    constexpr double kA3 = -0x1.5555555555555p-2;
    constexpr double kA5 = 0x1.9999999992311p-3;
    constexpr double kA7 = -0x1.249247acfbe95p-3;
    constexpr double kA9 = 0x1.c6e3b3845906cp-4;
    const double z = u * u;
    const double cubic = (u * z) * ((kA3 + z * kA5) + (z * z) * (kA7 + z * kA9));
    const DoubleDouble& at = kAtan[static_cast<std::size_t>(index)];
    const DoubleDouble head = fast_two_sum(at.hi, u);
    return {head.hi, head.lo + (at.lo + u_lo + cubic)};
}

// base + sign * part.
double joined(DoubleDouble base, double sign, DoubleDouble part) {
    const DoubleDouble sum = fast_two_sum(base.hi, sign * part.hi);
    return sum.hi + (sum.lo + (base.lo + sign * part.lo));
}

// atan2 of finite or infinite non-negative arguments, x then given its sign: in [0, pi].
double atan2_upper(double y, double x, bool x_is_negative) {
    constexpr DoubleDouble kZero{0.0, 0.0};
    const bool steep = y > x;
    const double smaller = steep ? x : y;
    const double larger = steep ? y : x;
    if (larger == 0.0) return x_is_negative ? kPi.hi : 0.0;
    const double ratio = smaller == larger ? 1.0 : smaller / larger;
    if (ratio <= 0x1p-30) {
        if (!steep && !x_is_negative) return ratio;
        const DoubleDouble base = steep ? kHalfPi : kPi;
        return joined(base, steep == x_is_negative ? 1.0 : -1.0, {ratio, 0.0});
    }
    const DoubleDouble part = smaller == larger ? kAtan.back() : atan_of_ratio(smaller, larger);
    if (steep) return joined(kHalfPi, x_is_negative ? 1.0 : -1.0, part);
    return x_is_negative ? joined(kPi, -1.0, part) : joined(kZero, 1.0, part);
}

}  // namespace

SinCos sin_cos(Angle angle) {
    const double x = angle.in_radians();
    COMITY_CHECK(std::fabs(x) <= 0x1p20);
    // Below, x^3 / 6 is under half an ulp; and the sign of zero stays.
    if (std::fabs(x) < 0x1p-27) return {x, 1.0};
    // pi / 2 in four parts; the first three have at most 33 bits, so that n times them is exact.
    constexpr double kTwoOverPi = 0x1.45f306dc9c883p-1;
    constexpr double kPart1 = 0x1.921fb544p0;
    constexpr double kPart2 = 0x1.0b4611a6p-34;
    constexpr double kPart3 = 0x1.3198a2ep-69;
    constexpr double kPart4 = 0x1.b839a252049c1p-104;
    const double n = std::floor(x * kTwoOverPi + 0.5);
    const DoubleDouble second = two_difference(x - n * kPart1, n * kPart2);
    const DoubleDouble third = two_difference(second.hi, n * kPart3);
    const double rest = second.lo + (third.lo - n * kPart4);
    return turned(kernel(fast_two_sum(third.hi, rest)),
                  static_cast<std::uint64_t>(static_cast<std::int64_t>(n)));
}

double sin(Angle angle) {
    return sin_cos(angle).sin;
}

double cos(Angle angle) {
    return sin_cos(angle).cos;
}

SinCos sin_cos_e7(long long e7) {
    constexpr std::int64_t kQuadrant = 900'000'000;
    std::int64_t quadrant = e7 / kQuadrant;
    std::int64_t rest = e7 % kQuadrant;
    if (rest > kQuadrant / 2) {
        rest -= kQuadrant;
        quadrant += 1;
    } else if (rest < -kQuadrant / 2) {
        rest += kQuadrant;
        quadrant -= 1;
    }
    // pi / 1.8e9 in two parts; the first has 24 bits, so that its product with `rest` is exact.
    constexpr double kPart1 = 0x1.dfc0ap-30;
    constexpr double kPart2 = 0x1.59f2fc45beb35p-55;
    const double r = static_cast<double>(rest);
    return turned(kernel(fast_two_sum(r * kPart1, r * kPart2)),
                  static_cast<std::uint64_t>(quadrant));
}

SinCos sin_cos_degrees(double degrees) {
    COMITY_CHECK(std::fabs(degrees) <= 0x1p20);
    constexpr double kPart1 = 0x1.1df46a2529d39p-6;
    constexpr double kPart2 = 0x1.5c1d8becdd291p-62;
    const double n = std::floor(degrees * (1.0 / 90.0) + 0.5);
    const double r = degrees - n * 90.0;
    const DoubleDouble product = two_product(r, kPart1);
    return turned(kernel({product.hi, product.lo + r * kPart2}),
                  static_cast<std::uint64_t>(static_cast<std::int64_t>(n)));
}

Angle atan2(double y, double x) {
    COMITY_CHECK(y == y && x == x);
    const double upper = atan2_upper(std::fabs(y), std::fabs(x), is_negative(x));
    return Angle::radians(is_negative(y) ? -upper : upper);
}

}  // namespace comity::geo
