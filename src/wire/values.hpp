// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "members.hpp"
#include "words.hpp"

#include "comity/accord/ids.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/position.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

/// The kinds of values that bodies are made of.
namespace comity::wire {

/// Text of so many bytes, without control characters.
Result read_text(dom::element value, Count bytes, std::string& out);
/// An id (accord::is_id).
Result read_id(dom::element value, std::string& out);
Result read_party(dom::element value, accord::PartyId& out);
/// Base64 of 32 bytes.
Result read_hash(dom::element value, seal::Hash& out);
Result read_truth(dom::element value, bool& out);
/// RFC 3339.
Result read_time(dom::element value, geo::Instant& out);
/// 0 to BodyLimits::kMaxNumber.
Result read_number(dom::element value, std::uint64_t& out);

struct Range {
    std::int64_t least;
    std::int64_t most;
};
Result read_whole(dom::element value, Range range, std::int64_t& out);
/// A finite number, whole or not.
Result read_decimal(dom::element value, double& out);

/// Different parties.
Result read_parties(dom::element value, Count count, std::vector<accord::PartyId>& out);
Result read_party_set(dom::element value, Count count, std::set<accord::PartyId>& out);

/// Rounded to 1e-7 degree.
Result position_from(geo::PositionDegrees degrees, geo::Position& out);

/// One of the words of a table.
template <typename T, std::size_t kSize>
Result read_word(dom::element value, const std::array<Word<T>, kSize>& words, T& out) {
    std::string_view text;
    const bool is_text = value.get(text) == simdjson::SUCCESS;
    for (const Word<T>& one : words) {
        if (!is_text || one.word != text) continue;
        out = one.value;
        return {};
    }
    std::array<std::string_view, kSize> known;
    std::ranges::transform(words, known.begin(), &Word<T>::word);
    return fail(fmt::format("{}, expected one of {}", is_text ? "another word" : kind_of(value),
                            fmt::join(known, ", ")));
}

}  // namespace comity::wire
