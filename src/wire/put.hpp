// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/agreement.hpp"
#include "comity/accord/alert.hpp"
#include "comity/accord/filed.hpp"
#include "comity/accord/ids.hpp"
#include "comity/airspace/airspace.hpp"
#include "comity/airspace/volume.hpp"
#include "comity/base/json_text.hpp"
#include "comity/geo/instant.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Values as bodies and deliveries write them, each appended to what there is.
namespace comity::wire {

using base::append_json_text;

void put_party(std::string& out, const accord::PartyId& party);
void put_time(std::string& out, geo::Instant time);
void put_number(std::string& out, std::uint64_t number);
void put_whole(std::string& out, std::int64_t number);
/// value / 10^digits, without zeros at the end.
void put_decimal(std::string& out, std::int64_t value, int digits);

/// null where there is none.
template <typename T, typename Put>
void put_or_null(std::string& out, const std::optional<T>& value, const Put& put) {
    if (value) {
        put(out, *value);
    } else {
        out += "null";
    }
}

/// A list; put(out, element) writes each.
template <typename List, typename Put>
void put_list(std::string& out, const List& list, const Put& put) {
    out += '[';
    bool is_first = true;
    for (const auto& element : list) {
        if (!is_first) out += ',';
        is_first = false;
        put(out, element);
    }
    out += ']';
}

template <typename List>
void put_parties(std::string& out, const List& parties) {
    put_list(out, parties, put_party);
}

/// Volumes as in ASTM F3548-21.
void put_volumes(std::string& out, const std::vector<airspace::Volume>& volumes);
void put_route(std::string& out, const std::vector<accord::RoutePoint>& route);
void put_aircraft(std::string& out, const std::vector<std::string>& aircraft);

/// The members of an area from `accuracy_m` on.
void put_area(std::string& out, const airspace::Airspace& area);
/// The members of terms, from `signatories` on.
void put_terms(std::string& out, const accord::Terms& terms);
/// The members of an alert; the track where `shows_track`.
void put_alert(std::string& out, const accord::Alert& alert, bool shows_track);
/// All of it, and the record as of which it was found: a delivery has none, since the number counts
/// what its addressee is not told.
void put_filed_alert(std::string& out, const accord::Alert& alert);

}  // namespace comity::wire
