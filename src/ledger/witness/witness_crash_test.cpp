// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// A witness on a disk that forgets what it may: whatever fails and whenever the power goes, it
// never cosigns two histories. COMITY_SOAK sets the number of seeds.
#include "test_log.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/testing/memory_disk.hpp"
#include "comity/base/testing/seeded_entropy.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/ledger/witness.hpp"
#include "comity/ledger/witness_request.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using base::DiskError;
using base::testing::MemoryDisk;
using base::testing::SplitMix64;

std::uint64_t seed_count() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): tests have one thread
    const char* const stated = std::getenv("COMITY_SOAK");
    return stated != nullptr ? std::strtoull(stated, nullptr, 10) : 1'000;
}

/// All that a log with two histories may ask for, made once: signatures are slow.
struct Requests {
    static constexpr std::uint64_t kSizes = 14;

    Requests() {
        for (std::uint64_t size = 0; size < kSizes; ++size) {
            for (const bool other : {false, true}) heads.push_back(log.head(size, other));
        }
        for (std::uint64_t old_size = 0; old_size < kSizes; ++old_size) {
            for (std::uint64_t size = 0; size < kSizes; ++size) {
                for (const bool other : {false, true}) {
                    const Proof proof =
                        old_size <= size ? log.proof(old_size, size, other) : Proof{};
                    bodies.push_back(format_witness_request(
                        {.old_size = old_size, .proof = proof, .note = log.note(size, other)}));
                }
            }
        }
    }
    const TreeHead& head(std::uint64_t size, bool other) const {
        return heads.at(2 * size + (other ? 1 : 0));
    }
    const std::string& body(std::uint64_t old_size, std::uint64_t size, bool other) const {
        return bodies.at(2 * (old_size * kSizes + size) + (other ? 1 : 0));
    }

    TestLog log{5};
    std::vector<std::string> bodies;
    std::vector<TreeHead> heads;
};

/// One life of a witness under one seed, power cuts included.
class Life {
  public:
    Life(Requests& requests, std::uint64_t seed)
        : requests_(requests), random_(seed), disk_(seed) {}

    void run() {
        while (!begun_ && !::testing::Test::HasFailure()) {
            if (open()) begun_ = begin();
            maybe_crash();
        }
        for (int step = 0; step < 30 && !::testing::Test::HasFailure(); ++step) {
            maybe_fail();
            if (witness_ == nullptr && !open()) continue;
            ask();
            maybe_crash();
        }
    }

    std::uint64_t cosigned_count() const { return cosigned_count_; }

  private:
    bool open() {
        witness_.reset();
        auto opened = Witness::open(own_.name, own_.signer, disk_, {requests_.log.key()});
        if (!opened) return false;
        witness_ = *std::move(opened);
        const auto condition = witness_->condition(requests_.log.origin());
        // Once begun it is never taken for a log that was never seen.
        EXPECT_FALSE(begun_ && condition == LogCondition::kNotBegun);
        // What cannot be read under a failing call is damaged only until it is opened again.
        if (condition == LogCondition::kDamaged || condition == LogCondition::kStopped) {
            witness_.reset();
            return false;
        }
        return true;
    }

    bool begin() {
        if (witness_->condition(requests_.log.origin()) == LogCondition::kCosigning) return true;
        maybe_fail();
        return witness_->begin(requests_.log.origin()).has_value();
    }

    void ask() {
        const std::uint64_t size = random_.below(Requests::kSizes);
        const bool other = random_.below(3) == 0;
        // Most often the right old size, as an honest log has it from an answer 409.
        const std::uint64_t guess = random_.below(4) == 0 ? random_.below(Requests::kSizes) : 0;
        std::string body = requests_.body(guess, size, other);
        auto answer = witness_->add_checkpoint(body, 1);
        const auto latest = parse_size_answer(answer.body);
        if (answer.status == WitnessStatus::kConflict && latest < Requests::kSizes) {
            body = requests_.body(*latest, size, other);
            answer = witness_->add_checkpoint(body, 1);
        }
        if (answer.status == WitnessStatus::kOk) cosigned(requests_.head(size, other));
    }

