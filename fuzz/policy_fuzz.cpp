// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Policies. Beside "no crash": what is written parses to the same policy and is written as the same
// bytes again; all witnesses together meet any quorum; and one witness more never unmeets it.
#include "comity/base/check.hpp"
#include "comity/ledger/policy.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace comity;

void check_policy(const ledger::Policy& policy) {
    const std::string written = ledger::format_policy(policy);
    const auto again = ledger::parse_policy(written);
    COMITY_CHECK(again && *again == policy);
    COMITY_CHECK(ledger::format_policy(*again) == written);

    std::vector<bool> cosigned(policy.witnesses.size());
    bool was_met = ledger::quorum_met(policy, cosigned);
    COMITY_CHECK(was_met == !policy.quorum);
    for (std::size_t i = 0; i < cosigned.size(); ++i) {
        cosigned[i] = true;
        const bool is_met = ledger::quorum_met(policy, cosigned);
        COMITY_CHECK(is_met || !was_met);
        was_met = is_met;
    }
    COMITY_CHECK(was_met);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto policy = ledger::parse_policy(text);
    if (policy) {
        check_policy(*policy);
    } else {
        COMITY_CHECK(policy.error().line >= 1);
    }
    return 0;
}
