// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "server_tracks.hpp"

#include "comity/base/check.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <deque>
#include <set>
#include <utility>

#include <fmt/core.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace comity::bench {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kSlot{1'000 / Aircraft::kSlots};
// How long is listened for what is still on its way.
constexpr std::chrono::seconds kLinger{3};

// One that flies east has a latitude of its own, and a longitude that says how often it reported:
// 250 kt at the equator's scale.
constexpr std::int64_t kSouthE7 = 100'000'000;
constexpr std::int64_t kApartE7 = 20'000;
constexpr std::int64_t kWestE7 = 100'000'000;
constexpr std::int64_t kStepE7 = 12'000;

// North's border is 50 degrees north; from here an aircraft with 300 kt takes two and a half
// minutes to it.
constexpr double kTurnLatitude = 49.79;
constexpr double kDegreesPerSecond = 300.0 * 1852.0 / 3600.0 / 111'195.0;

constexpr const char* kAirspace =
    R"({"type":"national","source":"invented","accuracy_m":30,"lower":null,"upper":null,)"
    R"("valid":null,"footprint":{"type":"Polygon","coordinates":[[[10,50],[14,50],[14,51],)"
    R"([10,51],[10,50]]]}})";
// Nobody acknowledges anything here, and nobody is to be reminded.
constexpr const char* kAgreement =
    R"({"signatories":["north","south"],"share":[{"what":"alerts","from":"north","to":"south",)"
    R"("level":"full"}],"relay":[],"deadlines":{"alerts":{"received_s":86400,"read_s":86400,)"
    R"("passed_on_s":86400}},"escalation":[]})";

std::int64_t little_endian(std::string_view bytes, std::size_t at) {
    static_assert(std::endian::native == std::endian::little);
    std::int32_t value = 0;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}

// The aircraft of a warning that was delivered.
std::optional<std::size_t> aircraft_of(std::string_view delivery) {
    constexpr std::string_view kTrack = R"(\"track\":\"T)";
    const std::size_t at = delivery.find(kTrack);
    if (!delivery.starts_with(R"({"type":"delivery")") || at == std::string_view::npos) {
        return std::nullopt;
    }
    std::size_t number = 0;
    const char* const begin = delivery.data() + at + kTrack.size();
    std::from_chars(begin, delivery.data() + delivery.size(), number);
    return number;
}

}  // namespace

// --- The feed
// -------------------------------------------------------------------------------------

FeedSource::FeedSource() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof here;
    auto* const address = reinterpret_cast<sockaddr*>(&here);
    COMITY_CHECK(::bind(listener_, address, size) == 0 && ::listen(listener_, 1) == 0 &&
                 ::getsockname(listener_, address, &size) == 0);
    port_ = ntohs(here.sin_port);
}

FeedSource::~FeedSource() {
    if (socket_ >= 0) ::close(socket_);
    ::close(listener_);
}

void FeedSource::accept() {
    socket_ = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    COMITY_CHECK(socket_ >= 0);
}

void FeedSource::write(std::string_view lines) {
    while (!lines.empty()) {
        const ssize_t count = ::send(socket_, lines.data(), lines.size(), MSG_NOSIGNAL);
        COMITY_CHECK(count > 0);
        lines.remove_prefix(static_cast<std::size_t>(count));
    }
}

std::string Aircraft::lines(std::size_t second, std::size_t slot, std::string_view time,
                            std::optional<std::size_t> first_turn) {
    std::string out;
    for (std::size_t one = slot; one < kFlying; one += kSlots) {
        const auto number = static_cast<std::int64_t>(one);
        fmt::format_to(
            std::back_inserter(out), "{},T{},{:.7f},{:.7f},20000,pressure,250,90,0,50\n", time, one,
            static_cast<double>(kSouthE7 + number * kApartE7) / 1e7,
            static_cast<double>(kWestE7 + static_cast<std::int64_t>(second) * kStepE7) / 1e7);
    }
    for (std::size_t one = kFlying + slot; one < kAll; one += kSlots) {
        const std::size_t order = (one - kFlying) / kSlots;
        const bool has_turned = first_turn && *first_turn + order <= second;
        const double since = has_turned ? static_cast<double>(second - *first_turn - order) : 0.0;
        const double east = 10.5 + static_cast<double>(one - kFlying) * 0.003;
        fmt::format_to(std::back_inserter(out), "{},T{},{:.7f},{:.7f},20000,pressure,300,{},0,50\n",
                       time, one, kTurnLatitude + since * kDegreesPerSecond, east,
                       has_turned ? 0 : 90);
    }
    return out;
}

std::optional<Aircraft::Report> Aircraft::report_at(std::int32_t latitude_e7,
                                                    std::int32_t longitude_e7) {
    const std::int64_t north = latitude_e7 - kSouthE7;
    const std::int64_t east = longitude_e7 - kWestE7;
    const bool is_one = north >= 0 && north / kApartE7 < std::int64_t{kFlying} && east >= 0;
    if (!is_one) return std::nullopt;
    // To the nearest: a position may have become another in its last digit.
    return Report{.aircraft = static_cast<std::size_t>((north + kApartE7 / 2) / kApartE7),
                  .second = static_cast<std::size_t>((east + kStepE7 / 2) / kStepE7)};
}

// --- The world
// ------------------------------------------------------------------------------------

/// When the lines of each slot were written, by the feed's thread; before they are, a reader finds
/// nothing of them.
struct TracksWorld::Written {
    std::size_t first_second = 0;
    std::size_t seconds = 0;
    std::optional<std::size_t> first_turn;
    std::deque<std::atomic<Steady::rep>> times;

