// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/bundle.hpp"

#include "codec.hpp"
#include "decimal.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace comity::ledger {
namespace {

using enum BundleFault;

constexpr std::size_t kMaxParty = 128;
constexpr std::size_t kMaxFileName = 128;
constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kNameCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";

std::string hex(const seal::Hash& hash) {
    std::string out;
    for (const std::byte byte : hash.bytes) {
        out += kHexDigits[std::to_integer<std::size_t>(byte) >> 4U];
        out += kHexDigits[std::to_integer<std::size_t>(byte) & 0xFU];
    }
    return out;
}

std::optional<seal::Hash> hash_from_hex(std::string_view text) {
    if (text.size() != 2 * seal::Hash::kSize) return std::nullopt;
    seal::Hash hash;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t digit = kHexDigits.find(text[i]);
        if (digit == std::string_view::npos) return std::nullopt;
        hash.bytes[i / 2] = (hash.bytes[i / 2] << 4) | static_cast<std::byte>(digit);
    }
    return hash;
}

// Takes the line's first word away where it is `word` and a blank follows.
bool take_word(std::string_view& line, std::string_view word) {
    if (!line.starts_with(word) || line.substr(word.size(), 1) != " ") return false;
    line.remove_prefix(word.size() + 1);
    return true;
}

std::pair<std::string_view, std::string_view> halves(std::string_view text) {
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos) return {text, {}};
    return {text.substr(0, blank), text.substr(blank + 1)};
}

class Reader {
  public:
    explicit Reader(std::string_view text) : rest_(text) {}

    base::Expected<BundleList, BundleError> read() {
        BundleList list;
        line("comity-bundle v1");
        if (const auto text = words("log")) list.log = *text;
        if (const auto text = words("party")) {
            list.party = *text;
            if (list.party.empty() || text_fault(list.party, kMaxParty)) fail(kText);
        }
        if (const auto text = words("deliveries")) numbers(*text, list);
        std::set<std::string_view> names;
        while (!error_ && !rest_.empty()) {
            const auto text = words("receipt");
            if (!text) break;
            const auto [name, digits] = halves(*text);
            file(name, digits, list);
            if (!names.insert(name).second) fail(kFileName);
        }
        if (error_) return base::Unexpected(*error_);
        return list;
    }

  private:
    void fail(BundleFault fault) {
        if (!error_) error_ = BundleError{.fault = fault, .line = number_};
    }

    std::optional<std::string_view> next() {
        if (error_) return std::nullopt;
        ++number_;
        const std::size_t end = rest_.find('\n');
        if (end == std::string_view::npos) {
            fail(rest_.empty() ? kLine : kNoFinalNewline);
            return std::nullopt;
        }
        const std::string_view found = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return found;
    }

    void line(std::string_view expected) {
        const auto found = next();
        if (found && *found != expected) fail(kLine);
    }

    // What follows the line's first word, which is `first`.
    std::optional<std::string_view> words(std::string_view first) {
        auto found = next();
        if (!found) return std::nullopt;
        if (take_word(*found, first)) return found;
        fail(kLine);
        return std::nullopt;
    }

    void numbers(std::string_view text, BundleList& list) {
        const auto [first, last] = halves(text);
        const auto begin = parse_decimal(first);
        const auto end = parse_decimal(last);
        if (!begin || !end || *begin > *end || (*begin == 0) != (*end == 0)) return fail(kNumber);
        list.first_delivery = *begin;
        list.last_delivery = *end;
    }

    void file(std::string_view name, std::string_view digits, BundleList& list) {
        if (list.receipts.size() == BundleList::kMaxReceipts) return fail(kTooManyReceipts);
        const bool is_name = !name.empty() && name.size() <= kMaxFileName && name.front() != '.' &&
                             name.find_first_not_of(kNameCharacters) == std::string_view::npos;
        if (!is_name) return fail(kFileName);
        const auto content = hash_from_hex(digits);
        if (!content) return fail(kHash);
        list.receipts.push_back({.name = std::string(name), .content = *content});
    }

    std::string_view rest_;
    std::size_t number_ = 0;
    std::optional<BundleError> error_;
};

}  // namespace

const char* to_string(BundleFault fault) {
    switch (fault) {
        case kTooLarge:
            return "expected at most 16 MiB";
        case kLine:
            return "expected another line here (docs/formats/bundle.md)";
        case kText:
            return "expected a party of 1 to 128 bytes without control characters";
        case kNumber:
            return "expected two decimal numbers below 2^63, the first not after the last";
        case kFileName:
            return "expected a file name of letters, digits and _ . -, each once";
        case kHash:
            return "expected 64 lower-case hexadecimal digits";
        case kTooManyReceipts:
            return "expected at most 100,000 receipts";
        case kNoFinalNewline:
            return "expected a line feed at the end of the last line";
    }
    return "unknown fault";
}

base::Expected<BundleList, BundleError> parse_bundle_list(std::string_view text) {
    if (text.size() > BundleList::kMaxBytes) {
        return base::Unexpected(BundleError{.fault = kTooLarge, .line = 1});
    }
    return Reader(text).read();
}

std::string format_bundle_list(const BundleList& list) {
    std::string out = "comity-bundle v1\nlog " + list.log + "\nparty " + list.party +
                      "\ndeliveries " + std::to_string(list.first_delivery) + " " +
                      std::to_string(list.last_delivery) + "\n";
    for (const BundleList::File& file : list.receipts) {
        out += "receipt " + file.name + " " + hex(file.content) + "\n";
    }
    return out;
}

std::vector<std::uint64_t> omitted_deliveries(const BundleList& list,
                                              const std::vector<ReceiptFindings>& receipts) {
    std::set<std::uint64_t> shown;
    for (const ReceiptFindings& receipt : receipts) {
        const auto* record = std::get_if<NodeRecord>(&receipt.record.content);
        const auto* delivery = record == nullptr ? nullptr : std::get_if<node::Delivery>(record);
        if (delivery != nullptr && delivery->addressee == list.party) {
            shown.insert(delivery->number);
        }
    }
    std::vector<std::uint64_t> omitted;
    if (list.first_delivery == 0) return omitted;
    // As many as are not shown may be left out; a list says so once there are too many to name.
    constexpr std::size_t kMostNamed = 10'000;
    for (std::uint64_t n = list.first_delivery; n <= list.last_delivery; ++n) {
        if (!shown.contains(n)) omitted.push_back(n);
        if (omitted.size() == kMostNamed) break;
    }
    return omitted;
}

}  // namespace comity::ledger
