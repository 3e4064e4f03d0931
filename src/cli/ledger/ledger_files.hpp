// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "failure.hpp"

#include "comity/ledger/ledger_folder.hpp"
#include "comity/ledger/ledger_index.hpp"
#include "comity/ledger/receipt.hpp"
#include "comity/seal/signer_key.hpp"
#include "comity/system/posix_disk.hpp"

#include <memory>
#include <string>
#include <vector>

/// The files that the commands of `comity ledger` work on. Everything here throws Failure.
namespace comity::cli {

/// The error as it ends a command: what is not there is bad input, what does not hold is said so,
/// and the environment is what it is.
Failure failure_of(const std::string& directory, const ledger::LedgerError& error);

template <typename T>
T or_fail(const std::string& directory, ledger::LedgerExpected<T> value) {
    if (!value) throw failure_of(directory, value.error());
    if constexpr (!std::is_void_v<T>) return *std::move(value);
}

std::unique_ptr<system::PosixDisk> open_disk(const std::string& directory, system::Access access);

/// A ledger's folder, open for reading alone.
struct OpenLedger {
    std::string directory;
    std::unique_ptr<system::PosixDisk> disk;
    ledger::LedgerFolder folder;
};
OpenLedger open_to_read(const std::string& directory);
OpenLedger open_to_write(const std::string& directory);

/// All of a ledger that is known to be durable, indexed: nobody hears of what is not.
std::unique_ptr<ledger::LedgerIndex> index_of(OpenLedger& ledger);

std::string file_content(const std::string& path, std::size_t limit);
/// Whole or not at all, and durable; kBadInput where there is a file already.
void write_new_file(const std::string& path, const std::string& text);

/// The key pair in this file (seal/signer_key.hpp).
seal::NamedSigner signer_from(const std::string& path);
/// Makes one, under this name, in a new file.
seal::NamedSigner create_signer(const std::string& path, const std::string& name);

ledger::Hash random_salt();

/// The checkpoints in these files, in their order.
std::vector<std::string> notes_from(const std::vector<std::string>& paths);

}  // namespace comity::cli
