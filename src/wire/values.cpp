// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "values.hpp"

#include "comity/seal/base64.hpp"
#include "comity/wire/request.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <simdjson.h>

namespace comity::wire {
namespace {

constexpr std::string_view kIdExpected = "an id: 1 to 96 of A-Z a-z 0-9 . _ : -";

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

Failure other_kind(dom::element value, std::string_view expected) {
    return fail(fmt::format("{}, expected {}", kind_of(value), expected));
}

Result read_id_text(dom::element value, std::string_view& out) {
    if (value.get(out) != simdjson::SUCCESS) return other_kind(value, kIdExpected);
    if (!accord::is_id(out)) return fail(fmt::format("other text, expected {}", kIdExpected));
    return {};
}

}  // namespace

Result read_text(dom::element value, Count bytes, std::string& out) {
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return other_kind(value, "text");
    if (text.size() < bytes.least || text.size() > bytes.most) {
        return fail(fmt::format("text of {} bytes, expected {} to {}", text.size(), bytes.least,
                                bytes.most));
    }
    if (std::ranges::any_of(text, is_control)) {
        return fail("text with a control character, expected none");
    }
    out = text;
    return {};
}

Result read_id(dom::element value, std::string& out) {
    std::string_view text;
    if (Result read = read_id_text(value, text); !read) return read;
    out = text;
    return {};
}

Result read_party(dom::element value, accord::PartyId& out) {
    std::string_view text;
    if (Result read = read_id_text(value, text); !read) return read;
    out = accord::PartyId(std::string(text));
    return {};
}

Result read_hash(dom::element value, seal::Hash& out) {
    constexpr std::string_view kExpected = "base64 of 32 bytes";
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return other_kind(value, kExpected);
    const auto bytes = seal::decode_base64(text, seal::Hash::kSize);
    const auto hash = bytes ? seal::Hash::from(*bytes) : std::nullopt;
    if (!hash) return fail(fmt::format("other text, expected {}", kExpected));
    out = *hash;
    return {};
}

Result read_truth(dom::element value, bool& out) {
    if (value.get(out) != simdjson::SUCCESS) return other_kind(value, "true or false");
    return {};
}

Result read_time(dom::element value, geo::Instant& out) {
    constexpr std::string_view kExpected = "a time such as 2015-11-24T07:24:05.000Z";
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return other_kind(value, kExpected);
    // The reader of times also takes Unix seconds, which have no dash there.
    constexpr std::size_t kDash = 4;
    const auto time = geo::parse_instant(text);
    if (!time || text.size() <= kDash || text[kDash] != '-') {
        return fail(fmt::format("no time, expected {}", kExpected));
    }
    out = *time;
    return {};
}

Result read_number(dom::element value, std::uint64_t& out) {
    if (value.get(out) == simdjson::SUCCESS && out <= BodyLimits::kMaxNumber) return {};
    constexpr std::string_view kExpected = "a whole number from 0 to 2^53 - 1";
    if (!value.is_number()) return other_kind(value, kExpected);
    return fail(fmt::format("another number, expected {}", kExpected));
}

Result read_whole(dom::element value, Range range, std::int64_t& out) {
    if (value.get(out) == simdjson::SUCCESS && range.least <= out && out <= range.most) return {};
    const std::string expected =
        fmt::format("a whole number from {} to {}", range.least, range.most);
    if (!value.is_number()) return other_kind(value, expected);
    return fail(fmt::format("another number, expected {}", expected));
}

Result read_decimal(dom::element value, double& out) {
    if (value.get(out) != simdjson::SUCCESS) return other_kind(value, "a number");
    return {};
}

Result read_parties(dom::element value, Count count, std::vector<accord::PartyId>& out) {
    std::set<std::string_view> known;
    return read_list(value, count, [&](dom::element element) -> Result {
        std::string_view text;
        if (Result read = read_id_text(element, text); !read) return read;
        if (!known.insert(text).second) return fail("there twice, expected each party once");
        out.emplace_back(std::string(text));
        return {};
    });
}

Result read_party_set(dom::element value, Count count, std::set<accord::PartyId>& out) {
    std::vector<accord::PartyId> parties;
    Result read = read_parties(value, count, parties);
    if (read) out.insert(parties.begin(), parties.end());
    return read;
}

Result position_from(geo::PositionDegrees degrees, geo::Position& out) {
    const auto position = geo::Position::from_degrees(degrees);
    if (!position) return fail(geo::to_string(position.error()));
    out = *position;
    return {};
}

}  // namespace comity::wire
