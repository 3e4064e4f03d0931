// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/replace_file.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/testing/memory_disk.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using base::DiskError;
using base::testing::MemoryDisk;

constexpr std::size_t kMax = 10'000;

base::Expected<void, ReplaceError> replace_text(base::Disk& disk, std::string_view text) {
    return replace_file(disk, "f", std::as_bytes(std::span(text)));
}

TEST(ReplaceFile, WritesAllOfIt) {
    MemoryDisk disk(1);
    EXPECT_EQ(read_file(disk, "f", kMax).error(), DiskError::kNotFound);
    EXPECT_TRUE(replace_text(disk, "a longer text").has_value());
    EXPECT_TRUE(replace_text(disk, "text").has_value());
    EXPECT_EQ(read_file(disk, "f", kMax), "text");
    EXPECT_EQ(read_file(disk, "f", 4), "text");
    EXPECT_EQ(read_file(disk, "f", 2), "tex") << "one byte more than asked for";
    EXPECT_THAT(disk.list().value(), ::testing::ElementsAre("f"));
}

TEST(ReplaceFile, SaysWhatIsLeftWhereACallFails) {
    using enum ReplaceFailure;
    for (const auto& [call, failure] : {std::pair{1U, kUnchanged},
                                        {2U, kUnchanged},
                                        {3U, kUnchanged},
                                        {4U, kUnsure},
                                        {5U, kUnsureDirectory},
                                        {6U, kUnsureDirectory}}) {
        MemoryDisk disk(1);
        ASSERT_TRUE(replace_text(disk, "old").has_value());
        disk.fail_call(call, DiskError::kIo);
        EXPECT_EQ(replace_text(disk, "new").error(),
                  (ReplaceError{.left = failure, .error = DiskError::kIo}))
            << call;
        EXPECT_THAT(disk.list().value(), ::testing::ElementsAre("f")) << "no remains";
        EXPECT_EQ(read_file(disk, "f", kMax), call < 6 ? "old" : "new") << call;
        EXPECT_TRUE(replace_text(disk, "next").has_value()) << call;
    }
}

TEST(ReplaceFile, LeavesTheOldOrTheNewTextWholeAfterACrash) {
    const std::string old_text(2'000, 'o');
    const std::string new_text(3'000, 'n');
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        MemoryDisk disk(seed);
        ASSERT_TRUE(replace_text(disk, old_text).has_value());
        const std::uint64_t call = seed % 7;
        if (call > 0) disk.fail_call(call, DiskError::kIo);
        const bool is_done = replace_text(disk, new_text).has_value();
        ASSERT_EQ(is_done, call == 0);
        disk.crash();
        const auto text = read_file(disk, "f", kMax);
        ASSERT_TRUE(text == new_text || (!is_done && text == old_text)) << "seed " << seed;
    }
}

}  // namespace
}  // namespace comity::ledger
