// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "zip_archive.hpp"

#include "comity/base/check.hpp"

#include <memory>
#include <optional>
#include <utility>

#include <zip.h>

namespace comity::verify {
namespace {

using enum ZipFault;

struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct Close {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
struct Free {
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Archive = std::unique_ptr<zip_t, Discard>;

// 1980-01-01 00:00, the first time that a zip can hold.
constexpr zip_uint16_t kNoTime = 0;
constexpr zip_uint16_t kFirstDay = (1U << 5U) | 1U;

base::Unexpected<ZipError> fail(ZipFault fault, std::string_view entry = {}) {
    return base::Unexpected(ZipError{.fault = fault, .entry = std::string(entry)});
}

// The library takes no bytes at all for an archive without files, and refuses two of one name.
base::Expected<Archive, ZipError> open(std::string_view bytes) {
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
    if (source == nullptr || bytes.empty()) {
        zip_source_free(source);
        return fail(kNoArchive);
    }
    zip_error_t error;
    zip_error_init(&error);
    Archive archive(zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error));
    const bool is_duplicate = zip_error_code_zip(&error) == ZIP_ER_EXISTS;
    zip_error_fini(&error);
    if (archive != nullptr) return archive;
    zip_source_free(source);
    return fail(is_duplicate ? kDuplicate : kNoArchive);
}

// Reads entry after entry; the sizes that it states are counted before any of it is unpacked.
class Reader {
  public:
    Reader(zip_t& archive, std::uint64_t size, const ZipLimits& limits)
        : archive_(archive), size_(size), limits_(limits) {}

    base::Expected<std::vector<ZipFile>, ZipError> read() {
        const auto count = static_cast<std::uint64_t>(zip_get_num_entries(&archive_, 0));
        if (count > limits_.entries) return fail(kTooManyEntries);
        std::vector<zip_stat_t> entries(count);
        for (std::uint64_t i = 0; i < count; ++i) {
            if (zip_stat_index(&archive_, i, ZIP_FL_ENC_RAW, &entries[i]) != 0) {
                return fail(kNoArchive);
            }
            if (const auto error = fault_of(entries[i])) return base::Unexpected(*error);
        }
        std::vector<ZipFile> files;
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::string_view name = entries[i].name;
            if (name.ends_with('/')) continue;
            auto content = content_of(i, entries[i].size);
            if (!content) return fail(kContent, name);
            files.push_back({.name = std::string(name), .content = *std::move(content)});
        }
        return files;
    }

  private:
    std::optional<ZipError> fault_of(const zip_stat_t& entry) {
        constexpr zip_uint64_t kNeeded =
            ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
        if ((entry.valid & kNeeded) != kNeeded) return ZipError{.fault = kNoArchive, .entry = {}};
        const auto error = [&entry](ZipFault fault) {
            return ZipError{.fault = fault, .entry = entry.name};
        };
        const bool is_plain =
            entry.encryption_method == ZIP_EM_NONE &&
            (entry.comp_method == ZIP_CM_STORE || entry.comp_method == ZIP_CM_DEFLATE);
        if (!is_plain) return error(kMethod);
        if (entry.size > limits_.entry_bytes) return error(kEntryTooLarge);
        total_ += entry.size;
        if (total_ > limits_.total_bytes) return error(kTooLarge);
        if (total_ > limits_.free_bytes && total_ / limits_.ratio > size_) return error(kRatio);
        return std::nullopt;
    }

    // Never more than the entry states, whatever unpacks. The library compares the checksum where
    // the end is read.
    std::optional<std::string> content_of(std::uint64_t index, std::uint64_t size) {
        const std::unique_ptr<zip_file_t, Close> file(zip_fopen_index(&archive_, index, 0));
        if (file == nullptr) return std::nullopt;
        std::string content(size + 1, '\0');
        std::size_t filled = 0;
        while (filled < content.size()) {
            const zip_int64_t count =
                zip_fread(file.get(), content.data() + filled, content.size() - filled);
            if (count < 0) return std::nullopt;
            if (count == 0) break;
            filled += static_cast<std::size_t>(count);
        }
        if (filled != size) return std::nullopt;
        content.resize(size);
        return content;
    }

    zip_t& archive_;
    std::uint64_t size_;
    const ZipLimits& limits_;
    std::uint64_t total_ = 0;
};

void add(zip_t* archive, const ZipFile& file) {
    zip_source_t* source = zip_source_buffer(archive, file.content.data(), file.content.size(), 0);
    COMITY_CHECK(source != nullptr);
    const zip_int64_t index = zip_file_add(archive, file.name.c_str(), source, ZIP_FL_ENC_UTF_8);
    COMITY_CHECK(index >= 0);
    const auto at = static_cast<zip_uint64_t>(index);
    COMITY_CHECK(zip_set_file_compression(archive, at, ZIP_CM_STORE, 0) == 0);
    COMITY_CHECK(zip_file_set_dostime(archive, at, kNoTime, kFirstDay, 0) == 0);
}

}  // namespace

const char* to_string(ZipFault fault) {
    switch (fault) {
        case kNoArchive:
            return "expected a whole zip archive";
        case kTooManyEntries:
            return "expected fewer entries in a zip";
        case kDuplicate:
            return "expected each name once in a zip";
        case kEntryTooLarge:
            return "expected at most 64 MiB in one file of a zip";
        case kTooLarge:
            return "expected at most 256 MiB in all files of a zip";
        case kRatio:
            return "expected a zip that unpacks to at most 50 times its size";
        case kMethod:
            return "expected a file that is stored or deflated, and not encrypted";
        case kContent:
            return "expected the content whose length and checksum the zip states";
    }
    return "unknown fault";
}

base::Expected<std::vector<ZipFile>, ZipError> read_zip(std::string_view archive,
                                                        const ZipLimits& limits) {
    const auto opened = open(archive);
    if (!opened) return base::Unexpected(opened.error());
    return Reader(**opened, archive.size(), limits).read();
}

std::string write_zip(const std::vector<ZipFile>& files) {
    COMITY_CHECK(!files.empty());
    const std::unique_ptr<zip_source_t, Free> target(
        zip_source_buffer_create(nullptr, 0, 0, nullptr));
    COMITY_CHECK(target != nullptr);
    zip_source_keep(target.get());
    zip_t* const archive = zip_open_from_source(target.get(), ZIP_TRUNCATE, nullptr);
    COMITY_CHECK(archive != nullptr);
    for (const ZipFile& file : files) add(archive, file);
    COMITY_CHECK(zip_close(archive) == 0);
    zip_stat_t made;
    COMITY_CHECK(zip_source_stat(target.get(), &made) == 0);
    std::string bytes(made.size, '\0');
    COMITY_CHECK(zip_source_open(target.get()) == 0);
    COMITY_CHECK(zip_source_read(target.get(), bytes.data(), bytes.size()) ==
                 static_cast<zip_int64_t>(bytes.size()));
    COMITY_CHECK(zip_source_close(target.get()) == 0);
    return bytes;
}

}  // namespace comity::verify
