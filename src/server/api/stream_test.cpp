// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// A stream says everything once and in order, to who reads slowly too, and never waits for them.
#include "stream.hpp"

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace comity::server {
namespace {

using accord::PartyId;
using nlohmann::json;

// A client that reads when it is told to.
struct Client final : StreamSender {
    void send_text(Bytes text) override {
        queued += text->size();
        waiting.push_back(std::move(text));
    }
    void send_binary(Bytes bytes) override {
        queued += bytes->size();
        ++frames;
    }
    std::size_t queued_bytes() const override { return queued; }
    void close(unsigned code, std::string /*reason*/) override { closed = code; }

    // Takes everything, and says what it was.
    std::vector<json> read() {
        std::vector<json> messages;
        for (const Bytes& one : waiting) messages.push_back(json::parse(*one));
        waiting.clear();
        queued = 0;
        return messages;
    }

    std::vector<Bytes> waiting;
    std::size_t queued = 0;
    int frames = 0;
    unsigned closed = 0;
};

struct StreamWorld final : Board::Listener {
    void told(const PartyId& to, const ToldEvent& event) override {
        if (stream != nullptr && to == stream->caller().party) stream->told(event);
    }
    void noticed(const NoticeEvent& event) override {
        if (stream != nullptr && event.viewer == stream->caller().party) stream->noticed(event);
    }
    void own_changed(const PartyId& /*owner*/, const accord::ItemRef& item) override {
        if (stream != nullptr) stream->own_changed(item);
    }
    void framed(const FrameEvent& event) override {
        if (stream != nullptr) stream->framed(event);
    }
    void beaten() override {
        if (stream != nullptr) stream->beaten();
    }

    void tell(std::uint64_t number, const std::string& content = "{}") {
        happens(ToldEvent{.to = PartyId("alpha"),
                          .number = number,
                          .item = *accord::item_from("intent/S1"),
                          .version = 1,
                          .content = std::make_shared<const std::string>(content)});
    }
    void happens(Event event) {
        std::vector<Event> events;
        events.push_back(std::move(event));
        board.apply(std::move(events));
    }
    void open(std::uint64_t after, bool has_tracks = false) {
        stream = std::make_unique<PartyStream>(
            PartyStream::Options{
                .caller = {.party = PartyId("alpha")}, .after = after, .has_tracks = has_tracks},
            board, client);
        stream->begin("test.example/log");
    }

    Board board{*this};
    std::shared_ptr<Client> client = std::make_shared<Client>();
    std::unique_ptr<PartyStream> stream;
};

std::vector<std::uint64_t> numbers_of(const std::vector<json>& messages) {
    std::vector<std::uint64_t> numbers;
    for (const json& one : messages) {
        if (one.at("type") == "delivery") numbers.push_back(one.at("number"));
    }
    return numbers;
}

TEST(PartyStream, BeginsWithHelloAndGoesOnWhereTheClientWas) {
    StreamWorld w;
    for (std::uint64_t n = 1; n <= 5; ++n) w.tell(n);
    w.open(2);
    const auto messages = w.client->read();
    EXPECT_EQ(messages.at(0).at("type"), "hello");
    EXPECT_EQ(messages.at(0).at("last"), 5);
    EXPECT_EQ(numbers_of(messages), (std::vector<std::uint64_t>{3, 4, 5}));
    w.tell(6);
    EXPECT_EQ(numbers_of(w.client->read()), std::vector<std::uint64_t>{6});
}

TEST(PartyStream, WhoReadsSlowlyGetsEverythingOnceAndInOrder) {
    StreamWorld w;
    w.open(0);
    const std::string large(100'000, ' ');
    std::vector<std::uint64_t> expected;
    for (std::uint64_t n = 1; n <= 50; ++n) {
        w.tell(n, large);
        expected.push_back(n);
    }
    EXPECT_LT(w.client->queued, PartyStream::kQueued + 2 * large.size());
    std::vector<std::uint64_t> seen;
    while (!w.client->waiting.empty()) {
        for (const std::uint64_t n : numbers_of(w.client->read())) seen.push_back(n);
        w.stream->drained();
    }
    EXPECT_EQ(seen, expected);
}

TEST(PartyStream, OfANoticeASlowReaderGetsTheLatest) {
    StreamWorld w;
    w.open(0);
    const auto notice = [&](const std::string& text) {
        w.happens(NoticeEvent{.viewer = PartyId("alpha"),
                              .item = *accord::item_from("intent/S1"),
                              .to = PartyId("beta"),
                              .notice = std::make_shared<const std::string>(text)});
    };
    w.client->queued = PartyStream::kQueued;
    for (int i = 0; i < 100; ++i) notice("{\"n\":" + std::to_string(i) + "}");
    (void)w.client->read();
    w.stream->drained();
    const auto messages = w.client->read();
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].at("notice").at("n"), 99);
}

TEST(PartyStream, FramesAreLeftOutAndCountedWhereNobodyReads) {
    StreamWorld w;
    w.open(0, true);
    const std::string frame("CTF1\0\0\0\0\0\0\0\0\0\0\0\0", 16);
    const auto sweep = [&](std::vector<TrackName> names) {
        w.happens(FrameEvent{.to = PartyId("alpha"),
                             .names = std::move(names),
                             .frame = std::make_shared<const std::string>(frame)});
    };
    sweep({{.number = 1, .track = "a"}});
    const auto first = w.client->read();
    EXPECT_EQ(first.back().at("type"), "names");
    EXPECT_EQ(first.back().at("names")[0][1], "a");
    EXPECT_EQ(w.client->frames, 1);
    w.client->queued = PartyStream::kQueued;
    sweep({{.number = 2, .track = "b"}});
    sweep({});
    EXPECT_EQ(w.client->frames, 1);
    (void)w.client->read();
    sweep({});
    const auto messages = w.client->read();
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].at("type"), "missed");
    EXPECT_EQ(messages[0].at("count"), 2);
    EXPECT_EQ(messages[1].at("names")[0][1], "b");
    EXPECT_EQ(w.client->frames, 2);
}

TEST(PartyStream, AWarningThatIsNotRecordedYetGoesAtOnceAndComesAgainWithANumber) {
    StreamWorld w;
    w.open(0);
    (void)w.client->read();
    w.client->queued = PartyStream::kQueued;
    w.tell(0, R"({"number":0})");
    ASSERT_EQ(w.client->waiting.size(), 1U);
    w.tell(1, R"({"number":1})");
    const auto now = numbers_of(w.client->read());
    EXPECT_EQ(now, std::vector<std::uint64_t>{0});
    w.stream->drained();
    EXPECT_EQ(numbers_of(w.client->read()), std::vector<std::uint64_t>{1});
}

}  // namespace
}  // namespace comity::server
