// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Proofs that an entry is in a log. Beside "no crash": what is read is written as the same bytes,
// and a proof that holds is of the one entry, index and checkpoint that there is a proof of.
#include "comity/base/check.hpp"
#include "comity/ledger/policy.hpp"
#include "comity/ledger/proof.hpp"
#include "comity/ledger/tree.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

using namespace comity;

// docs/formats/tlog-proof.md and tlog-policy.md.
const ledger::Policy kPolicy = *ledger::parse_policy(
    "log node.example/comity+82f90965+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c\n"
    "witness b party-b.example/witness+6a334b1d+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU\n"
    "quorum b\n");

void check_proof(const ledger::LogProof& proof) {
    ledger::TreeHasher hasher;
    constexpr std::array kEntry = {std::byte{'o'}, std::byte{'n'}, std::byte{'e'}};
    const auto trusted = ledger::verify_proof(hasher, kPolicy, proof, hasher.leaf(kEntry));
    if (!trusted) return;
    COMITY_CHECK(proof.index == 0);
    COMITY_CHECK(proof.inclusion.size() == 2);
    COMITY_CHECK(trusted->checkpoint.tree.size == 3);
    COMITY_CHECK(!trusted->witnessed.empty());
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto proof = ledger::parse_proof(text)) {
        COMITY_CHECK(ledger::format_proof(*proof) == text);
        check_proof(*proof);
    }
    return 0;
}
