// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "words.hpp"

#include "comity/seal/base64.hpp"

#include <algorithm>
#include <chrono>
#include <variant>

#include <fmt/core.h>

namespace comity::verify {

using ledger::Attribution;
using ledger::EntryTree;
using ledger::ReceiptFindings;

std::string grouped(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3;) {
        at -= 3;
        text.insert(at, ",");
    }
    return text;
}

std::string counted(std::uint64_t number, const std::string& one) {
    return grouped(number) + " " + one + (number == 1 ? "" : "s");
}

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

std::string key_text(const seal::Hash& key) {
    return seal::encode_base64(key.span());
}

std::string place_text(const ReceiptFindings& f) {
    const std::string number = grouped(f.entry_place.index + 1);
    const std::string count = grouped(f.entry_place.tree_size);
    switch (f.tree) {
        case EntryTree::kFiled:
            return fmt::format("request {} of the {} that {} had filed by then", number, count,
                               f.party);
        case EntryTree::kDelivered:
            return fmt::format("delivery {} of the {} made to {} by then", number, count, f.party);
        case EntryTree::kRecords:
            return fmt::format("record {} of all {} that the node had kept by then", number, count);
    }
    return {};
}

std::string subject_text(const ReceiptFindings& f) {
    if (f.envelope) return f.envelope->operation;
    if (const auto* delivery = delivery_in(f)) {
        return fmt::format("delivery {} to {}", delivery->number, delivery->addressee);
    }
    const auto* record = std::get_if<ledger::NodeRecord>(&f.record.content);
    return record == nullptr ? "" : fmt::format("record of the node: {}", ledger::name_of(*record));
}

std::string word_of_text(const ReceiptFindings& f) {
    switch (f.attribution) {
        case Attribution::kSigned:
            return "signed by " + f.envelope->party;
        case Attribution::kVouched:
            return fmt::format("the node's word for {}, no signature", f.envelope->party);
        case Attribution::kNode:
            return "the node's word";
    }
    return {};
}

std::string outcome_text(const ledger::Record& record) {
    return record.outcome == ledger::kAccepted ? "accepted"
                                               : fmt::format("refused, code {}", record.outcome);
}

std::string clock_text(const ledger::Record& record) {
    return record.clock_error_ms == ledger::kUnknownClockError
               ? "clock error unknown"
               : fmt::format("clock error at most {} ms", record.clock_error_ms);
}

const char* level_text(ledger::node::Level level) {
    switch (level) {
        case ledger::node::Level::kFull:
            return "full";
        case ledger::node::Level::kVolume:
            return "volume";
        case ledger::node::Level::kCells:
            return "cells";
        case ledger::node::Level::kTouch:
            return "touch";
    }
    return "";
}

std::string range_text(const NumberRange& range) {
    return range.first == range.last ? grouped(range.first)
                                     : grouped(range.first) + " to " + grouped(range.last);
}

std::string omission_text(const CheckedBundle& bundle) {
    const std::uint64_t count = bundle.list.last_delivery - bundle.list.first_delivery + 1;
    if (bundle.omitted.empty()) {
        return count == 1 ? "It is here" : fmt::format("All {} are here", grouped(count));
    }
    std::string out = fmt::format(
        "{}{} of {} {} left out: number", bundle.omitted_are_more ? "At least " : "",
        grouped(bundle.omitted_count), grouped(count), bundle.omitted_count == 1 ? "is" : "are");
    if (bundle.omitted_count > 1) out += "s";
    constexpr std::size_t kNamed = 10;
    for (std::size_t i = 0; i < bundle.omitted.size() && i < kNamed; ++i) {
        out += (i == 0 ? " " : ", ") + range_text(bundle.omitted[i]);
    }
    return bundle.omitted.size() > kNamed || bundle.omitted_are_more ? out + " and more" : out;
}

std::string numbers_text(const NumberRange& range) {
    return (range.first == range.last ? "number " : "numbers ") + range_text(range);
}

std::vector<std::string> outside(const CheckedBundle& bundle) {
    const std::uint64_t first = bundle.list.first_delivery;
    const std::uint64_t last = bundle.list.last_delivery;
    std::vector<std::string> out;
    if (first > 1) {
        out.push_back(fmt::format("Not in this bundle: {}, which came before.",
                                  numbers_text({1, first - 1})));
    }
    if (bundle.delivered > last) {
        out.push_back(fmt::format("Not in this bundle: {}, which came after.",
                                  numbers_text({last + 1, bundle.delivered})));
    } else if (bundle.delivered > 0) {
        out.push_back(fmt::format("The latest receipt of a delivery here counts {} in all.",
                                  grouped(bundle.delivered)));
    }
    return out;
}

std::vector<std::string> not_shown_by_the_log(const ReceiptFindings& f) {
    std::vector<std::string> out;
    out.emplace_back(
        "That the clocks were right: the times of ticks and records are the node's, other times "
        "their author's.");
    const std::size_t witnesses = f.log.witnessed.size();
    if (witnesses == 0) {
        out.emplace_back(
            "That the log showed the same history to everybody: no witness that is known here has "
            "cosigned it.");
    } else {
        out.push_back(
            fmt::format("That the log showed the same history to others than the {} that "
                        "cosigned it.",
                        witnesses == 1 ? "witness" : grouped(witnesses) + " witnesses"));
    }
    return out;
}

std::vector<std::string> not_shown(const CheckedBundle& bundle) {
    std::vector<std::string> out = {
        "Anything that these receipts do not hold: whoever made the bundle chose them.",
        "That what is stated is true: a statement is its author's.",
        "That a key is the party's beside whose name it stands: compare it with the key that you "
        "know.",
    };
    if (bundle.list.first_delivery > 0) {
        out.emplace_back(
            "That a delivery was received or read: that is a statement of its own, by the party "
            "that received or read it.");
    }
    if (!bundle.receipts.empty()) {
        // What holds for each of them: what is said of the one with the fewest witnesses.
        const auto fewest = std::min_element(
            bundle.receipts.begin(), bundle.receipts.end(), [](const auto& a, const auto& b) {
                return a.findings.log.witnessed.size() < b.findings.log.witnessed.size();
            });
        for (std::string& sentence : not_shown_by_the_log(fewest->findings)) {
            out.push_back(std::move(sentence));
        }
    }
    return out;
}

std::string agreed_text(const AgreedKey& agreed) {
    return fmt::format(
        "The log's key is the one named in agreement {}, signed by {} under key {} ({}). Whoever "
        "made the bundle chose that agreement: make sure that the key is {}'s, or give the log's "
        "key with --key.",
        agreed.agreement, agreed.party, key_text(agreed.key), agreed.file, agreed.party);
}

}  // namespace comity::verify
