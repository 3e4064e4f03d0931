// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The API over a network that is none: who may call what, and what is said to whom.
#include "comity/server/testing/test_api.hpp"

#include <chrono>
#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace comity::server {
namespace {

using nlohmann::json;
using testing::kArea;
using testing::TestApi;

TEST(Api, SaysNothingToNobody) {
    TestApi api;
    const auto answer = api.get("/v1/intents", {});
    EXPECT_EQ(answer.status, 401U);
    EXPECT_EQ(answer.json().at("code"), "not_signed_in");
    EXPECT_EQ(answer.json().at("request_id"), "r1");
    EXPECT_EQ(answer.header("content-type"), "application/problem+json");
}

TEST(Api, AKeyThatIsNobodysIsRefusedWhateverElseIsThere) {
    TestApi api;
    EXPECT_EQ(api.get("/v1/intents", {{"authorization", "Bearer comity_nobody"}}).status, 401U);
    EXPECT_EQ(api.get("/v1/intents", {{"authorization", "Basic eDp5"}}).status, 401U);
}

TEST(Api, WhatWasToldIsReadAndWhatWasNotIsNotThere) {
    TestApi api;
    api.tell("alpha", 1, "intent/S1", R"({"number":1,"item":"intent/S1"})");
    const auto list = api.get("/v1/intents", api.key("alpha"));
    ASSERT_EQ(list.status, 200U);
    ASSERT_EQ(list.json().at("items").size(), 1U);
    EXPECT_EQ(list.json().at("items")[0].at("content"), R"({"number":1,"item":"intent/S1"})");
    EXPECT_EQ(api.get("/v1/intents/S1", api.key("alpha")).status, 200U);
    const auto to_other = api.get("/v1/intents/S1", api.key("beta"));
    const auto of_nothing = api.get("/v1/intents/S2", api.key("beta"));
    EXPECT_EQ(to_other.status, 404U);
    EXPECT_EQ(to_other.body, of_nothing.body);
    EXPECT_EQ(api.get("/v1/intents", api.key("beta")).json().at("items").size(), 0U);
    EXPECT_EQ(api.get("/v1/deliveries", api.key("beta")).json().at("last"), 0);
}

TEST(Api, ListsComeInPagesThatMissNothing) {
    TestApi api;
    for (std::uint64_t n = 1; n <= 7; ++n) {
        api.tell("alpha", n, "intent/S" + std::to_string(n), "{}");
    }
    api.tell("alpha", 8, "airspace/A1", "{}");
    std::string seen;
    std::string cursor;
    for (int page = 0; page < 4; ++page) {
        const auto answer = api.get("/v1/intents", api.key("alpha"), "limit=2" + cursor);
        ASSERT_EQ(answer.status, 200U);
        const json said = answer.json();
        for (const auto& item : said.at("items")) seen += item.at("id").get<std::string>();
        if (said.at("next").is_null()) break;
        cursor = "&cursor=" + said.at("next").get<std::string>();
    }
    EXPECT_EQ(seen, "S1S2S3S4S5S6S7");
    EXPECT_EQ(api.get("/v1/intents", api.key("alpha"), "limit=0").json().at("field"), "limit");
    EXPECT_EQ(api.get("/v1/intents", api.key("alpha"), "cursor=x").json().at("field"), "cursor");
}

TEST(Api, AVersionThatIsKnownIsNotSaidAgain) {
    TestApi api;
    api.tell("alpha", 1, "intent/S1", "{}");
    const auto first = api.get("/v1/intents/S1", api.key("alpha"));
    auto headers = api.key("alpha");
    headers.push_back({"if-none-match", std::string(first.header("etag"))});
    const auto again = api.get("/v1/intents/S1", headers);
    EXPECT_EQ(again.status, 304U);
    EXPECT_EQ(again.body, "");
}

TEST(Api, ARequestIsFiledInTheCallersNameAndNoOther) {
    TestApi api;
    const auto pending = api.send("PUT", "/v1/airspaces/A1", api.json_key("alpha"), kArea);
    const auto filings = api.filings();
    ASSERT_EQ(filings.size(), 1U);
    const json envelope = json::parse(api.payload(filings[0]));
    EXPECT_EQ(envelope.at("from").at("party"), "alpha");
    EXPECT_EQ(envelope.at("operation"), "airspace.put");
    EXPECT_EQ(envelope.at("object"), "A1");
    EXPECT_FALSE(pending->is_answered());
    filings[0].done({.of = node::Decided{.outcome = accord::Outcome::kAccepted}, .filed = 4});
    ASSERT_TRUE(pending->is_answered());
    EXPECT_EQ(pending->status, 200U);
    EXPECT_EQ(pending->json().at("filed"), 4);
    EXPECT_EQ(pending->json().at("stated_by"), "node");
}

TEST(Api, ARefusalSaysItsOutcomeAndItsNumber) {
    TestApi api;
    const auto pending = api.send("PUT", "/v1/airspaces/A1", api.json_key("alpha"), kArea);
    api.filings()[0].done(
        {.of = node::Decided{.outcome = accord::Outcome::kStaleVersion}, .filed = 5});
    EXPECT_EQ(pending->status, 412U);
    EXPECT_EQ(pending->json().at("code"), "stale_version");
    EXPECT_EQ(pending->json().at("filed"), 5);
}

TEST(Api, ABodyThatIsNoneIsNotFiledAndSaysWhere) {
    TestApi api;
    const auto answer = api.send("PUT", "/v1/intents/S1", api.json_key("alpha"),
                                 R"({"state":"accepted","aircraft":[],"volumes":"none"})");
    EXPECT_EQ(answer->status, 400U);
    EXPECT_EQ(answer->json().at("code"), "bad_body");
    EXPECT_EQ(answer->json().at("field"), "volumes");
    EXPECT_TRUE(api.filings().empty());
}

TEST(Api, TheSameIdIsFiledOnceAndAnotherRequestUnderItIsRefused) {
    TestApi api;
    auto headers = api.json_key("alpha");
    headers.push_back({"idempotency-key", "one"});
    const auto first = api.send("PUT", "/v1/airspaces/A1", headers, kArea);
    const auto second = api.send("PUT", "/v1/airspaces/A1", headers, kArea);
    const auto filings = api.filings();
    ASSERT_EQ(filings.size(), 1U);
    filings[0].done({.of = node::Decided{.outcome = accord::Outcome::kAccepted}, .filed = 1});
    const auto third = api.send("PUT", "/v1/airspaces/A1", headers, kArea);
    EXPECT_EQ(first->body, second->body);
    EXPECT_EQ(first->body, third->body);
    EXPECT_TRUE(api.filings().empty());
    const auto other = api.send("PUT", "/v1/airspaces/A2", headers, kArea);
    EXPECT_EQ(other->status, 409U);
    EXPECT_EQ(other->json().at("code"), "other_request");
    // Another party's id is another id.
    auto of_beta = api.json_key("beta");
    of_beta.push_back({"idempotency-key", "one"});
    (void)api.send("PUT", "/v1/airspaces/A1", of_beta, kArea);
    EXPECT_EQ(api.filings().size(), 1U);
}

TEST(Api, WhatWasNotRecordedMayBeSentAgain) {
    TestApi api;
    auto headers = api.json_key("alpha");
    headers.push_back({"idempotency-key", "one"});
    const auto first = api.send("PUT", "/v1/airspaces/A1", headers, kArea);
    api.filings()[0].done({.of = node::NotRecorded{}});
    EXPECT_EQ(first->status, 503U);
    (void)api.send("PUT", "/v1/airspaces/A1", headers, kArea);
    EXPECT_EQ(api.filings().size(), 1U);
}

TEST(Api, AMachineNamesWhoReadAndANameIsInNoRecord) {
    TestApi api;
    const auto nobody = api.send("POST", "/v1/notifications/intent/S1/read", api.json_key("alpha"),
                                 R"({"version":1})");
    EXPECT_EQ(nobody->json().at("field"), "reader");
    (void)api.send("POST", "/v1/notifications/intent/S1/read", api.json_key("alpha"),
                   R"({"version":1,"reader":"Anna A"})");
    const auto filings = api.filings_with_attachments();
    ASSERT_EQ(filings.size(), 1U);
    const std::string payload = api.payload(filings[0]);
    EXPECT_EQ(payload.find("Anna"), std::string::npos);
    EXPECT_EQ(api.attached(payload), "Anna A");
}

TEST(Api, OfWhatIsRefusedNothingIsKept) {
    TestApi api;
    const auto answer = api.send("POST", "/v1/notifications/intent/S1/read", api.json_key("alpha"),
                                 R"({"version":1,"reader":"Anna A"})");
    const auto filings = api.filings_with_attachments();
    ASSERT_EQ(filings.size(), 1U);
    filings[0].done({.of = node::Decided{.outcome = accord::Outcome::kUnknownItem}, .filed = 1});
    EXPECT_EQ(answer->status, 404U);
    const std::string payload = api.payload(filings[0]);
    for (int i = 0; i < 2'000 && !api.attached(payload).empty(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    EXPECT_EQ(api.attached(payload), "");
}

TEST(Api, APageOfAnotherOriginDoesNothingWhoeverItsBrowserIs) {
    TestApi api;
    auto headers = api.json_key("alpha");
    headers.push_back({"origin", "http://elsewhere.example"});
    EXPECT_EQ(api.get("/v1/intents", headers).json().at("code"), "other_origin");
}

TEST(Api, NobodySendsMuchBeforeTheyAreKnown) {
    TestApi api;
    EXPECT_EQ(api.api().body_limit({.path = "/v1/requests"}), 8'192U);
    EXPECT_EQ(api.api().body_limit({.path = "/v1/session", .headers = {{"cookie", "x=y"}}}),
              8'192U);
    EXPECT_EQ(api.api().body_limit({.path = "/v1/requests", .headers = api.key("alpha")}),
              std::size_t{1} << 20U);
}

TEST(Api, APersonReadsInTheirOwnNameAndAnObserverNotAtAll) {
    TestApi api;
    const auto session = api.sign_in("anna", "controller");
    const auto other = api.send("POST", "/v1/notifications/intent/S1/read", session,
                                R"({"version":1,"reader":"Bert B"})");
    EXPECT_EQ(other->json().at("field"), "reader");
    (void)api.send("POST", "/v1/notifications/intent/S1/read", session, R"({"version":1})");
    const auto filings = api.filings_with_attachments();
    ASSERT_EQ(filings.size(), 1U);
    EXPECT_EQ(api.attached(api.payload(filings[0])), "Anna A");
    const auto observer = api.send("POST", "/v1/notifications/intent/S1/read",
                                   api.sign_in("anna", "observer"), R"({"version":1})");
    EXPECT_EQ(observer->status, 403U);
    EXPECT_EQ(observer->json().at("code"), "observer");
}

TEST(Api, ASessionActsWithItsTokenFromItsOwnPagesAlone) {
    TestApi api;
    auto session = api.sign_in("anna", "controller");
    EXPECT_EQ(api.get("/v1/session", session).json().at("role"), "controller");
    auto without = session;
    std::erase_if(without, [](const Header& one) { return one.name == "x-comity-csrf"; });
    EXPECT_EQ(api.send("POST", "/v1/calls", without, "{}")->json().at("code"), "no_csrf");
    session.push_back({"origin", "http://elsewhere.example"});
    EXPECT_EQ(api.send("POST", "/v1/calls", session, "{}")->json().at("code"), "other_origin");
    EXPECT_EQ(api.get("/v1/session", session).json().at("code"), "other_origin");
}

TEST(Api, SigningOutEndsTheSession) {
    TestApi api;
    const auto session = api.sign_in("anna", "controller");
    EXPECT_EQ(api.send("DELETE", "/v1/session", session, "")->status, 204U);
    EXPECT_EQ(api.get("/v1/session", session).status, 401U);
}

TEST(Api, AWrongPasswordAndNobodySoundTheSame) {
    TestApi api;
    const auto wrong = api.try_sign_in("anna", "wrong");
    const auto nobody = api.try_sign_in("nobody", "wrong");
    EXPECT_EQ(wrong->status, 401U);
    EXPECT_EQ(wrong->body, nobody->body);
}

TEST(Api, AnAddressOrMethodThatIsNotThereIsSaidSo) {
    TestApi api;
    EXPECT_EQ(api.get("/v1/everything", api.key("alpha")).json().at("code"), "no_route");
    EXPECT_EQ(api.get("/v1/intents/", api.key("alpha")).json().at("code"), "no_route");
    const auto method = api.send("PATCH", "/v1/intents/S1", api.key("alpha"), "");
    EXPECT_EQ(method->status, 405U);
    EXPECT_EQ(method->header("allow"), "GET, PUT");
}

TEST(Api, APartyHasItsShareOfRequestsAndNoMore) {
    TestApi api({.requests = {.count = 1, .per = std::chrono::hours(1), .burst = 2}});
    EXPECT_EQ(api.get("/v1/intents", api.key("alpha")).status, 200U);
    EXPECT_EQ(api.get("/v1/intents", api.key("alpha")).status, 200U);
    const auto over = api.get("/v1/intents", api.key("alpha"));
    EXPECT_EQ(over.status, 429U);
    EXPECT_NE(over.header("retry-after"), "");
    EXPECT_EQ(api.get("/v1/intents", api.key("beta")).status, 200U);
}

}  // namespace
}  // namespace comity::server
