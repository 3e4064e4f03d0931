// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/verify/verify.hpp"

#include "page.hpp"

#include "comity/ledger/bundle.hpp"
#include "comity/ledger/policy.hpp"
#include "comity/ledger/receipt.hpp"
#include "comity/ledger/receipt_check.hpp"
#include "comity/seal/hash.hpp"

#include <filesystem>
#include <fstream>
#include <span>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>

namespace comity::verify {
namespace {

namespace fs = std::filesystem;

// Ends the question; `verify` turns it into a Result.
class Stop : public std::runtime_error {
  public:
    Stop(Answer answer, const std::string& message)
        : std::runtime_error(message), answer_(answer) {}
    Answer answer() const { return answer_; }

  private:
    Answer answer_;
};

std::string contents(const fs::path& path, std::size_t limit) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error) {
        throw Stop(Answer::kBadInput,
                   fmt::format("{}: {}, expected a readable file", path.string(), error.message()));
    }
    if (size > limit) {
        throw Stop(Answer::kBadInput,
                   fmt::format("{}:1: {} bytes, expected at most {}", path.string(), size, limit));
    }
    std::ifstream file(path, std::ios::binary);
    std::string text(size, '\0');
    if (!file.read(text.data(), static_cast<std::streamsize>(size))) {
        throw Stop(Answer::kEnvironment, fmt::format("{}: cannot be read", path.string()));
    }
    return text;
}

// A policy of this one log, without witnesses.
ledger::Policy policy_of(const seal::VerifierKey& key) {
    ledger::Policy policy;
    policy.logs.push_back({.key = key});
    return policy;
}

std::string without_newline(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
}

// A verifier key, a file with one, or a file with a policy.
ledger::Policy policy_from(const std::string& text) {
    if (const auto key = seal::parse_verifier_key(text)) return policy_of(*key);
    if (!fs::exists(text)) {
        throw Stop(
            Answer::kBadInput,
            fmt::format("--key: '{}' is neither a verifier key (name+id+key) nor a file", text));
    }
    const std::string file = contents(text, ledger::Policy::kMaxBytes);
    if (const auto key = seal::parse_verifier_key(without_newline(file))) return policy_of(*key);
    auto policy = ledger::parse_policy(file);
    if (!policy) {
        throw Stop(Answer::kBadInput,
                   fmt::format("{}:{}: neither a verifier key nor a policy: {}", text,
                               policy.error().line, to_string(policy.error().fault)));
    }
    return *std::move(policy);
}

ledger::ReceiptFindings check(const fs::path& path, const std::string& text,
                              const ledger::Policy& policy) {
    const auto receipt = ledger::parse_receipt(text);
    if (!receipt) {
        throw Stop(Answer::kBadInput,
                   fmt::format("{}:{}: no receipt: {}", path.string(), receipt.error().line,
                               to_string(receipt.error().fault)));
    }
    auto findings = ledger::check_receipt(*receipt, policy);
    if (!findings) {
        const ledger::ReceiptRefused& refused = findings.error();
        throw Stop(Answer::kDoesNotHold,
                   fmt::format("{}: {}{}{}", path.string(), to_string(refused.refusal),
                               refused.detail.empty() ? "" : ": ", refused.detail));
    }
    return *std::move(findings);
}

std::string log_key_of(const ledger::Policy& policy, const ledger::ReceiptFindings& findings) {
    return to_string(policy.logs[findings.log.log].key);
}

std::string verify_receipt(const Question& question) {
    if (!question.key) {
        throw Stop(Answer::kBadInput,
                   "a receipt alone names no key to trust, expected --key VKEY|FILE");
    }
    const ledger::Policy policy = policy_from(*question.key);
    const auto findings =
        check(question.path, contents(question.path, ledger::Receipt::kMaxBytes), policy);
    return page_of(findings, log_key_of(policy, findings));
}

ledger::BundleList bundle_list(const fs::path& path) {
    auto list = ledger::parse_bundle_list(contents(path, ledger::BundleList::kMaxBytes));
    if (!list) {
        throw Stop(Answer::kBadInput, fmt::format("{}:{}: {}", path.string(), list.error().line,
                                                  to_string(list.error().fault)));
    }
    return *std::move(list);
}

std::string verify_bundle(const Question& question) {
    const fs::path folder(question.path);
    const ledger::BundleList list = bundle_list(folder / "bundle.txt");
    const ledger::Policy policy = policy_from(question.key.value_or(list.log));
    std::vector<ledger::ReceiptFindings> receipts;
    for (const ledger::BundleList::File& file : list.receipts) {
        const fs::path path = folder / "receipts" / file.name;
        const std::string text = contents(path, ledger::Receipt::kMaxBytes);
        if (seal::sha256(std::as_bytes(std::span(text))) != file.content) {
            throw Stop(Answer::kDoesNotHold,
                       path.string() + ": not the file that bundle.txt names");
        }
        receipts.push_back(check(path, text, policy));
    }
    const std::string key = receipts.empty() ? list.log : log_key_of(policy, receipts.front());
    std::string page = page_of(list, receipts, omitted_deliveries(list, receipts), key);
    if (!question.key) {
        page +=
            "\nThe log's key was taken from the bundle itself. Ask its log, or a party that you "
            "trust,\nwhether it is theirs, and give it with --key.\n";
    }
    return page;
}

}  // namespace

Result verify(const Question& question) {
    try {
        const bool is_bundle = fs::is_directory(question.path);
        return {.page = is_bundle ? verify_bundle(question) : verify_receipt(question)};
    } catch (const Stop& stop) {
        if (stop.answer() != Answer::kDoesNotHold) {
            return {.answer = stop.answer(), .error = stop.what()};
        }
        return {
            .answer = Answer::kDoesNotHold,
            .page = fmt::format("REFUSED: this does not hold.\n\n  {}\n\nNothing in it is shown "
                                "to be true or false by that.\n",
                                stop.what())};
    } catch (const fs::filesystem_error& error) {
        return {.answer = Answer::kEnvironment, .error = error.what()};
    }
}

}  // namespace comity::verify
