// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/wire/delivery.hpp"

#include "put.hpp"
#include "words.hpp"

#include "comity/accord/agreement.hpp"
#include "comity/accord/ids.hpp"
#include "comity/accord/release.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace comity::wire {
namespace {

using accord::Level;

// {"received":"2015-...","read":...} of a map by stages or parties.
template <typename Map, typename PutKey>
void put_times(std::string& out, const Map& times, const PutKey& put_key) {
    out += '{';
    bool is_first = true;
    for (const auto& [key, time] : times) {
        if (!is_first) out += ',';
        is_first = false;
        put_key(out, key);
        out += ':';
        put_time(out, time);
    }
    out += '}';
}

void put_cells(std::string& out, const accord::Cells& cells) {
    const auto put_index = [&out](std::string_view name, std::int64_t index) {
        out += name;
        put_whole(out, index);
    };
    put_index(R"({"south":)", cells.south);
    put_index(R"(,"north":)", cells.north);
    put_index(R"(,"west":)", cells.west);
    put_index(R"(,"east":)", cells.east);
    out += R"(,"reference":")";
    out += word_of(kDatums, cells.datum);
    out += R"(","lowest":)";
    put_or_null(out, cells.lowest, put_whole);
    out += R"(,"highest":)";
    put_or_null(out, cells.highest, put_whole);
    put_index(R"(,"first_hour":)", cells.first_hour);
    put_index(R"(,"last_hour":)", cells.last_hour);
    out += '}';
}

/// The member of a delivery that says what the item says.
struct ViewWriter {
    std::string& out;
    Level level;

    void operator()(const accord::AgreementView& view) const {
        out += R"("terms":{"state":")";
        out += word_of(kAgreementStates, view.agreement.state);
        out += R"(",)";
        put_terms(out, view.agreement.terms);
        out += R"(,"accepted":)";
        put_times(out, view.agreement.accepted, put_party);
        out += '}';
    }

    void operator()(const accord::IntentView& view) const {
        out += R"("intent":{)";
        if (level == Level::kFull) {
            out += R"("owner":)";
            put_or_null(out, view.owner, put_party);
            out += ',';
        }
        if (level >= Level::kVolume) {
            out += R"("state":")";
            out += word_of(kIntentStates, view.state);
            out += '"';
        }
        if (level == Level::kFull) {
            out += R"(,"aircraft":)";
            put_aircraft(out, view.aircraft);
        }
        if (level >= Level::kVolume) {
            out += R"(,"volumes":)";
            put_volumes(out, view.volumes);
        }
        if (level == Level::kFull) {
            out += R"(,"route":)";
            put_route(out, view.route);
        }
        if (level == Level::kCells) put_all_cells(view.cells);
        out += '}';
    }

    void operator()(const accord::AirspaceView& view) const {
        out += R"("airspace":{)";
        if (level == Level::kFull) {
            out += R"("owner":)";
            put_or_null(out, view.owner, put_party);
            out += ',';
        }
        out += view.is_ended ? R"("ended":true)" : R"("ended":false)";
        if (level >= Level::kVolume) put_whole_area(view);
        if (level == Level::kCells) {
            out += ',';
            put_all_cells(view.cells);
        }
        out += '}';
    }

    void operator()(const accord::WarningView& view) const {
        out += R"("warning":{)";
        put_alert(out, view.alert, view.shows_track);
        out += R"(,"note":)";
        append_json_text(out, kWarningNote);
        out += '}';
    }

    void put_whole_area(const accord::AirspaceView& view) const {
        out += R"(,"area":)";
        put_or_null(out, view.area, [this](std::string& to, const airspace::Airspace& area) {
            to += R"({"type":")";
            to += word_of(kAirspaceTypes, area.type);
            to += R"(",)";
            if (level == Level::kFull) {
                to += R"("source":)";
                append_json_text(to, area.source);
                to += ',';
            }
            put_area(to, area);
            to += '}';
        });
    }

    template <typename List>
    void put_all_cells(const List& cells) const {
        out += R"("cells":)";
        put_list(out, cells, put_cells);
    }
};

}  // namespace

std::string delivery_bytes(const accord::Released& released, std::uint64_t number) {
    constexpr std::size_t kUsual = 1024;
    std::string out;
    out.reserve(kUsual);
    out += R"({"number":)";
    put_number(out, number);
    out += R"(,"item":)";
    append_json_text(out, accord::to_string(released.item));
    out += R"(,"version":)";
    put_number(out, released.version);
    out += R"(,"level":")";
    out += word_of(kLevels, released.level);
    out += R"(","why":")";
    out += word_of(kWhys, released.why);
    out += R"(","via":)";
    put_or_null(out, released.via, put_party);
    out += R"(,"agreement":)";
    if (released.agreement.empty()) {
        out += "null";
    } else {
        append_json_text(out, released.agreement);
    }
    out += released.traffic == accord::Traffic::kLive ? R"(,"traffic":"live")"
                                                      : R"(,"traffic":"exercise")";
    out += released.is_withdrawn ? R"(,"withdrawn":true,"due":)" : R"(,"withdrawn":false,"due":)";
    put_times(out, released.due, [](std::string& to, accord::Stage stage) {
        append_json_text(to, word_of(kStages, stage));
    });
    out += ',';
    std::visit(ViewWriter{.out = out, .level = released.level}, released.view);
    out += '}';
    return out;
}

}  // namespace comity::wire
