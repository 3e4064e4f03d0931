// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "report_html.hpp"

#include "example_bundle.hpp"
#include "report_style.hpp"

#include "comity/ledger/attachment.hpp"
#include "comity/seal/base64.hpp"
#include "comity/seal/hash.hpp"

#include <span>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::verify {
namespace {

using ledger::commit;
using ledger::EntryTree;
using ledger::testing::request_of;
using ledger::testing::SmallLedger;
using testing::Example;
using ::testing::HasSubstr;
using ::testing::Not;

std::string report_of(const BundleContent& content) {
    const auto files = write_bundle(content);
    EXPECT_TRUE(files.has_value()) << files.error().text;
    return files ? files->front().content : "";
}

std::size_t count_of(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
    return count;
}

TEST(ReportHtml, HasASectionForEachKindOfWord) {
    const std::string html = report_of(Example().content());
    const char* const headings[] = {
        "<h2>What is proved</h2>", "<h2>What <bdi>air-unit-a</bdi> states under its own key</h2>",
        "<h2>What <bdi>air-unit-b</bdi> states under its own key</h2>",
        "<h2>What only the node states</h2>", "<h2>What is not shown</h2>"};
    std::size_t at = 0;
    for (const char* heading : headings) {
        const std::size_t found = html.find(heading, at);
        ASSERT_NE(found, html.npos) << heading;
        at = found;
    }
    EXPECT_THAT(html, HasSubstr("This page is not evidence."));
    EXPECT_THAT(html, HasSubstr("comity-verify FOLDER --key VKEY"));
    EXPECT_THAT(html, HasSubstr("The node states that <bdi>drone-service-c</bdi> asked"));
    EXPECT_THAT(html, HasSubstr("erased: its key was destroyed"));
    EXPECT_THAT(html, HasSubstr("2015-11-24T07:24:00.800Z"));
    // What was told, as committed to.
    EXPECT_THAT(html, HasSubstr("{&quot;item&quot;:&quot;flight-17&quot;,&quot;version&quot;:1"));
}

TEST(ReportHtml, WhatIsLeftOutIsSaidInWords) {
    Example example;
    BundleContent content = example.content();
    std::string html = report_of(content);
    EXPECT_THAT(html, HasSubstr("<p class=\"left-out\">1 of 3 is left out: number 2.</p>"));
    EXPECT_EQ(count_of(html, "left out, not in this bundle"), 1U);
    EXPECT_LT(html.find("delivery 1 to air-unit-b</bdi>"), html.find(">Delivery 2 to"));
    EXPECT_LT(html.find(">Delivery 2 to"), html.find("delivery 3 to air-unit-b</bdi>"));
    content.receipts.push_back(example.delivery(2));
    html = report_of(content);
    EXPECT_THAT(html, HasSubstr("<p>All 3 are here.</p>"));
    EXPECT_EQ(count_of(html, "class=\"left-out\""), 0U);
    // Only the second: what was before and after it is said as well.
    content.receipts = {example.delivery(2)};
    html = report_of(content);
    EXPECT_THAT(html, HasSubstr("Not in this bundle: number 1, which came before."));
    EXPECT_THAT(html, HasSubstr("Not in this bundle: number 3, which came after."));
    content.receipts = {example.intent()};
    EXPECT_THAT(report_of(content), HasSubstr("<p>This bundle shows none.</p>"));
}

TEST(ReportHtml, AsksForNothingAndRunsNothing) {
    const std::string html = report_of(Example().content());
    const seal::Hash style = seal::sha256(std::as_bytes(std::span(kReportStyle)));
    EXPECT_THAT(html, HasSubstr("content=\"default-src 'none'; style-src 'sha256-" +
                                seal::encode_base64(style.span()) +
                                "'; base-uri 'none'; form-action 'none'\""));
    for (const char* none : {"<script", "<img", "<link", "<iframe", "http://", "https://", "url(",
                             "@import", " style=", " src=", " onload"}) {
        EXPECT_THAT(html, Not(HasSubstr(none)));
    }
    EXPECT_EQ(count_of(html, "href="), 1U);
    EXPECT_THAT(html, HasSubstr("href=\"#check\""));
    // What the policy allows is what stands there.
    const std::size_t begin = html.find("<style>") + 7;
    EXPECT_EQ(html.substr(begin, html.find("</style>") - begin), kReportStyle);
}

// Every text that an author chooses: party, object, attachment, content, body.
TEST(ReportHtml, NothingThatOthersWroteIsMarkup) {
    const std::string markup = "</td></style><script>alert(1)</script><img src=x onerror=y>'\"&";
    const std::string hidden = "\xE2\x80\xAE\xE2\x80\x8B";
    constexpr ledger::AttachmentKey kKey{std::byte{1}};
    const auto content = std::as_bytes(std::span(markup));
    SmallLedger ledger;
    ledger::Envelope request = request_of(markup + hidden, "r1");
    request.object = markup + hidden;
    request.body = R"({"note":")" + hidden + R"(<script>alert(2)</script>"})";
    request.attachments = {{.name = "<b>" + hidden, .commitment = commit(kKey, content)}};
    const std::size_t filed = ledger.file_signed(request);
    request.party = "<i>vouched";
    const std::size_t vouched = ledger.file_vouched(request);
    const std::size_t told = ledger.deliver(markup, commit(kKey, content));
    const std::size_t started = ledger.add(ledger::node::Start{.build = markup});
    ledger.close_second();
    const ledger::ShownAttachment::Opening opening{.key = kKey,
                                                   .content = {content.begin(), content.end()}};
    const std::string html = report_of(
        {.party = markup,
         .log = ledger.key(),
         .receipts = {
             format_receipt(ledger.receipt(filed, EntryTree::kFiled,
                                           {{.name = "<b>" + hidden, .opening = opening}})),
             format_receipt(ledger.receipt(vouched, EntryTree::kFiled)),
             format_receipt(ledger.receipt(told, EntryTree::kDelivered,
                                           {{.name = "content", .opening = opening}})),
             format_receipt(ledger.receipt(started, EntryTree::kRecords))}});
    for (const char* none : {"<script", "<img", "<b>", "<i>", "onerror=y>"}) {
        EXPECT_THAT(html, Not(HasSubstr(none)));
    }
    EXPECT_EQ(count_of(html, "</style>"), 1U);
    EXPECT_THAT(html, Not(HasSubstr(hidden)));
    EXPECT_THAT(html, HasSubstr("<span class=\"unseen\">U+202E</span>"));
    EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(2)"));
}

TEST(ReportHtml, OfALongBodyItShowsTheBeginning) {
    SmallLedger ledger;
    ledger::Envelope request = request_of("air-unit-a", "r1");
    request.body = R"({"x":")" + std::string(5000, 'x') + R"("})";
    const std::size_t filed = ledger.file_signed(request);
    ledger.close_second();
    const std::string html =
        report_of({.party = "air-unit-a",
                   .log = ledger.key(),
                   .receipts = {format_receipt(ledger.receipt(filed, EntryTree::kFiled))}});
    EXPECT_THAT(html, HasSubstr("The beginning; 5,008 bytes in all."));
    EXPECT_THAT(html, Not(HasSubstr(std::string(2001, 'x'))));
}

}  // namespace
}  // namespace comity::verify
