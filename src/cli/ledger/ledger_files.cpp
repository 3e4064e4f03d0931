// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger_files.hpp"

#include "comity/seal/note.hpp"
#include "comity/system/system_entropy.hpp"

#include <filesystem>
#include <fstream>
#include <span>
#include <utility>

#include <fmt/core.h>

namespace comity::cli {
namespace {

namespace fs = std::filesystem;

ExitCode code_of(const ledger::LedgerError& error) {
    using enum ledger::StoreFault;
    if (error.fault == ledger::LedgerFault::kFolder) return kBadInput;
    if (error.fault == ledger::LedgerFault::kRestored) return kBadInput;
    if (error.fault != ledger::LedgerFault::kStore) return kDoesNotHold;
    switch (error.store) {
        case kNotFound:
        case kExists:
            return kBadInput;
        case kDamaged:
        case kOtherStore:
        case kOtherHistory:
            return kDoesNotHold;
        default:
            return kEnvironment;
    }
}

std::string without_newline(std::string text) {
    if (text.ends_with('\n')) text.pop_back();
    return text;
}

OpenLedger open_as(const std::string& directory, system::Access access, ledger::OpenMode mode) {
    OpenLedger opened{.directory = directory, .disk = open_disk(directory, access)};
    opened.folder = or_fail(directory, ledger::open_folder(*opened.disk, mode));
    return opened;
}

}  // namespace

Failure failure_of(const std::string& directory, const ledger::LedgerError& error) {
    std::string message = directory + ": ";
    if (error.fault == ledger::LedgerFault::kStore) {
        message += error.where;
    } else {
        message += error.where + (error.where.empty() ? "" : ": ") + to_string(error.fault);
    }
    return {code_of(error), message};
}

std::unique_ptr<system::PosixDisk> open_disk(const std::string& directory, system::Access access) {
    auto disk = system::PosixDisk::open(directory, access);
    if (!disk) {
        const bool is_absent = disk.error() == base::DiskError::kNotFound;
        throw Failure(is_absent ? kBadInput : kEnvironment,
                      fmt::format("{}: {}, expected a directory", directory,
                                  is_absent ? "no such directory" : to_string(disk.error())));
    }
    return *std::move(disk);
}

OpenLedger open_to_read(const std::string& directory) {
    return open_as(directory, system::Access::kReadOnly, ledger::OpenMode::kReadOnly);
}

OpenLedger open_to_write(const std::string& directory) {
    return open_as(directory, system::Access::kReadWrite, ledger::OpenMode::kReadWrite);
}

std::unique_ptr<ledger::LedgerIndex> index_of(OpenLedger& ledger) {
    return or_fail(ledger.directory,
                   ledger::LedgerIndex::of(*ledger.folder.store, *ledger.folder.secret,
                                           ledger.folder.durable_entries));
}

std::string file_content(const std::string& path, std::size_t limit) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error) {
        throw Failure(kBadInput,
                      fmt::format("{}: {}, expected a readable file", path, error.message()));
    }
    if (size > limit) {
        throw Failure(kBadInput,
                      fmt::format("{}:1: {} bytes, expected at most {}", path, size, limit));
    }
    std::ifstream file(path, std::ios::binary);
    std::string text(size, '\0');
    if (!file.read(text.data(), static_cast<std::streamsize>(size))) {
        throw Failure(kEnvironment, fmt::format("{}: cannot be read", path));
    }
    return text;
}

void write_new_file(const std::string& path, const std::string& text) {
    const fs::path full = fs::absolute(path);
    const auto disk = open_disk(full.parent_path().string(), system::Access::kReadWrite);
    const auto fail = [&](base::DiskError error) {
        const bool is_there = error == base::DiskError::kExists;
        throw Failure(is_there ? kBadInput : kEnvironment,
                      fmt::format("{}: {}, expected a new file", path, to_string(error)));
    };
    auto file = disk->create(full.filename().string());
    if (!file) fail(file.error());
    auto written = (*file)->write_at(0, std::as_bytes(std::span(text)));
    if (written) written = (*file)->sync();
    if (written) written = disk->sync_directory();
    if (written) return;
    (void)disk->remove(full.filename().string());
    fail(written.error());
}

seal::NamedSigner signer_from(const std::string& path) {
    constexpr std::size_t kLimit = 4096;
    auto named = seal::parse_signer_key(without_newline(file_content(path, kLimit)));
    if (!named) throw Failure(kBadInput, fmt::format("{}:1: {}", path, to_string(named.error())));
    return *std::move(named);
}

seal::NamedSigner create_signer(const std::string& path, const std::string& name) {
    if (!seal::is_key_name(name)) {
        throw Failure(kBadInput,
                      fmt::format("'{}' cannot name a log, expected a name such as "
                                  "ledger.example.org/strait, without blanks and plus signs",
                                  name));
    }
    std::array<std::byte, seal::SeedSigner::kSeedSize> seed{};
    system::SystemEntropy().fill(seed);
    write_new_file(path, seal::format_signer_key(name, seed) + "\n");
    return {.name = name, .signer = std::make_unique<seal::SeedSigner>(seed)};
}

ledger::Hash random_salt() {
    ledger::Hash salt;
    system::SystemEntropy().fill(salt.bytes);
    return salt;
}

std::vector<std::string> notes_from(const std::vector<std::string>& paths) {
    std::vector<std::string> notes;
    for (const std::string& path : paths) {
        notes.push_back(file_content(path, seal::Note::kMaxBytes));
    }
    return notes;
}

}  // namespace comity::cli
