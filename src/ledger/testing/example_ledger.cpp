// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/testing/example_ledger.hpp"

#include <span>

namespace comity::ledger::testing {
namespace {

std::vector<std::byte> bytes_of(std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

}  // namespace

ExampleLedger::ExampleLedger() {
    policy_.logs.push_back({.key = ledger_.key()});
    ledger_.add(node::Start{.build = "test"});
    ledger_.close_second();
    Envelope request = request_of("air-unit-a", "r1");
    request.attachments = {{.name = "contact person", .commitment = commit(kKey, bytes_of(kName))},
                           {.name = "note", .commitment = commit(kKey, bytes_of("old"))}};
    signed_ = ledger_.file_signed(request);
    ledger_.file_signed(request_of("air-unit-a", "r2"));
    ledger_.close_second();
    vouched_ = ledger_.file_vouched(request_of("air-unit-b", "r3"));
    delivered_ = ledger_.deliver("air-unit-b", commit(kKey, bytes_of(kTold)));
    ledger_.deliver("air-unit-b", commit(kKey, bytes_of(kTold)));
    ledger_.close_second();
    ledger_.close_second();
}

Receipt ExampleLedger::signed_receipt() {
    return ledger_.receipt(
        signed_, EntryTree::kFiled,
        {{.name = "contact person", .opening = {{.key = kKey, .content = bytes_of(kName)}}},
         {.name = "note"}});
}

Receipt ExampleLedger::erased_receipt() {
    return ledger_.receipt(signed_, EntryTree::kFiled,
                           {{.name = "contact person"}, {.name = "note"}});
}

Receipt ExampleLedger::vouched_receipt() {
    return ledger_.receipt(vouched_, EntryTree::kFiled);
}

Receipt ExampleLedger::delivery_receipt() {
    return ledger_.receipt(
        delivered_, EntryTree::kDelivered,
        {{.name = "content", .opening = {{.key = kKey, .content = bytes_of(kTold)}}}});
}

Receipt ExampleLedger::start_receipt() {
    return ledger_.receipt(0, EntryTree::kRecords);
}

}  // namespace comity::ledger::testing
