// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server_client.hpp"
#include "server_node.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace comity::bench {

/// A feed on a socket of its own, which the node comes for. A resource.
class FeedSource {
  public:
    FeedSource();
    FeedSource(const FeedSource&) = delete;
    FeedSource& operator=(const FeedSource&) = delete;
    ~FeedSource();

    std::uint16_t port() const { return port_; }
    /// Waits until the node is there.
    void accept();
    void write(std::string_view lines);

  private:
    int listener_;
    int socket_ = -1;
    std::uint16_t port_ = 0;
};

/// 5,000 aircraft, each of which says once a second where it is; a fiftieth of them each 20 ms.
///
/// Most fly east far from any border, and where one is says which report that was. The last
/// thousand fly along a border and, when told to, turn to it one after the other: the report of
/// the turn is the first that leads inside, in two and a half minutes.
class Aircraft {
  public:
    static constexpr std::size_t kAll = 5'000;
    static constexpr std::size_t kTurning = 1'000;
    static constexpr std::size_t kFlying = kAll - kTurning;
    static constexpr std::size_t kSlots = 50;  ///< of a second
    static constexpr std::string_view kHeader =
        "time_utc,track_id,lat,lon,alt_ft,alt_datum,gs_kt,track_deg,vrate_fpm,accuracy_m\n";

    struct Report {
        std::size_t aircraft = 0;
        std::size_t second = 0;
    };

    /// The lines of a slot of a second. From second `first_turn` on one aircraft turns in each
    /// slot, until all have; never where it is absent.
    static std::string lines(std::size_t second, std::size_t slot, std::string_view time,
                             std::optional<std::size_t> first_turn);
    /// Which report of one that flies east this position is; absent where it is none of those.
    static std::optional<Report> report_at(std::int32_t latitude_e7, std::int32_t longitude_e7);
};

/// A node with that feed, 50 streams with tracks that north holds open, and one of south, to which
/// north's alerts go.
class TracksWorld {
  public:
    static constexpr std::size_t kStreams = 50;

    TracksWorld();

    /// The feed for so many seconds from now on, in which aircraft turn or not.
    struct Measured {
        Latencies frames;    ///< a report's line written, to the frame with it, on each stream
        Latencies warnings;  ///< the line of a turn written, to south's delivery of the warning
        std::size_t turned = 0;
    };
    Measured run(std::size_t seconds, bool turns);

  private:
    struct Written;
    void feed(std::size_t seconds, std::optional<std::size_t> first_turn, Written& written);
    void read_frames(const std::atomic<bool>& is_over, const Written& written, Latencies& frames);
    void read_warnings(const std::atomic<bool>& is_over, const Written& written,
                       Latencies& warnings);

    FeedSource source_;
    ServedNode node_;
    std::size_t second_ = 0;  ///< of the feed, that comes next
    std::size_t turned_ = 0;
    std::vector<std::unique_ptr<StreamClient>> north_;
    std::unique_ptr<StreamClient> south_;
};

}  // namespace comity::bench
