// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/ledger_folder.hpp"
#include "comity/node/spool.hpp"
#include "comity/recording/recorder.hpp"
#include "comity/seal/signer_key.hpp"
#include "comity/system/posix_disk.hpp"

#include <memory>
#include <optional>
#include <string>

namespace comity::cli {

/// Everything that a node keeps, in one folder (docs/operations.md): `ledger/`, `log-key`,
/// `access/`, `attachments/`, `recording/`, `spool/`. Everything that throws throws Failure. A
/// resource.
class DataFolder {
  public:
    /// Opens the folder; an empty one, or none, is made new, with a ledger and a log's key of this
    /// origin. Nothing is half made: what failed can be tried again.
    DataFolder(const std::string& path, const std::string& origin);

    system::PosixDisk& access() { return *access_; }
    system::PosixDisk& attachments() { return *attachments_; }
    std::string ledger_path() const;
    /// Of the log; of the ledger that is there, whatever the configuration says.
    const std::string& origin() const { return signer_.name; }
    seal::VerifierKey key() const { return signer_.verifier_key(); }
    bool is_new() const { return is_new_; }

    /// What the node's thread works with. Absent writer: the ledger is damaged, the node is
    /// warn-only.
    struct Opened {
        ledger::LedgerFolder folder;
        std::unique_ptr<ledger::Ledger> writer;
        std::unique_ptr<node::Spool> spool;
        std::unique_ptr<recording::Recorder> recorder;
        std::string damage;  ///< in words; empty: none
    };
    Opened open();

  private:
    std::unique_ptr<system::PosixDisk> subfolder(const char* name) const;
    std::string path_of(const char* name) const;
    void make_ledger(const std::string& origin);

    std::string path_;
    std::unique_ptr<system::PosixDisk> access_;
    std::unique_ptr<system::PosixDisk> attachments_;
    std::unique_ptr<system::PosixDisk> ledger_;
    std::unique_ptr<system::PosixDisk> spool_;
    std::unique_ptr<system::PosixDisk> recording_;
    seal::NamedSigner signer_;
    bool is_new_ = false;
};

}  // namespace comity::cli
