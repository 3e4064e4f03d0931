// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/attachment_shelf.hpp"

#include "comity/base/bytes.hpp"
#include "comity/base/memory_disk.hpp"

#include <string>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

Attachment attachment(const std::string& content) {
    Attachment made{.content = content};
    made.key.fill(std::byte{7});
    return made;
}

TEST(AttachmentShelf, GivesBackWhatWasCommittedTo) {
    base::MemoryDisk disk;
    const auto commitment = AttachmentShelf(disk).put(attachment("Controller South"));
    ASSERT_TRUE(commitment);
    AttachmentShelf again(disk);
    EXPECT_EQ(again.get(*commitment), attachment("Controller South"));
    EXPECT_EQ(again.text(*commitment), "Controller South");
    EXPECT_EQ(again.text(seal::Hash{}), "");
}

TEST(AttachmentShelf, WhatIsNotWhatWasCommittedToIsNothing) {
    base::MemoryDisk disk;
    const auto commitment = AttachmentShelf(disk).put(attachment("Controller South"));
    ASSERT_TRUE(commitment);
    auto file = disk.open(base::to_hex(commitment->span()));
    ASSERT_TRUE(file);
    const std::byte other{'X'};
    ASSERT_TRUE((*file)->write_at(40, std::span(&other, 1)));
    EXPECT_FALSE(AttachmentShelf(disk).get(*commitment));
}

TEST(AttachmentShelf, ErasedIsGone) {
    base::MemoryDisk disk;
    const auto commitment = AttachmentShelf(disk).put(attachment("Controller South"));
    ASSERT_TRUE(commitment);
    ASSERT_TRUE(disk.remove(base::to_hex(commitment->span())));
    EXPECT_EQ(AttachmentShelf(disk).text(*commitment), "");
}

TEST(AttachmentShelf, RemembersANameThatLiesElsewhere) {
    base::MemoryDisk disk;
    AttachmentShelf shelf(disk);
    const seal::Hash commitment = ledger::commit({}, base::bytes_of("someone"));
    shelf.remember(commitment, "someone");
    EXPECT_EQ(shelf.text(commitment), "someone");
}

}  // namespace
}  // namespace comity::server
