// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "example_bodies.hpp"
#include "test_envelopes.hpp"

#include "comity/accord/release.hpp"
#include "comity/accord/request.hpp"
#include "comity/wire/request.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

/// What is released of the items of docs/formats/requests.md, for docs/formats/delivery.md.
namespace comity::wire {

inline geo::Instant example_time(int second) {
    constexpr std::chrono::sys_seconds kTime{std::chrono::seconds{1'448'349'600}};
    return kTime + std::chrono::seconds(second);
}

template <typename Asked>
Asked example_of(std::string_view operation) {
    const auto* const one = std::ranges::find(kExampleBodies, operation, &ExampleBody::operation);
    return std::get<Asked>(request_of(envelope_with(operation, one->body)).operation);
}

inline accord::Released released(accord::ItemRef item, accord::Level level) {
    return {
        .to = accord::PartyId("coast-guard"),
        .item = std::move(item),
        .version = 3,
        .level = level,
        .why = accord::Why::kShared,
        .via = std::nullopt,
        .agreement = "strait-2015",
        .due = {{accord::Stage::kReceived, example_time(60)},
                {accord::Stage::kRead, example_time(300)}},
        .view = {},
    };
}

inline accord::Released example_intent(accord::Level level) {
    auto put = example_of<accord::PutIntent>("intent.put");
    accord::Released out = released({.kind = accord::ItemKind::kIntent, .id = "flight-7"}, level);
    out.view = accord::IntentView{
        .owner = accord::PartyId("air-unit-b"),
        .state = put.state,
        .aircraft = std::move(put.aircraft),
        .volumes = std::move(put.volumes),
        .route = std::move(put.route),
        .cells = {{.south = 1259,
                   .north = 1262,
                   .west = 2160,
                   .east = 2165,
                   .datum = geo::Datum::kWgs84,
                   .lowest = 1,
                   .highest = std::nullopt,
                   .first_hour = 402319,
                   .last_hour = 402320}},
    };
    return out;
}

inline accord::Released example_airspace(accord::Level level) {
    auto put = example_of<accord::PutAirspace>("airspace.put");
    accord::Released out = released({.kind = accord::ItemKind::kAirspace, .id = "HZ-7"}, level);
    out.why = accord::Why::kRelayed;
    out.via = accord::PartyId("harbour");
    out.view = accord::AirspaceView{
        .owner = accord::PartyId("air-unit-b"), .area = std::move(put.area), .cells = {}};
    return out;
}

inline accord::Released example_agreement() {
    auto propose = example_of<accord::ProposeAgreement>("agreement.propose");
    accord::Released out =
        released({.kind = accord::ItemKind::kAgreement, .id = "strait-2015"}, accord::Level::kFull);
    out.why = accord::Why::kSignatory;
    out.view = accord::AgreementView{
        .agreement = {.id = "strait-2015",
                      .version = 3,
                      .state = accord::AgreementState::kInForce,
                      .terms = std::move(propose.terms),
                      .accepted = {{accord::PartyId("air-unit-b"), example_time(0)},
                                   {accord::PartyId("coast-guard"), example_time(1)}}}};
    return out;
}

inline accord::Released example_warning(accord::Level level) {
    auto put = example_of<accord::PutAlert>("alert.put");
    accord::Released out = released({.kind = accord::ItemKind::kWarning, .id = "w-12"}, level);
    out.why = accord::Why::kOwnAircraft;
    out.agreement.clear();
    out.view = accord::WarningView{.alert = std::move(put.alert),
                                   .shows_track = level == accord::Level::kFull};
    return out;
}

}  // namespace comity::wire
