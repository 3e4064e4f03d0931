// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Evidence of a fork. Beside "no crash": what is read is written as the same bytes, and evidence
// that holds is of one checkpoint that only the first history has and one that only the second has.
#include "two_histories.hpp"

#include "comity/base/check.hpp"
#include "comity/ledger/fork_evidence.hpp"
#include "comity/ledger/tree.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

using namespace comity;

bool is_in_one_alone(fuzz::History& one, fuzz::History& other, std::string_view text) {
    return one.has(text) && !other.has(text);
}

void check_fork(const ledger::ForkEvidence& evidence) {
    ledger::TreeHasher hasher;
    if (!ledger::verify_fork(hasher, evidence, fuzz::log_key())) return;
    const std::string_view older = evidence.older.text;
    const std::string_view newer = evidence.newer.text;
    auto& first = fuzz::first_history();
    auto& second = fuzz::second_history();
    COMITY_CHECK((is_in_one_alone(first, second, older) && is_in_one_alone(second, first, newer)) ||
                 (is_in_one_alone(second, first, older) && is_in_one_alone(first, second, newer)));
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto evidence = ledger::parse_fork(text)) {
        COMITY_CHECK(ledger::format_fork(*evidence) == text);
        check_fork(*evidence);
    }
    return 0;
}
