// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "knew.hpp"

#include "texts.hpp"

#include "comity/accord/state.hpp"
#include "comity/ledger/ledger_folder.hpp"
#include "comity/node/replayer.hpp"
#include "comity/system/posix_disk.hpp"
#include "comity/wire/notice.hpp"

namespace comity::server {
namespace {

std::string text_of(const accord::State& state, const accord::PartyId& party, geo::Instant at,
                    const std::optional<accord::ItemRef>& about) {
    std::string out = R"({"at":)";
    append_time(out, at);
    out += R"(,"items":[)";
    for (const auto& [key, notice] : state.notices()) {
        if (key.second != party || (about && key.first != *about)) continue;
        if (out.back() != '[') out += ',';
        out += wire::notice_text(notice, {});
    }
    out += "]}";
    return out;
}

std::optional<std::string> try_once(const std::string& ledger_folder, const accord::PartyId& party,
                                    geo::Instant at, const std::optional<accord::ItemRef>& about) {
    const auto disk = system::PosixDisk::open(ledger_folder, system::Access::kReadOnly);
    if (!disk) return std::nullopt;
    auto folder = ledger::open_folder(**disk, ledger::OpenMode::kReadOnly);
    if (!folder || folder->damage) return std::nullopt;
    const auto genesis = ledger::genesis_of(*folder->store);
    if (!genesis) return std::nullopt;
    accord::State state(genesis->origin);
    bool holds = true;
    node::Replayer replayer(state, {.verifies_signatures = false},
                            [&holds](const node::ReplayFinding&) { holds = false; });
    const auto end = node::replay(*folder->store, replayer, [&](const ledger::Record& record) {
        return holds && record.time <= at;
    });
    if (end.error || !holds) return std::nullopt;
    return text_of(state, party, at, about);
}

}  // namespace

// A ledger that is written meanwhile may look unfinished for a moment.
std::optional<std::string> knew_text(const std::string& ledger_folder, const accord::PartyId& party,
                                     geo::Instant at, const std::optional<accord::ItemRef>& about) {
    auto text = try_once(ledger_folder, party, at, about);
    if (!text) text = try_once(ledger_folder, party, at, about);
    return text;
}

}  // namespace comity::server
