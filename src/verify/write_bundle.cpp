// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/verify/write_bundle.hpp"

#include "check_bundle.hpp"
#include "report_html.hpp"
#include "stop.hpp"
#include "zip_archive.hpp"

#include "comity/ledger/bundle.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/core.h>

namespace comity::verify {
namespace {

using enum BundleWriteFault;

base::Unexpected<BundleWriteError> fail(BundleWriteFault fault, std::string text) {
    return base::Unexpected(BundleWriteError{.fault = fault, .text = std::move(text)});
}

// "intent.put", "delivery-3", "key-change": what a person looks for in a folder.
std::string kind_of(const ledger::ReceiptFindings& findings) {
    if (findings.envelope) return findings.envelope->operation;
    const auto* record = std::get_if<ledger::NodeRecord>(&findings.record.content);
    std::string kind = record == nullptr ? "record" : ledger::name_of(*record);
    std::erase(kind, '\'');
    std::replace(kind.begin(), kind.end(), ' ', '-');
    const ledger::node::Delivery* delivery = delivery_in(findings);
    return delivery == nullptr ? kind : fmt::format("{}-{}", kind, delivery->number);
}

// Fills in the list: names, hashes, first and last delivery.
ledger::BundleList list_of(const BundleContent& content) {
    const ledger::Policy policy = policy_of(content.log);
    ledger::BundleList list{.log = to_string(content.log), .party = content.party};
    for (const std::string& text : content.receipts) {
        const std::size_t number = list.receipts.size() + 1;
        const CheckedReceipt receipt =
            check_receipt_text(fmt::format("receipt {}", number), text, policy);
        list.receipts.push_back(
            {.name = fmt::format("{:04}-{}.txt", number, kind_of(receipt.findings)),
             .content = seal::sha256(std::as_bytes(std::span(text)))});
        const ledger::node::Delivery* delivery = delivery_in(receipt.findings);
        if (delivery == nullptr || delivery->addressee != content.party) continue;
        list.last_delivery = std::max(list.last_delivery, delivery->number);
        list.first_delivery = list.first_delivery == 0
                                  ? delivery->number
                                  : std::min(list.first_delivery, delivery->number);
    }
    return list;
}

}  // namespace

base::Expected<std::vector<BundleFile>, BundleWriteError> write_bundle(
    const BundleContent& content) {
    if (content.receipts.size() > ledger::BundleList::kMaxReceipts) {
        return fail(kTooMany, "expected at most 100,000 receipts");
    }
    const ledger::BundleList empty{.log = to_string(content.log), .party = content.party};
    const auto parsed = ledger::parse_bundle_list(format_bundle_list(empty));
    if (!parsed || *parsed != empty) {
        return fail(kParty, "expected a party of 1 to 128 bytes without control characters");
    }
    try {
        const ledger::BundleList list = list_of(content);
        std::map<std::string, std::string> texts;
        std::vector<BundleFile> files(2);
        files[1] = {.name = "bundle.txt", .content = format_bundle_list(list)};
        texts.emplace("bundle.txt", files[1].content);
        BundleSource source{.path = "bundle"};
        for (std::size_t i = 0; i < list.receipts.size(); ++i) {
            files.push_back(
                {.name = "receipts/" + list.receipts[i].name, .content = content.receipts[i]});
            texts.emplace(files.back().name, files.back().content);
            source.receipts.push_back(list.receipts[i].name);
        }
        source.read = [&texts](const std::string& name, std::size_t) { return texts.at(name); };
        files[0] = {.name = "report.html",
                    .content = report_html(check_bundle(source, policy_of(content.log)))};
        return files;
    } catch (const Stop& stop) {
        return fail(stop.answer() == Answer::kDoesNotHold ? kDoesNotHold : kNoReceipt, stop.what());
    }
}

std::string zip_bundle(const std::vector<BundleFile>& files) {
    std::vector<ZipFile> entries;
    entries.reserve(files.size());
    for (const BundleFile& file : files) {
        entries.push_back({.name = file.name, .content = file.content});
    }
    return write_zip(entries);
}

}  // namespace comity::verify
