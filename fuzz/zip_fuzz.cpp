// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Zip archives. Beside "no crash": what is read keeps the limits, no name stands twice and none is
// a folder's, and the same bytes are read in the same way.
#include "../src/verify/zip_archive.hpp"

#include "comity/base/check.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace comity;

// Small, so that an input reaches them.
constexpr verify::ZipLimits kLimits{.entries = 16,
                                    .entry_bytes = 64 << 10,
                                    .total_bytes = 128 << 10,
                                    .ratio = 50,
                                    .free_bytes = 4096};

void check_files(const std::vector<verify::ZipFile>& files, std::size_t archive_size) {
    COMITY_CHECK(files.size() <= kLimits.entries);
    std::uint64_t total = 0;
    std::set<std::string> names;
    for (const verify::ZipFile& file : files) {
        COMITY_CHECK(file.content.size() <= kLimits.entry_bytes);
        COMITY_CHECK(!file.name.ends_with('/'));
        COMITY_CHECK(names.insert(file.name).second);
        total += file.content.size();
    }
    COMITY_CHECK(total <= kLimits.total_bytes);
    COMITY_CHECK(total <= kLimits.free_bytes || total / kLimits.ratio <= archive_size);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view archive(reinterpret_cast<const char*>(data), size);
    const auto files = verify::read_zip(archive, kLimits);
    COMITY_CHECK(verify::read_zip(archive, kLimits) == files);
    if (files) check_files(*files, size);
    return 0;
}
