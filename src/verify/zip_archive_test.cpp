// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "zip_archive.hpp"

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <zip.h>

namespace comity::verify {
namespace {

using enum ZipFault;

const std::vector<ZipFile> kFiles = {{.name = "report.html", .content = "<!doctype html>"},
                                     {.name = "bundle.txt", .content = ""},
                                     {.name = "receipts/1.txt", .content = "one\n"}};

ZipFault fault_of(std::string_view archive, const ZipLimits& limits = {}) {
    const auto files = read_zip(archive, limits);
    EXPECT_FALSE(files.has_value());
    return files ? kNoArchive : files.error().fault;
}

// Deflated, with what only other programs than ours write.
std::string deflated(const std::vector<ZipFile>& files, const char* password = nullptr,
                     zip_int32_t method = ZIP_CM_DEFLATE) {
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, nullptr);
    zip_source_keep(target);
    zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, nullptr);
    for (const ZipFile& file : files) {
        zip_source_t* source =
            zip_source_buffer(archive, file.content.data(), file.content.size(), 0);
        const auto index =
            static_cast<zip_uint64_t>(zip_file_add(archive, file.name.c_str(), source, 0));
        zip_set_file_compression(archive, index, method, 9);
        if (password != nullptr) {
            zip_file_set_encryption(archive, index, ZIP_EM_AES_256, password);
        }
    }
    zip_dir_add(archive, "receipts/", 0);
    EXPECT_EQ(zip_close(archive), 0);
    zip_stat_t made;
    zip_source_stat(target, &made);
    std::string bytes(made.size, '\0');
    zip_source_open(target);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

// Every place where `from` stands; both have the same length.
std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != text.npos; at = text.find(from, at + 1)) {
        text.replace(at, from.size(), to);
    }
    return text;
}

TEST(ZipArchive, GivesBackWhatWasWritten) {
    EXPECT_EQ(read_zip(write_zip(kFiles)).value(), kFiles);
    EXPECT_EQ(read_zip(deflated(kFiles)).value(), kFiles);
}

TEST(ZipArchive, TheSameFilesMakeTheSameBytesInAnyTimeZone) {
    const std::string here = write_zip(kFiles);
    setenv("TZ", "Pacific/Auckland", 1);
    tzset();
    EXPECT_EQ(write_zip(kFiles), here);
    unsetenv("TZ");
    tzset();
    // Its first entry: of 1980-01-01 00:00, under its name.
    EXPECT_EQ(here.substr(0, 2), "PK");
    EXPECT_EQ(here.substr(10, 4), std::string("\x00\x00\x21\x00", 4));
    EXPECT_EQ(here.substr(30, 11), "report.html");
}

TEST(ZipArchive, EveryBeginningOfOneIsNone) {
    const std::string whole = write_zip(kFiles);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        ASSERT_FALSE(read_zip(whole.substr(0, size)).has_value()) << size;
    }
    EXPECT_EQ(fault_of(""), kNoArchive);
    EXPECT_EQ(fault_of("PK\x03\x04 nothing else"), kNoArchive);
}

TEST(ZipArchive, EachByteChangedIsRefusedOrHarmless) {
    const std::string whole = deflated(kFiles);
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string changed = whole;
        changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ 0x5AU);
        const auto files = read_zip(changed);
        if (!files) continue;
        for (const ZipFile& file : *files) {
            for (const ZipFile& original : kFiles) {
                if (file.name != original.name) continue;
                EXPECT_EQ(file.content, original.content) << at;
            }
        }
    }
}

TEST(ZipArchive, LimitsHoldToTheByte) {
    const std::vector<ZipFile> files = {{.name = "a", .content = std::string(1000, 'a')},
                                        {.name = "b", .content = std::string(500, 'b')}};
    const std::string archive = deflated(files);
    EXPECT_TRUE(read_zip(archive, {.entries = 3, .entry_bytes = 1000, .total_bytes = 1500}));
    EXPECT_EQ(fault_of(archive, {.entries = 2}), kTooManyEntries);
    EXPECT_EQ(fault_of(archive, {.entry_bytes = 999}), kEntryTooLarge);
    EXPECT_EQ(fault_of(archive, {.total_bytes = 1499}), kTooLarge);
    EXPECT_TRUE(read_zip(archive, {.ratio = 1, .free_bytes = 1500}));
    EXPECT_EQ(fault_of(archive, {.ratio = 1, .free_bytes = 1499}), kRatio);
}

TEST(ZipArchive, ABombIsRefusedBeforeItIsUnpacked) {
    const std::string bomb = deflated({{.name = "a", .content = std::string(32U << 20U, 'a')}});
    EXPECT_LT(bomb.size(), 64U << 10U);
    EXPECT_EQ(fault_of(bomb), kRatio);
}

// The length in the archive says 1,000; it unpacks to more.
TEST(ZipArchive, MoreThanItStatesIsNotUnpacked) {
    const std::string_view stated("\x88\x13\x00\x00", 4);
    const std::string_view less("\xE8\x03\x00\x00", 4);
    const std::string archive = deflated({{.name = "a", .content = std::string(5000, 'a')}});
    EXPECT_EQ(fault_of(replaced(archive, stated, less)), kContent);
}

TEST(ZipArchive, TwoOfOneNameAreRefused) {
    const std::string archive = write_zip({{.name = "a", .content = "1"}, {.name = "b"}});
    EXPECT_EQ(fault_of(replaced(archive, "b", "a")), kDuplicate);
}

TEST(ZipArchive, WhatIsEncryptedOrPackedOtherwiseIsRefused) {
    EXPECT_EQ(fault_of(deflated({{.name = "a", .content = "secret"}}, "password")), kMethod);
    const std::vector<ZipFile> files = {{.name = "a", .content = std::string(100, 'a')}};
    EXPECT_EQ(fault_of(deflated(files, nullptr, ZIP_CM_BZIP2)), kMethod);
}

TEST(ZipArchive, EachFaultHasItsWords) {
    for (int i = 0; i <= static_cast<int>(kContent); ++i) {
        EXPECT_STRNE(to_string(static_cast<ZipFault>(i)), "unknown fault");
    }
}

}  // namespace
}  // namespace comity::verify
