// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What body_of writes, request_of reads as the same: random values of each operation.
#include "test_envelopes.hpp"

#include "comity/accord/request.hpp"
#include "comity/geo/altitude.hpp"
#include "comity/geo/polygon.hpp"
#include "comity/wire/request.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

namespace comity::wire {
namespace {

using accord::PartyId;

/// Random values within the limits.
class Source {
  public:
    explicit Source(std::uint64_t seed) : random_(seed) {}

    std::int64_t whole(std::int64_t least, std::int64_t most) {
        return least + static_cast<std::int64_t>(random_() %
                                                 (static_cast<std::uint64_t>(most - least) + 1));
    }
    bool coin() { return whole(0, 1) == 1; }
    template <typename T>
    T pick(std::int64_t first, std::int64_t last) {
        return static_cast<T>(whole(first, last));
    }
    std::string id() { return "id-" + std::to_string(whole(0, 999'999)); }
    PartyId party() { return PartyId(id()); }
    std::set<PartyId> parties(std::int64_t least) {
        std::set<PartyId> out;
        const auto size = static_cast<std::size_t>(whole(least, least + 4));
        while (out.size() < size) out.insert(party());
        return out;
    }
    std::string text() {
        static constexpr std::array<const char*, 6> kPieces{"a", "\"", "\\", "é", "/", " "};
        std::string out = "t";
        for (std::int64_t i = whole(0, 8); i > 0; --i) out += kPieces[pick<std::size_t>(0, 5)];
        return out;
    }
    geo::Instant time() { return geo::Instant(geo::Milliseconds(whole(0, 253'402'300'799'999))); }
    std::uint64_t number() {
        return static_cast<std::uint64_t>(whole(0, (std::int64_t{1} << 53) - 1));
    }
    template <typename F>
    auto maybe(F&& f) -> std::optional<decltype(f())> {
        return coin() ? std::optional(f()) : std::nullopt;
    }
    seal::Hash hash() {
        seal::Hash out;
        for (std::byte& one : out.bytes) one = pick<std::byte>(0, 255);
        return out;
    }
    geo::Position position() {
        return *geo::Position::from_e7(
            {.latitude = pick<std::int32_t>(-900'000'000, 900'000'000),
             .longitude = pick<std::int32_t>(-1'800'000'000, 1'800'000'000)});
    }
    geo::Height height() { return geo::Height::tenths_of_mm(whole(-80'000'000, 1'000'000'000)); }

    template <typename AltitudeType>
    airspace::AltitudeBand band_of() {
        const geo::Height a = height();
        const geo::Height b = height();
        airspace::Band<AltitudeType> band;
        const std::int64_t limits = whole(1, 3);
        if (limits != 1) band.lower = AltitudeType::at(std::min(a, b));
        if (limits != 2) band.upper = AltitudeType::at(std::max(a, b));
        return band;
    }
    airspace::AltitudeBand band(bool may_be_agl) {
        switch (whole(0, may_be_agl ? 4 : 3)) {
            case 0:
                return airspace::Band<geo::AltitudeMsl>{};
            case 1:
                return band_of<geo::AltitudeMsl>();
            case 2:
                return band_of<geo::AltitudeWgs84>();
            case 3:
                return band_of<geo::PressureAltitude>();
            default:
                return band_of<geo::HeightAgl>();
        }
    }
    // Triangles, no edge of which is as long as half the earth.
    void add_ring(geo::PolygonBuilder& builder) {
        const auto longitude = pick<std::int32_t>(-1'800'000'000, 1'700'000'000);
        std::vector<geo::Position> ring;
        for (int i = 0; i < 3; ++i) {
            ring.push_back(*geo::Position::from_e7(
                {.latitude = pick<std::int32_t>(-900'000'000, 900'000'000),
                 .longitude = longitude + pick<std::int32_t>(0, 100'000'000)}));
        }
        ring.push_back(ring.front());
        for (const geo::Position& vertex : ring) EXPECT_TRUE(builder.add(vertex));
        EXPECT_TRUE(builder.end_ring());
    }
    geo::Polygon polygon(geo::EdgeKind edges, std::int64_t rings) {
        geo::PolygonBuilder builder(edges);
        for (; rings > 0; --rings) add_ring(builder);
        return *std::move(builder).finish();
    }
    airspace::Volume volume() {
        airspace::Volume out;
        if (coin()) {
            out.footprint = airspace::Circle{
                .centre = position(),
                .radius =
                    geo::Distance::metres(static_cast<double>(whole(1, 1'000'000'000)) / 1000.0)};
        } else {
            out.footprint = polygon(geo::EdgeKind::kGeodesic, 1);
        }
        out.band = band(false);
        out.time = {.begin = time(), .end = time()};
        return out;
    }
    accord::Terms terms() {
        accord::Terms out;
        for (const PartyId& one : parties(2)) out.signatories.push_back(one);
        for (std::int64_t i = whole(0, 3); i > 0; --i) {
            out.share.push_back({.what = pick<accord::Shared>(1, 3),
                                 .from = party(),
                                 .to = party(),
                                 .level = pick<accord::Level>(0, 3),
                                 .is_residual = coin()});
            out.relay.push_back({.by = party(), .to = party(), .level = pick<accord::Level>(0, 3)});
        }
        for (geo::Milliseconds* one :
             {&out.intents.received, &out.intents.read, &out.intents.passed_on,
              &out.alerts.received, &out.alerts.read, &out.alerts.passed_on}) {
            *one = std::chrono::seconds(whole(1, 86'400));
        }
        for (const PartyId& one : parties(0)) out.escalation.push_back(one);
        return out;
    }
    accord::Alert alert() {
        accord::Alert out{.id = {},
                          .phase = pick<accord::AlertPhase>(1, 4),
                          .track = text(),
                          .feed_of = party(),
                          .airspace = id()};
        out.operated_by = maybe([this] { return party(); });
        out.intent = maybe([this] { return id(); });
        const auto any_time = [this] { return time(); };
        if (out.intent) out.entry_by_intent = maybe(any_time);
        out.entry_by_track = maybe(any_time);
        out.entered = maybe(any_time);
        out.left = maybe(any_time);
        out.distance_m = whole(-100'000'000, 100'000'000);
        out.track_accuracy_m = whole(0, 100'000'000);
        out.area_accuracy_m = whole(0, 100'000'000);
        out.sweep = time();
        out.as_of_record = number();
        return out;
    }
    accord::PutIntent intent() {
        accord::PutIntent out{.state = pick<accord::IntentState>(1, 5)};
        for (std::int64_t i = whole(0, 3); i > 0; --i) out.aircraft.push_back(text());
        for (std::int64_t i = whole(1, 4); i > 0; --i) out.volumes.push_back(volume());
        for (std::int64_t i = coin() ? whole(2, 4) : 0; i > 0; --i)
            out.route.push_back({.position = position(), .time = time()});
        return out;
    }
    accord::PutAirspace airspace() {
        accord::PutAirspace out;
        out.area.type = pick<airspace::AirspaceType>(0, 8);
        out.area.source = coin() ? text() : "";
        out.area.accuracy = maybe([this] {
            return geo::Distance::metres(static_cast<double>(whole(0, 1'000'000'000)) / 7.0 / 64.0);
        });
        out.area.band = band(true);
        out.area.validity = maybe([this] { return geo::Interval{.begin = time(), .end = time()}; });
        for (std::int64_t i = whole(1, 3); i > 0; --i)
            out.area.footprint.push_back(polygon(geo::EdgeKind::kStraightLonLat, whole(1, 3)));
        return out;
    }
    accord::Operation operation() {
        switch (whole(0, 13)) {
            case 0: {
                accord::PutParty out;
                for (std::int64_t i = whole(0, 3); i > 0; --i) out.keys.push_back(hash());
                out.group =
                    maybe([this] { return accord::Group{.lead = party(), .members = parties(0)}; });
                return out;
            }
            case 1:
                return accord::ProposeAgreement{.terms = terms()};
            case 2:
                return accord::ChangeAgreement{.act = pick<accord::AgreementAct>(0, 3)};
            case 3:
                return intent();
            case 4:
                return airspace();
            case 5:
                return accord::EndAirspace{};
            case 6:
                return accord::PutAlert{.alert = alert()};
            case 7:
                return accord::PutSpooled{.spool_number = number(),
                                          .left_at = time(),
                                          .alert = alert(),
                                          .told = parties(0)};
            case 8:
                return accord::Received{.version = number()};
            case 9:
                return accord::Read{.version = number(), .reader = std::nullopt};
            case 10:
                return accord::PassOn{.version = number(), .to = parties(1)};
            case 11:
                return accord::Object{.version = number()};
            case 12:
                return accord::Withdraw{};
            default:
                return accord::LogCall{.channel = pick<accord::Channel>(1, 4),
                                       .to = maybe([this] { return party(); }),
                                       .at = time(),
                                       .answered = maybe([this] { return coin(); })};
        }
    }

  private:
    std::mt19937_64 random_;
};

TEST(RoundTrip, OfRandomOperations) {
    constexpr std::uint64_t kSeed = 20151124;
    SCOPED_TRACE(kSeed);
    Source source(kSeed);
    Reader reader;
    for (int i = 0; i < 20'000; ++i) {
        const accord::Operation operation = source.operation();
        const std::string body = body_of(operation);
        const accord::Request request =
            reader.request_of(envelope_with(operation_name(operation), body));
        ASSERT_EQ(reader.fault(), "") << body;
        ASSERT_EQ(request.operation.index(), operation.index()) << body;
        ASSERT_EQ(body_of(request.operation), body);
        // The values too, where they compare: a fault of the writer is then no fault of both.
        if (const auto* put = std::get_if<accord::PutAlert>(&operation)) {
            ASSERT_EQ(std::get<accord::PutAlert>(request.operation).alert, put->alert) << body;
        }
        if (const auto* propose = std::get_if<accord::ProposeAgreement>(&operation)) {
            ASSERT_EQ(std::get<accord::ProposeAgreement>(request.operation).terms, propose->terms);
        }
        if (const auto* put = std::get_if<accord::PutIntent>(&operation)) {
            const auto& read = std::get<accord::PutIntent>(request.operation);
            ASSERT_EQ(read.route, put->route) << body;
            ASSERT_EQ(read.aircraft, put->aircraft) << body;
            for (std::size_t at = 0; at < put->volumes.size(); ++at) {
                ASSERT_EQ(read.volumes[at].band, put->volumes[at].band) << body;
                ASSERT_EQ(read.volumes[at].time, put->volumes[at].time) << body;
            }
        }
        if (const auto* put = std::get_if<accord::PutAirspace>(&operation)) {
            const auto& read = std::get<accord::PutAirspace>(request.operation);
            ASSERT_EQ(read.area.accuracy, put->area.accuracy) << body;
            ASSERT_EQ(read.area.band, put->area.band) << body;
        }
    }
}

}  // namespace
}  // namespace comity::wire
