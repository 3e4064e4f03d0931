// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "example_bundle.hpp"

#include "comity/ledger/attachment.hpp"

#include <chrono>
#include <span>

namespace comity::verify::testing {
namespace {

using ledger::commit;
using ledger::EntryTree;
using ledger::Envelope;

constexpr ledger::AttachmentKey kKey{std::byte{7}};

std::vector<std::byte> bytes_of(std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

// What left for air-unit-b, in the detail "volume".
std::vector<std::byte> told(std::size_t number) {
    return bytes_of(R"({"item":"flight-17","version":)" + std::to_string(number) +
                    R"(,"volumes":[{"lat_e7":[358500000,359000000],"lon_e7":[360000000,)" +
                    R"(361000000],"from":"2015-11-24T07:40:00.000Z",)" +
                    R"("until":"2015-11-24T08:10:00.000Z"}]})");
}

Envelope request(std::string_view party, std::string_view id, std::string_view operation,
                 std::string_view object, std::string body) {
    Envelope envelope = ledger::testing::request_of(party, id);
    envelope.operation = operation;
    envelope.object = object;
    envelope.body = std::move(body);
    return envelope;
}

}  // namespace

Example::Example(std::string_view log, std::string_view accepted_log) {
    using std::chrono::milliseconds;
    agree(log, accepted_log);
    ledger_.close_second();
    Envelope intent = request("air-unit-a", "a-2", "intent.put", "flight-17",
                              R"({"volumes":[{"lat_e7":[358712345,358912345],)"
                              R"("lon_e7":[360112345,360512345],"ft":[17000,19000],)"
                              R"("from":"2015-11-24T07:41:00.000Z",)"
                              R"("until":"2015-11-24T08:05:00.000Z"}]})");
    intent.sent += milliseconds(800);
    intent.attachments = {
        {.name = "contact person", .commitment = commit(kKey, bytes_of("erased"))}};
    intent_ = ledger_.file_signed(intent);
    for (std::size_t number = 1; number <= 3; ++number) {
        deliveries_.push_back(ledger_.deliver("air-unit-b", commit(kKey, told(number))));
    }
    ledger_.close_second();
    Envelope reading = request("air-unit-b", "b-2", "delivery.read", "flight-17",
                               R"({"number":1,"by":"duty role 2"})");
    reading.sent += milliseconds(1900);
    reading_ = ledger_.file_signed(reading);
    vouched_ = ledger_.file_vouched(
        request("drone-service-c", "c-1", "intent.put", "flight-90", R"({"volumes":[]})"));
    ledger_.close_second();
}

void Example::agree(std::string_view log, std::string_view accepted_log) {
    const std::string own = key();
    const auto body = [&own](std::string_view named) {
        return R"({"log":")" + std::string(named.empty() ? own : named) + R"("})";
    };
    proposal_ =
        ledger_.file_signed(request("air-unit-a", "a-1", "agreement.propose", "line-1", body(log)));
    acceptance_ = ledger_.file_signed(
        request("air-unit-b", "b-1", "agreement.accept", "line-1", body(accepted_log)));
}

std::string Example::filed(std::size_t record) {
    return format_receipt(ledger_.receipt(record, EntryTree::kFiled));
}

std::string Example::intent() {
    return format_receipt(
        ledger_.receipt(intent_, EntryTree::kFiled, {{.name = "contact person"}}));
}

std::string Example::delivery(std::size_t number) {
    return format_receipt(ledger_.receipt(
        deliveries_.at(number - 1), EntryTree::kDelivered,
        {{.name = "content", .opening = {{.key = kKey, .content = told(number)}}}}));
}

BundleContent Example::content() {
    return {.party = "air-unit-b",
            .log = ledger_.key(),
            .receipts = {proposal(), acceptance(), intent(), delivery(1), delivery(3), reading(),
                         vouched()}};
}

}  // namespace comity::verify::testing
