// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "serve/data_folder.hpp"

#include "ledger/ledger_files.hpp"

#include "comity/system/system_clock.hpp"
#include "comity/system/system_entropy.hpp"

#include <filesystem>
#include <utility>

#include <fmt/core.h>

namespace comity::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLogKey = "log-key";

}  // namespace

DataFolder::DataFolder(const std::string& path, const std::string& origin) : path_(path) {
    const auto root = open_disk(path_, system::Access::kCreate);
    access_ = subfolder("access");
    attachments_ = subfolder("attachments");
    ledger_ = subfolder("ledger");
    spool_ = subfolder("spool");
    recording_ = subfolder("recording");
    // Entries are made last, so that a ledger without any is one that was not made to the end.
    const auto names = ledger_->list();
    if (!names)
        throw Failure(kEnvironment, fmt::format("{}: {}", ledger_path(), to_string(names.error())));
    if (names->empty()) make_ledger(origin);
    signer_ = signer_from(path_of(kLogKey));
}

std::string DataFolder::path_of(const char* name) const {
    return (fs::path(path_) / name).string();
}
std::string DataFolder::ledger_path() const {
    return path_of("ledger");
}

std::unique_ptr<system::PosixDisk> DataFolder::subfolder(const char* name) const {
    return open_disk(path_of(name), system::Access::kCreate);
}

void DataFolder::make_ledger(const std::string& origin) {
    is_new_ = true;
    std::error_code error;
    // A key without a ledger is one of a first start that failed.
    const bool has_key = fs::exists(path_of(kLogKey), error);
    const seal::NamedSigner log =
        has_key ? signer_from(path_of(kLogKey)) : create_signer(path_of(kLogKey), origin);
    const ledger::Hash key{.bytes = log.signer->key_id().value()};
    ledger::LedgerSecret::Bytes secret{};
    system::SystemEntropy().fill(secret);
    ledger::LedgerFolder folder =
        or_fail(ledger_path(), ledger::create_folder(*ledger_, log.name, key, secret));
    (void)or_fail(
        ledger_path(),
        ledger::Ledger::create(
            {.store = *folder.store, .secret = *folder.secret, .signer = *log.signer},
            {.origin = log.name, .key = key}, system::SystemClock().now(), random_salt()));
    if (auto closed = folder.store->close(); !closed) {
        throw failure_of(ledger_path(), ledger::from_store(closed.error()));
    }
}

DataFolder::Opened DataFolder::open() {
    Opened opened;
    opened.folder =
        or_fail(ledger_path(), ledger::open_folder(*ledger_, ledger::OpenMode::kReadWrite));
    if (opened.folder.damage) {
        opened.damage =
            failure_of(ledger_path(), ledger::from_store(opened.folder.damage->error)).what();
    } else {
        opened.writer =
            or_fail(ledger_path(), ledger::open_ledger(*ledger_, opened.folder, *signer_.signer,
                                                       system::SystemClock().now(), random_salt()));
    }
    auto spool = node::Spool::open(*spool_);
    if (!spool) {
        throw Failure(kEnvironment,
                      fmt::format("{}: {}", path_of("spool"), to_string(spool.error().fault)));
    }
    opened.spool = *std::move(spool);
    auto recorder = recording::Recorder::open(*recording_);
    if (!recorder) {
        throw Failure(kEnvironment, fmt::format("{}: {}", path_of("recording"),
                                                to_string(recorder.error().fault)));
    }
    opened.recorder = std::move(recorder->recorder);
    return opened;
}

}  // namespace comity::cli
