// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "bundle_source.hpp"

#include "stop.hpp"
#include "zip_archive.hpp"

#include "comity/ledger/bundle.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <system_error>
#include <utility>

#include <fmt/core.h>

namespace comity::verify {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kReceipts = "receipts/";

[[noreturn]] void bad_input(const std::string& message) {
    throw Stop(Answer::kBadInput, message);
}

// What the bundle's form has for a receipt: NAME.txt of the characters that bundle.txt allows.
bool is_receipt_name(std::string_view name) {
    if (!name.ends_with(".txt")) return false;
    const ledger::BundleList list{
        .log = "l", .party = "p", .receipts = {{.name = std::string(name)}}};
    return ledger::parse_bundle_list(format_bundle_list(list)).has_value();
}

}  // namespace

bool is_zip(std::string_view text) {
    return text.starts_with("PK\x03\x04") || text.starts_with("PK\x05\x06");
}

std::string contents(const std::string& path, std::size_t limit) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (error) {
        const bool may_not = error == std::errc::permission_denied;
        throw Stop(may_not ? Answer::kEnvironment : Answer::kBadInput,
                   fmt::format("{}: {}, expected a readable file", path, error.message()));
    }
    if (!fs::is_regular_file(status)) bad_input(path + ": no file, expected a regular file");
    const std::uintmax_t size = fs::file_size(path, error);
    if (!error && size > limit) {
        bad_input(fmt::format("{}:1: {} bytes, expected at most {}", path, size, limit));
    }
    std::ifstream file(path, std::ios::binary);
    std::string text(size, '\0');
    if (error || !file.read(text.data(), static_cast<std::streamsize>(size))) {
        throw Stop(Answer::kEnvironment,
                   fmt::format("{}: {}, expected a readable file", path, std::strerror(errno)));
    }
    return text;
}

BundleSource source_in_folder(const std::string& path) {
    BundleSource source{.path = path};
    std::error_code error;
    const fs::path folder(path);
    if (!fs::exists(folder / "bundle.txt", error)) {
        bad_input(path +
                  ": no bundle.txt in it, expected a receipt, or the folder or zip of a "
                  "bundle");
    }
    for (const fs::directory_entry& entry : fs::directory_iterator(folder / "receipts", error)) {
        const std::string name = entry.path().filename().string();
        if (is_receipt_name(name)) source.receipts.push_back(name);
    }
    std::sort(source.receipts.begin(), source.receipts.end());
    source.read = [folder](const std::string& name, std::size_t limit) {
        return contents((folder / name).string(), limit);
    };
    return source;
}

BundleSource source_in_zip(const std::string& path, std::string_view archive) {
    auto files = read_zip(archive);
    if (!files) {
        const ZipError& error = files.error();
        bad_input(fmt::format("{}{}{}: {}", path, error.entry.empty() ? "" : "/", error.entry,
                              to_string(error.fault)));
    }
    BundleSource source{.path = path};
    const auto by_name = std::make_shared<std::map<std::string, std::string>>();
    for (ZipFile& file : *files) {
        const bool is_below = file.name.starts_with(kReceipts);
        const std::string name = is_below ? file.name.substr(kReceipts.size()) : "";
        const bool is_known = is_below ? is_receipt_name(name)
                                       : file.name == "report.html" || file.name == "bundle.txt";
        if (!is_known) {
            bad_input(
                fmt::format("{}/{}: no file of a bundle, expected report.html, bundle.txt "
                            "and receipts/*.txt at the top of the zip",
                            path, file.name));
        }
        if (is_below) source.receipts.push_back(name);
        by_name->emplace(std::move(file.name), std::move(file.content));
    }
    std::sort(source.receipts.begin(), source.receipts.end());
    source.read = [path, by_name](const std::string& name, std::size_t limit) {
        const auto found = by_name->find(name);
        if (found == by_name->end()) {
            bad_input(fmt::format("{}: no {} in it, expected the zip of a bundle", path, name));
        }
        if (found->second.size() > limit) {
            bad_input(fmt::format("{}/{}:1: {} bytes, expected at most {}", path, name,
                                  found->second.size(), limit));
        }
        return found->second;
    };
    return source;
}

}  // namespace comity::verify
