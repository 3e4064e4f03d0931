// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "check_bundle.hpp"

#include "stop.hpp"

#include "comity/ledger/receipt.hpp"
#include "comity/seal/hash.hpp"
#include "comity/seal/verifier_key.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/core.h>

namespace comity::verify {
namespace {

[[noreturn]] void bad_input(const std::string& message) {
    throw Stop(Answer::kBadInput, message);
}

[[noreturn]] void refuse(const std::string& message) {
    throw Stop(Answer::kDoesNotHold, message);
}

ledger::Receipt parsed(const std::string& path, const std::string& text) {
    if (text.empty()) bad_input(path + ":1: empty, expected a receipt");
    auto receipt = ledger::parse_receipt(text);
    if (!receipt) {
        bad_input(fmt::format("{}:{}: no receipt: {}", path, receipt.error().line,
                              to_string(receipt.error().fault)));
    }
    return *std::move(receipt);
}

CheckedReceipt checked(const std::string& path, const ledger::Receipt& receipt,
                       const ledger::Policy& policy) {
    auto findings = ledger::check_receipt(receipt, policy);
    if (!findings) {
        const ledger::ReceiptRefused& refused = findings.error();
        refuse(fmt::format("{}: {}{}{}", path, to_string(refused.refusal),
                           refused.detail.empty() ? "" : ": ", refused.detail));
    }
    CheckedReceipt out{};
    out.findings = *std::move(findings);
    for (const auto& witnessed : out.findings.log.witnessed) {
        out.witnesses.push_back(policy.witnesses[witnessed.witness].name);
    }
    for (const ledger::AttachmentState& state : out.findings.attachments) {
        std::string& opening = out.openings.emplace_back();
        for (const ledger::ShownAttachment& shown : receipt.attachments) {
            if (shown.name != state.name || !shown.opening) continue;
            const auto& content = shown.opening->content;
            const std::size_t size = std::min(content.size(), CheckedReceipt::kMostShown);
            opening.assign(reinterpret_cast<const char*>(content.data()), size);
        }
    }
    return out;
}

// Reads a bundle and checks it.
class Check {
  public:
    explicit Check(const BundleSource& source) : source_(source) {}

    CheckedBundle run(const std::optional<ledger::Policy>& given) {
        read_list();
        find_agreements();
        const ledger::Policy policy = given ? *given : agreed_policy();
        check_listed_log(policy);
        for (const ledger::BundleList::File& file : out_.list.receipts) {
            CheckedReceipt receipt =
                checked(path_of(file), parsed(path_of(file), text_of(file)), policy);
            receipt.name = file.name;
            check_log(receipt, policy);
            check_delivery(receipt);
            out_.receipts.push_back(std::move(receipt));
        }
        find_omitted();
        return std::move(out_);
    }

  private:
    static std::string name_of(const ledger::BundleList::File& file) {
        return "receipts/" + file.name;
    }
    std::string path_of(const ledger::BundleList::File& file) const {
        return source_.path_of(name_of(file));
    }
    std::string list_path() const { return source_.path_of("bundle.txt"); }

    void read_list() {
        auto list =
            ledger::parse_bundle_list(source_.read("bundle.txt", ledger::BundleList::kMaxBytes));
        if (!list) {
            bad_input(fmt::format("{}:{}: {}", list_path(), list.error().line,
                                  to_string(list.error().fault)));
        }
        out_.list = *std::move(list);
        if (const auto key = seal::parse_verifier_key(out_.list.log); !key) {
            bad_input(
                fmt::format("{}:2: no verifier key: {}", list_path(), to_string(key.error())));
        }
        std::set<std::string_view> listed;
        for (const ledger::BundleList::File& file : out_.list.receipts) listed.insert(file.name);
        for (const std::string& name : source_.receipts) {
            if (!listed.contains(name)) {
                refuse(source_.path_of("receipts/" + name) + ": bundle.txt does not name it");
            }
        }
    }

    std::string text_of(const ledger::BundleList::File& file) const {
        std::string text = source_.read(name_of(file), ledger::Receipt::kMaxBytes);
        if (seal::sha256(std::as_bytes(std::span(text))) != file.content) {
            refuse(path_of(file) + ": not the file that bundle.txt names");
        }
        return text;
    }

    void find_agreements() {
        for (const ledger::BundleList::File& file : out_.list.receipts) {
            auto agreed = agreed_key(parsed(path_of(file), text_of(file)));
            if (!agreed) continue;
            agreed->file = name_of(file);
            if (!out_.agreed && agreed->log == out_.list.log) out_.agreed = agreed;
            agreed_.push_back(*std::move(agreed));
        }
    }

