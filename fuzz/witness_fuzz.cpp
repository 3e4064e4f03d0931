// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What a log asks of a witness. Beside "no crash": what is read is written as the same bytes, and a
// witness that has seen three entries of the first history cosigns nothing but that history, from
// there on; evidence that it gives holds.
#include "two_histories.hpp"

#include "comity/base/check.hpp"
#include "comity/base/testing/fake_signer.hpp"
#include "comity/base/testing/memory_disk.hpp"
#include "comity/ledger/checkpoint.hpp"
#include "comity/ledger/fork_evidence.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/ledger/witness.hpp"
#include "comity/ledger/witness_request.hpp"
#include "comity/seal/note.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

using namespace comity;
using ledger::WitnessStatus;

constexpr std::uint64_t kSeen = 3;

void check_answer(const ledger::WitnessAnswer& answer, const ledger::WitnessRequest& request) {
    const std::string_view text = request.note.text;
    if (answer.status == WitnessStatus::kOk) {
        COMITY_CHECK(fuzz::first_history().has(text));
        COMITY_CHECK(request.old_size == kSeen);
        COMITY_CHECK(ledger::parse_checkpoint(text)->tree.size >= kSeen);
        COMITY_CHECK(!answer.fork);
    } else if (answer.status == WitnessStatus::kConflict) {
        COMITY_CHECK(ledger::parse_size_answer(answer.body) == kSeen);
    }
    if (!answer.fork) return;
    ledger::TreeHasher hasher;
    COMITY_CHECK(ledger::verify_fork(hasher, *answer.fork, fuzz::log_key()).has_value());
    COMITY_CHECK(ledger::parse_fork(ledger::format_fork(*answer.fork)) == *answer.fork);
    COMITY_CHECK(answer.fork_is_kept);
}

void check_request(std::string_view body, const ledger::WitnessRequest& request) {
    base::testing::MemoryDisk disk(1);
    base::testing::FakeSigner signer(1);
    const auto witness =
        ledger::Witness::open("w.example/w", signer, disk, {fuzz::log_key()}).value();
    const seal::Note seen = fuzz::first_history().note(kSeen);
    COMITY_CHECK(witness->begin(fuzz::kOrigin, &seen).has_value());
    const auto answer = witness->add_checkpoint(body, 1);
    COMITY_CHECK(answer.status != WitnessStatus::kUnavailable);
    check_answer(answer, request);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    if (const auto request = ledger::parse_witness_request(body)) {
        COMITY_CHECK(ledger::format_witness_request(*request) == body);
        check_request(body, *request);
    }
    return 0;
}
