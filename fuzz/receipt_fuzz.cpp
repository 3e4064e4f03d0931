// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Receipts. Beside "no crash": what is read is written as the same bytes, and a receipt that holds
// under the key of one small ledger is of a record of that ledger, in its last tick.
#include "comity/base/check.hpp"
#include "comity/ledger/receipt.hpp"
#include "comity/ledger/receipt_check.hpp"
#include "comity/ledger/testing/example_ledger.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

using namespace comity;

/// The seeds are its receipts.
ledger::testing::ExampleLedger& example() {
    static ledger::testing::ExampleLedger example;
    return example;
}

void check_findings(const ledger::ReceiptFindings& found, const ledger::Receipt& receipt) {
    static const std::array kKnown = {example().signed_receipt(), example().vouched_receipt(),
                                      example().delivery_receipt(), example().start_receipt()};
    const auto is_known = [&](const ledger::Receipt& known) {
        return known.record == receipt.record && known.slot == receipt.slot &&
               known.tick == receipt.tick && known.tree == receipt.tree;
    };
    COMITY_CHECK(std::ranges::any_of(kKnown, is_known));
    COMITY_CHECK(found.log.checkpoint.tree.size == 4);
    COMITY_CHECK(found.party.empty() == (receipt.tree == ledger::EntryTree::kRecords));
    COMITY_CHECK(ledger::encode(found.record) == receipt.record);
    const auto opened = std::ranges::count_if(found.attachments, [](const auto& attachment) {
        return attachment.state == ledger::AttachmentState::State::kOpened;
    });
    COMITY_CHECK(static_cast<std::size_t>(opened) <= receipt.attachments.size());
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto receipt = ledger::parse_receipt(text);
    if (!receipt) {
        COMITY_CHECK(receipt.error().line >= 1);
        return 0;
    }
    COMITY_CHECK(ledger::format_receipt(*receipt) == text);
    if (const auto found = ledger::check_receipt(*receipt, example().policy())) {
        check_findings(*found, *receipt);
    }
    return 0;
}
