// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// Where the files of a bundle come from. All that cannot be read throws Stop.
namespace comity::verify {

struct BundleSource {
    std::string path;                   ///< of the folder or zip, for messages
    std::vector<std::string> receipts;  ///< names below receipts/ that a receipt can have, sorted
    /// The content of "bundle.txt" or "receipts/NAME", at most so many bytes.
    std::function<std::string(const std::string& name, std::size_t limit)> read;

    /// As messages name a file of it.
    std::string path_of(const std::string& name) const { return path + "/" + name; }
};

/// Of the file of a zip.
inline constexpr std::size_t kMostZipBytes = std::size_t{256} << 20;

/// Whether these are the first bytes of a zip.
bool is_zip(std::string_view text);

BundleSource source_in_folder(const std::string& path);
BundleSource source_in_zip(const std::string& path, std::string_view archive);

/// A regular file, at most `limit` bytes.
std::string contents(const std::string& path, std::size_t limit);

}  // namespace comity::verify
