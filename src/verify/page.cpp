// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "page.hpp"

#include <chrono>
#include <variant>

#include <fmt/core.h>

namespace comity::verify {
namespace {

using ledger::Attribution;
using ledger::EntryTree;
using ledger::ReceiptFindings;

std::string time_text(ledger::Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(instant - day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       time.hours().count(), time.minutes().count(), time.seconds().count(),
                       time.subseconds().count());
}

std::string second_text(std::uint64_t second) {
    // Seconds after the year 9999 are no time that can be written.
    if (second > 253'402'300'799) return fmt::format("second {}", second);
    return time_text(ledger::Instant(std::chrono::seconds(static_cast<std::int64_t>(second))))
               .substr(0, 19) +
           "Z";
}

std::string where(const ReceiptFindings& f) {
    const std::string number = grouped(f.entry_place.index + 1);
    const std::string count = grouped(f.entry_place.tree_size);
    switch (f.tree) {
        case EntryTree::kFiled:
            return fmt::format("record {} of the {} that {} had filed by then", number, count,
                               f.party);
        case EntryTree::kDelivered:
            return fmt::format("entry {} of the {} that had been delivered to {} by then", number,
                               count, f.party);
        case EntryTree::kRecords:
            return fmt::format("record {} of all {} that the node had kept by then", number, count);
    }
    return {};
}

std::string witnesses(const ReceiptFindings& f) {
    const std::size_t count = f.log.witnessed.size();
    if (count == 0) {
        return "  - that the log showed the same history to everybody: no witness of the key file "
               "has\n    cosigned this checkpoint.\n";
    }
    return fmt::format(
        "  - that the log showed the same history to everybody, beyond the {} {} that cosigned.\n",
        count, count == 1 ? "witness" : "witnesses");
}

std::string attachments(const ReceiptFindings& f) {
    std::string out;
    std::size_t erased = 0;
    for (const ledger::AttachmentState& a : f.attachments) {
        switch (a.state) {
            case ledger::AttachmentState::State::kOpened:
                out += fmt::format("    {:<18} {}, {} bytes, as committed to\n", "attachment",
                                   a.name, grouped(a.size));
                break;
            case ledger::AttachmentState::State::kErased:
                ++erased;
                break;
            case ledger::AttachmentState::State::kNotShown:
                out += fmt::format("    {:<18} {}, committed to, not in this receipt\n",
                                   "attachment", a.name);
                break;
        }
    }
    if (erased > 0) {
        out += fmt::format("    {} {} erased; the receipt still holds\n", erased,
                           erased == 1 ? "attachment" : "attachments");
    }
    return out;
}

std::string request_lines(const ledger::Envelope& e) {
    std::string out = fmt::format("    {:<18} {}\n", "operation", e.operation);
    if (e.object) out += fmt::format("    {:<18} {}\n", "object", *e.object);
    out += fmt::format("    {:<18} {}\n    {:<18} {}, valid until {}\n    {:<18} {}\n", "id", e.id,
                       "sent", time_text(e.sent), time_text(e.valid_until), "traffic",
                       e.traffic == ledger::Traffic::kLive ? "live" : "exercise");
    return out;
}

std::string node_lines(const ReceiptFindings& f) {
    const ledger::Record& r = f.record;
    const std::string error = r.clock_error_ms == ledger::kUnknownClockError
                                  ? "clock error unknown"
                                  : fmt::format("clock error at most {} ms", r.clock_error_ms);
    std::string out = fmt::format(
        "    {:<18} {} ({})\n    {:<18} {}\n", "recorded", time_text(r.time), error, "outcome",
        r.outcome == ledger::kAccepted ? "accepted" : fmt::format("refused, code {}", r.outcome));
    out += fmt::format("    {:<18} {}\n", "rules", r.rules);
    const auto* record = std::get_if<ledger::NodeRecord>(&r.content);
    if (record == nullptr) return out;
    out += fmt::format("    {:<18} {}\n", "kind of record", ledger::name_of(*record));
    if (const auto* d = std::get_if<ledger::node::Delivery>(record)) {
        out += fmt::format("    {:<18} number {} to {}\n    {:<18} {}, version {}\n", "delivery",
                           d->number, d->addressee, "item", d->item, d->version);
    }
    return out;
}

std::string proved_lines(const ReceiptFindings& f, const std::string& log_key) {
    return fmt::format(
        "  to anyone who trusts the log's key {}\n"
        "  - the log {} committed to this record in its tick of {},\n"
        "    entry {} of the {} in the checkpoint;\n"
        "  - it is {};\n"
        "  - none of it was changed after that.\n",
        log_key, f.log.checkpoint.origin, second_text(f.tick.second),
        grouped(f.log.checkpoint.tree.size), grouped(f.log.checkpoint.tree.size), where(f));
}

std::string states(const ReceiptFindings& f) {
    switch (f.attribution) {
        case Attribution::kSigned:
            return fmt::format("What {} states under its own key\n{}{}\n",
                               f.party.empty() ? f.envelope->party : f.party,
                               request_lines(*f.envelope), attachments(f));
        case Attribution::kVouched:
            return fmt::format(
                "What only the node states that {} asked (vouched by the node, no "
                "signature)\n{}{}\n",
                f.envelope->party, request_lines(*f.envelope), attachments(f));
        case Attribution::kNode:
            return {};
    }
    return {};
}

std::string not_shown(const ReceiptFindings& f) {
    std::string out =
        "What is not shown\n"
        "  - that anything else did or did not happen: a receipt is one record.\n"
        "  - that what is stated is true: a statement is its author's.\n";
    if (f.tree == EntryTree::kDelivered) {
        out += "  - that the addressee received or read it: that is a record of its own.\n";
    }
    return out + witnesses(f);
}

}  // namespace

std::string grouped(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3;) {
        at -= 3;
        text.insert(at, ",");
    }
    return text;
}

std::string page_of(const ReceiptFindings& f, const std::string& log_key) {
    const std::string node_attachments = f.attribution == Attribution::kNode ? attachments(f) : "";
    return "The receipt holds.\n\nWhat is proved\n" + proved_lines(f, log_key) + "\n" + states(f) +
           "What only the node states\n" + node_lines(f) + node_attachments + "\n" + not_shown(f);
}

std::string page_of(const ledger::BundleList& list, const std::vector<ReceiptFindings>& receipts,
                    const std::vector<std::uint64_t>& omitted, const std::string& log_key) {
    std::string out = fmt::format(
        "The bundle holds: {} {}, each of them as listed.\n\nWhat is proved\n  to anyone who "
        "trusts "
        "the log's key {}\n",
        receipts.size(), receipts.size() == 1 ? "receipt" : "receipts", log_key);
    for (std::size_t i = 0; i < receipts.size(); ++i) {
        const ReceiptFindings& f = receipts[i];
        const char* const word = f.attribution == Attribution::kSigned    ? "signed by its author"
                                 : f.attribution == Attribution::kVouched ? "vouched by the node"
                                                                          : "stated by the node";
        out += fmt::format("  - {}: {}, in the tick of {}; {}\n", list.receipts[i].name, where(f),
                           second_text(f.tick.second), word);
    }
    if (list.first_delivery > 0) {
        out += fmt::format("\nDeliveries to {} from number {} to {}: ", list.party,
                           list.first_delivery, list.last_delivery);
        if (omitted.empty()) {
            out += "all are here.\n";
        } else {
            out += fmt::format("{} left out:", omitted.size());
            constexpr std::size_t kNamed = 20;
            for (std::size_t i = 0; i < omitted.size() && i < kNamed; ++i) {
                out += fmt::format(" {}", omitted[i]);
            }
            out += omitted.size() > kNamed ? " ...\n" : "\n";
        }
    }
    out +=
        "\nWhat is not shown\n  - anything before the first and after the last of these records.\n"
        "  - that what is stated is true: a statement is its author's.\n"
        "  - report.html is not evidence; this page is made from the receipts alone.\n";
    if (!receipts.empty()) out += witnesses(receipts.front());
    return out;
}

}  // namespace comity::verify
