// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/bytes.hpp"
#include "comity/server/feed_decoder.hpp"
#include "comity/server/feed_reader.hpp"

#include <atomic>
#include <chrono>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace comity::server {
namespace {

constexpr std::string_view kHeader = "time_utc,lat,lon,track_id,party\n";

Config::Feed feed() {
    return {.name = "radar",
            .of = accord::PartyId("north"),
            .accuracy = geo::Distance::metres(50),
            .operators = {{"S1", accord::PartyId("south")}}};
}

TEST(FeedDecoder, GivesWholeLinesWithTheirReportsHoweverTheyAreCut) {
    const std::string text = std::string(kHeader) + "2026-06-01T07:00:00Z,-30,-120,S1,north\n" +
                             "2026-06-01T07:00:00Z,-31,-120,S2,north\nnonsense\n";
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        FeedDecoder decoder(feed());
        std::string bytes;
        std::vector<report::TrackReport> reports;
        for (const std::string& part : {text.substr(0, cut), text.substr(cut)}) {
            auto batch = decoder.take(base::bytes_of(part));
            ASSERT_TRUE(batch);
            bytes += batch->bytes;
            reports.insert(reports.end(), batch->reports.begin(), batch->reports.end());
        }
        EXPECT_EQ(bytes, text);
        ASSERT_EQ(reports.size(), 2U) << cut;
        EXPECT_EQ(reports[0].party, "south");
        EXPECT_EQ(reports[1].party, "");
        EXPECT_EQ(reports[0].accuracy, geo::Distance::metres(50));
        EXPECT_EQ(decoder.skipped(), 1U);
    }
}

TEST(FeedDecoder, ALineWithoutAnEndEndsTheConnection) {
    FeedDecoder decoder(feed());
    const std::string part(40'000, 'x');
    EXPECT_TRUE(decoder.take(base::bytes_of(part)));
    const auto over = decoder.take(base::bytes_of(part));
    ASSERT_FALSE(over);
    EXPECT_EQ(over.error(), "a line of more than 65536 bytes");
}

TEST(FeedDecoder, AHeaderThatIsNoneEndsTheConnection) {
    FeedDecoder decoder(feed());
    const auto taken = decoder.take(base::bytes_of("colour,size\n1,2\n"));
    ASSERT_FALSE(taken);
    EXPECT_NE(taken.error().find("line 1"), std::string::npos) << taken.error();
}

// A port that serves one feed to whoever connects.
class Radar {
  public:
    Radar() : listener_(socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* any = reinterpret_cast<sockaddr*>(&address);
        EXPECT_EQ(bind(listener_, any, sizeof address), 0);
        EXPECT_EQ(listen(listener_, 4), 0);
        socklen_t size = sizeof address;
        EXPECT_EQ(getsockname(listener_, any, &size), 0);
        port = ntohs(address.sin_port);
    }
    ~Radar() { close(listener_); }
    // To the next one that connects, which is then left.
    void say(const std::string& text) {
        const int one = accept(listener_, nullptr, nullptr);
        EXPECT_EQ(send(one, text.data(), text.size(), MSG_NOSIGNAL),
                  static_cast<ssize_t>(text.size()));
        close(one);
    }
    std::uint16_t port = 0;

  private:
    int listener_;
};

TEST(FeedReader, ReadsAndConnectsAgain) {
    Radar radar;
    Config::Feed of = feed();
    of.host = "127.0.0.1";
    of.port = radar.port;
    Inbox inbox({});
    std::atomic<std::uint64_t> dropped{0};
    std::size_t reports = 0;
    const FeedReader reader(of, inbox, dropped, [](const auto&, const auto&, bool) {});
    for (int i = 0; i < 2; ++i) {
        radar.say(std::string(kHeader) + "2026-06-01T07:00:00Z,-30,-120,S1,\n");
        const auto content =
            inbox.take_by(std::chrono::steady_clock::now() + std::chrono::seconds(20));
        for (const FeedBatch& batch : content.batches) reports += batch.reports.size();
    }
    EXPECT_EQ(reports, 2U);
    EXPECT_EQ(dropped, 0U);
}

}  // namespace
}  // namespace comity::server
