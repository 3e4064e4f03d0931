// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>

namespace comity::geo {

/// A fraction of a path, from 0 (its begin) to 1 (its end), exact: where straight lines between
/// whole coordinates meet is a quotient of whole numbers, and stays one. `0 <= num <= den`,
/// `den > 0`, not reduced; equality and order are those of the values.
struct Fraction {
    std::int64_t num = 0;
    std::int64_t den = 1;

    constexpr double value() const { return static_cast<double>(num) / static_cast<double>(den); }
    constexpr Fraction complement() const { return {.num = den - num, .den = den}; }

    friend constexpr std::strong_ordering operator<=>(Fraction a, Fraction b) {
        return product(a.num, b.den) <=> product(b.num, a.den);
    }
    friend constexpr bool operator==(Fraction a, Fraction b) { return (a <=> b) == 0; }

  private:
    __extension__ using Wide = __int128;
    static constexpr Wide product(std::int64_t a, std::int64_t b) { return Wide{a} * b; }
};

}  // namespace comity::geo
