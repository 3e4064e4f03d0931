// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/verify/verify.hpp"

#include "bundle_source.hpp"
#include "check_bundle.hpp"
#include "page.hpp"
#include "shown_text.hpp"
#include "stop.hpp"

#include "comity/ledger/policy.hpp"
#include "comity/ledger/receipt.hpp"
#include "comity/seal/verifier_key.hpp"

#include <filesystem>
#include <fstream>
#include <utility>

#include <fmt/core.h>

namespace comity::verify {
namespace {

namespace fs = std::filesystem;

std::string without_newline(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
}

// A verifier key, a file with one, or a file with a policy.
ledger::Policy policy_from(const std::string& text) {
    const auto given = seal::parse_verifier_key(text);
    if (given) return policy_of(*given);
    std::error_code error;
    if (!fs::exists(text, error)) {
        throw Stop(Answer::kBadInput,
                   fmt::format("--key: '{}' is no verifier key ({}) and no file, expected "
                               "name+id+key as the log publishes it, or a file with it",
                               text, to_string(given.error())));
    }
    const std::string file = contents(text, ledger::Policy::kMaxBytes);
    if (const auto key = seal::parse_verifier_key(without_newline(file))) return policy_of(*key);
    auto policy = ledger::parse_policy(file);
    if (!policy) {
        throw Stop(Answer::kBadInput,
                   fmt::format("{}:{}: neither a verifier key nor a policy: {}", text,
                               policy.error().line, to_string(policy.error().fault)));
    }
    if (policy->logs.empty()) {
        throw Stop(Answer::kBadInput, text + ":1: no log, expected a policy that names one");
    }
    return *std::move(policy);
}

// What a file begins with says what it is.
bool is_zip_file(const std::string& path) {
    std::string start(4, '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<std::size_t>(file.gcount()));
    return is_zip(start);
}

std::string verify_receipt(const Question& question) {
    const std::string text = contents(question.path, ledger::Receipt::kMaxBytes);
    if (!question.key) {
        throw Stop(Answer::kBadInput,
                   question.path +
                       ": a receipt alone names no key to trust, expected --key VKEY|FILE: ask "
                       "the log, or a party that you trust, for the log's key");
    }
    const ledger::Policy policy = policy_from(*question.key);
    const CheckedReceipt receipt = check_receipt_text(question.path, text, policy);
    return page_of(receipt, to_string(policy.logs[receipt.findings.log.log].key));
}

std::string verify_bundle(const Question& question, const BundleSource& source) {
    std::optional<ledger::Policy> policy;
    if (question.key) policy = policy_from(*question.key);
    return page_of(check_bundle(source, policy));
}

std::string page_for(const Question& question) {
    std::error_code error;
    if (fs::is_directory(question.path, error)) {
        return verify_bundle(question, source_in_folder(question.path));
    }
    if (fs::is_regular_file(question.path, error) && is_zip_file(question.path)) {
        return verify_bundle(question,
                             source_in_zip(question.path, contents(question.path, kMostZipBytes)));
    }
    return verify_receipt(question);
}

}  // namespace

Result verify(const Question& question) {
    try {
        return {.page = page_for(question)};
    } catch (const Stop& stop) {
        const std::string message = shown(stop.what());
        if (stop.answer() != Answer::kDoesNotHold) {
            return {.answer = stop.answer(), .error = message};
        }
        return {
            .answer = Answer::kDoesNotHold,
            .page = fmt::format("REFUSED: this does not hold.\n\n  {}\n\nThat says nothing of what "
                                "the records state, neither that it is true nor that it is "
                                "not.\n",
                                message)};
    } catch (const fs::filesystem_error& error) {
        return {.answer = Answer::kEnvironment, .error = shown(error.what())};
    }
}

}  // namespace comity::verify