    // All agreements name one key, else none of them is taken.
    ledger::Policy agreed_policy() {
        if (agreed_.empty()) {
            bad_input(source_.path +
                      ": no signed agreement in it names the log's key, expected --key VKEY|FILE: "
                      "ask the log, or a party that you trust, for the log's key");
        }
        const AgreedKey& first = agreed_.front();
        for (const AgreedKey& other : agreed_) {
            if (other.log != first.log) {
                refuse(
                    fmt::format("the agreements in it name two keys of the log: {} ({}), and "
                                "{} ({})",
                                first.log, first.file, other.log, other.file));
            }
        }
        const auto key = seal::parse_verifier_key(first.log);
        if (!key) {
            refuse(fmt::format("{}: the agreement's log '{}' is no verifier key: {}",
                               source_.path_of(first.file), first.log, to_string(key.error())));
        }
        out_.is_key_given = false;
        return policy_of(*key);
    }

    // The list names one log, and every receipt is of it.
    void check_listed_log(const ledger::Policy& policy) const {
        const bool is_known =
            std::any_of(policy.logs.begin(), policy.logs.end(),
                        [&](const auto& log) { return to_string(log.key) == out_.list.log; });
        if (!is_known) {
            refuse(fmt::format("{}:2: the log's key there is {}, and the one to trust is {}",
                               list_path(), out_.list.log, to_string(policy.logs.front().key)));
        }
    }

    // Two trees of one size are two histories.
    void check_log(const CheckedReceipt& receipt, const ledger::Policy& policy) {
        const ledger::TrustedCheckpoint& log = receipt.findings.log;
        if (to_string(policy.logs[log.log].key) != out_.list.log) {
            refuse(fmt::format("receipts/{}: of another log than bundle.txt names", receipt.name));
        }
        const ledger::TreeHead& tree = log.checkpoint.tree;
        const auto [other, is_new] = heads_.emplace(tree.size, Head{tree.root, receipt.name});
        if (!is_new && other->second.root != tree.root) {
            refuse(fmt::format("the log signed two histories of {} ticks: one in {}, another in {}",
                               tree.size, other->second.file, receipt.name));
        }
    }

    // Within the numbers of the list, and no number twice.
    void check_delivery(const CheckedReceipt& receipt) {
        const ledger::node::Delivery* delivery = delivery_in(receipt.findings);
        if (delivery == nullptr || delivery->addressee != out_.list.party) return;
        if (delivery->number < out_.list.first_delivery ||
            delivery->number > out_.list.last_delivery) {
            refuse(fmt::format("{}:4: deliveries {} to {}, and {} is number {}", list_path(),
                               out_.list.first_delivery, out_.list.last_delivery, receipt.name,
                               delivery->number));
        }
        const auto [other, is_new] = deliveries_.emplace(
            delivery->number, Numbered{receipt.findings.record.salt, receipt.name});
        if (!is_new && other->second.salt != receipt.findings.record.salt) {
            refuse(fmt::format("two deliveries to {} of number {}: {} and {}", out_.list.party,
                               delivery->number, other->second.file, receipt.name));
        }
        if (receipt.findings.tree == ledger::EntryTree::kDelivered) {
            out_.delivered = std::max(out_.delivered, receipt.findings.entry_place.tree_size);
        }
    }

    void find_omitted() {
        std::vector<ledger::ReceiptFindings> deliveries;
        for (const CheckedReceipt& receipt : out_.receipts) {
            if (delivery_in(receipt.findings) != nullptr) deliveries.push_back(receipt.findings);
        }
        const std::vector<std::uint64_t> numbers =
            ledger::omitted_deliveries(out_.list, deliveries);
        for (const std::uint64_t number : numbers) {
            const bool continues = !out_.omitted.empty() && out_.omitted.back().last + 1 == number;
            if (!continues) out_.omitted.push_back({.first = number, .last = number});
            out_.omitted.back().last = number;
        }
        out_.omitted_count = numbers.size();
        // The list of numbers ends before the last where there are too many.
        constexpr std::uint64_t kMostNamed = 10'000;
        out_.omitted_are_more = numbers.size() == kMostNamed;
    }

    struct Head {
        seal::Hash root;
        std::string file;
    };

    // Each record has a salt of its own.
    struct Numbered {
        seal::Hash salt;
        std::string file;
    };

    const BundleSource& source_;
    CheckedBundle out_;
    std::vector<AgreedKey> agreed_;
    std::map<std::uint64_t, Head> heads_;
    std::map<std::uint64_t, Numbered> deliveries_;
};

}  // namespace

CheckedReceipt check_receipt_text(const std::string& path, const std::string& text,
                                  const ledger::Policy& policy) {
    return checked(path, parsed(path, text), policy);
}

CheckedBundle check_bundle(const BundleSource& source,
                           const std::optional<ledger::Policy>& policy) {
    return Check(source).run(policy);
}

ledger::Policy policy_of(const seal::VerifierKey& key) {
    ledger::Policy policy;
    policy.logs.push_back({.key = key});
    return policy;
}

const ledger::node::Delivery* delivery_in(const ledger::ReceiptFindings& findings) {
    const auto* record = std::get_if<ledger::NodeRecord>(&findings.record.content);
    return record == nullptr ? nullptr : std::get_if<ledger::node::Delivery>(record);
}

}  // namespace comity::verify