    void cosigned(const TreeHead& tree) {
        ++cosigned_count_;
        const auto [at, is_new] = roots_.emplace(tree.size, tree.root);
        EXPECT_EQ(at->second, tree.root) << "two roots of the size " << tree.size;
        EXPECT_GE(tree.size, largest_.size) << "smaller than one cosigned before";
        largest_ = tree;
        // Each root belongs to the first history or to the second, and never both.
        const auto is_of = [&](bool other) {
            for (const auto& [size, root] : roots_) {
                if (root != requests_.head(size, other).root) return false;
            }
            return true;
        };
        EXPECT_TRUE(is_of(false) || is_of(true)) << "two histories";
    }

    void maybe_fail() {
        constexpr std::array kErrors{DiskError::kIo, DiskError::kNoSpace, DiskError::kRefused};
        if (random_.below(3) == 0) {
            disk_.fail_call(1 + random_.below(12), kErrors.at(random_.below(kErrors.size())));
        }
    }

    void maybe_crash() {
        if (random_.below(4) == 0) {
            witness_.reset();
            disk_.crash();
        } else if (random_.below(8) == 0) {
            witness_.reset();  // the process alone ends
        }
    }

    Requests& requests_;
    SplitMix64 random_;
    MemoryDisk disk_;
    TestWitness own_{2};
    std::unique_ptr<Witness> witness_;
    bool begun_ = false;
    std::map<std::uint64_t, Hash> roots_;
    TreeHead largest_;
    std::uint64_t cosigned_count_ = 0;
};

TEST(WitnessSoak, NeverCosignsTwoHistories) {
    Requests requests;
    std::uint64_t cosigned = 0;
    const std::uint64_t count = seed_count();
    for (std::uint64_t seed = 0; seed < count; ++seed) {
        Life life(requests, seed);
        life.run();
        cosigned += life.cosigned_count();
        ASSERT_FALSE(HasFailure()) << "seed " << seed;
    }
    std::cout << count << " runs, seeds 0 to " << count - 1 << ": " << cosigned << " cosigned\n";
    EXPECT_GE(cosigned, count) << "too few to say anything";
}

// Each call of the disk fails in turn, then the power goes: what was answered is there.
TEST(WitnessCrash, KeepsWhatItAnsweredWhicheverCallFails) {
    TestLog log;
    TestWitness own(2);
    for (std::uint64_t call = 1; call <= 40; ++call) {
        for (std::uint64_t seed = 0; seed < 4; ++seed) {
            MemoryDisk disk(seed);
            disk.fail_call(call, DiskError::kIo);
            std::uint64_t answered = 0;
            bool begun = false;
            if (auto witness = Witness::open(own.name, own.signer, disk, {log.key()})) {
                begun = (*witness)->begin(log.origin()).has_value();
                for (const std::uint64_t size : {1U, 3U, 9U, 20U}) {
                    const auto answer = (*witness)->add_checkpoint(log.request(answered, size), 1);
                    if (answer.status == WitnessStatus::kOk) answered = size;
                }
            }
            disk.crash();
            disk.fail_call(1'000'000, DiskError::kIo);  // one that is still to come does not
            const auto again = Witness::open(own.name, own.signer, disk, {log.key()}).value();
            const auto condition = again->condition(log.origin());
            ASSERT_TRUE(condition == LogCondition::kCosigning ||
                        (!begun && condition == LogCondition::kNotBegun));
            if (condition != LogCondition::kCosigning) continue;
            // One that was not answered may be there as well.
            const auto smaller = again->add_checkpoint(log.request(0, 1), 1);
            const auto latest = answered == 0 ? 0 : parse_size_answer(smaller.body).value();
            EXPECT_GE(latest, answered) << "call " << call << " seed " << seed;
        }
    }
}

}  // namespace
}  // namespace comity::ledger