    std::atomic<Steady::rep>& at(std::size_t second, std::size_t slot) {
        return times[(second - first_second) * Aircraft::kSlots + slot];
    }
    /// Absent where it was written before.
    std::optional<Steady::time_point> of(std::size_t second, std::size_t slot) const {
        const bool is_known = first_second <= second && second < first_second + seconds;
        if (!is_known) return std::nullopt;
        const std::size_t index = (second - first_second) * Aircraft::kSlots + slot;
        return Steady::time_point(Steady::duration(times[index].load()));
    }
};

TracksWorld::TracksWorld()
    : node_({"north", "south"}, ServedFeed{.of = "north", .port = source_.port()}) {
    source_.accept();
    source_.write(Aircraft::kHeader);
    const ServedParty& north = node_.party(0);
    const ServedParty& south = node_.party(1);
    // A request that names a party which takes no part yet is refused, and is made again.
    node_.file(south, "intent.put", "first", small_intent(1));
    node_.file(north, "agreement.propose", "line", kAgreement);
    node_.file(south, "agreement.accept", "line", "{}");
    node_.file(north, "airspace.put", "north-airspace", kAirspace);
    for (std::size_t i = 0; i < kStreams; ++i) {
        north_.push_back(std::make_unique<StreamClient>(node_.port(), north.api_key, true));
    }
    south_ = std::make_unique<StreamClient>(node_.port(), south.api_key, false);
}

void TracksWorld::feed(std::size_t seconds, std::optional<std::size_t> first_turn,
                       Written& written) {
    const Steady::time_point began = Steady::now();
    for (std::size_t i = 0; i < seconds * Aircraft::kSlots; ++i) {
        std::this_thread::sleep_until(began + kSlot * i);
        const std::size_t second = second_ + i / Aircraft::kSlots;
        const std::size_t slot = i % Aircraft::kSlots;
        const std::string lines =
            Aircraft::lines(second, slot, time_text(milliseconds(0)), first_turn);
        written.at(second, slot) = Steady::now().time_since_epoch().count();
        source_.write(lines);
    }
    second_ += seconds;
}

// Each report once on each stream, in the first frame that has it.
void TracksWorld::read_frames(const std::atomic<bool>& is_over, const Written& written,
                              Latencies& frames) {
    Poller poller;
    for (std::size_t i = 0; i < north_.size(); ++i) poller.add(north_[i]->socket(), i);
    std::vector<std::vector<std::size_t>> seen(north_.size(),
                                               std::vector<std::size_t>(Aircraft::kFlying, 0));
    while (!is_over) {
        for (const std::size_t stream : poller.wait(kSlot)) {
            north_[stream]->receive([&](unsigned opcode, std::string_view frame) {
                if (opcode != kBinary) return;
                const Steady::time_point now = Steady::now();
                for (std::size_t at = 16; at + 32 <= frame.size(); at += 32) {
                    const auto report = Aircraft::report_at(
                        static_cast<std::int32_t>(little_endian(frame, at + 4)),
                        static_cast<std::int32_t>(little_endian(frame, at + 8)));
                    if (!report || report->aircraft >= Aircraft::kFlying) continue;
                    const auto since =
                        written.of(report->second, report->aircraft % Aircraft::kSlots);
                    const std::size_t order = report->second + 1;
                    if (!since || std::exchange(seen[stream][report->aircraft], order) == order) {
                        continue;
                    }
                    frames.add(now - *since);
                }
            });
        }
    }
}

void TracksWorld::read_warnings(const std::atomic<bool>& is_over, const Written& written,
                                Latencies& warnings) {
    Poller poller;
    poller.add(south_->socket(), 0);
    std::set<std::size_t> seen;
    while (!is_over) {
        if (poller.wait(kSlot).empty()) continue;
        south_->receive([&](unsigned, std::string_view message) {
            const Steady::time_point now = Steady::now();
            const auto aircraft = aircraft_of(message);
            if (!aircraft || !seen.insert(*aircraft).second) return;
            COMITY_CHECK(written.first_turn && *aircraft >= Aircraft::kFlying);
            const std::size_t number = *aircraft - Aircraft::kFlying;
            const auto since = written.of(*written.first_turn + number / Aircraft::kSlots,
                                          number % Aircraft::kSlots);
            // One that is warned of before it turns is none of those that were to be measured.
            COMITY_CHECK(since && *since != Steady::time_point());
            warnings.add(now - *since);
        });
    }
}

TracksWorld::Measured TracksWorld::run(std::size_t seconds, bool turns) {
    Measured measured;
    Written written{.first_second = second_, .seconds = seconds};
    if (turns) written.first_turn = second_;
    for (std::size_t i = 0; i < seconds * Aircraft::kSlots; ++i) written.times.emplace_back(0);
    std::atomic<bool> is_over = false;
    // The addressee has a reader of its own, as it has a machine of its own elsewhere.
    std::thread frames([&] { read_frames(is_over, written, measured.frames); });
    std::thread warnings([&] { read_warnings(is_over, written, measured.warnings); });
    feed(seconds, written.first_turn, written);
    std::this_thread::sleep_for(kLinger);
    is_over = true;
    frames.join();
    warnings.join();
    if (turns) measured.turned = std::min(seconds * Aircraft::kSlots, Aircraft::kTurning);
    return measured;
}

}  // namespace comity::bench
