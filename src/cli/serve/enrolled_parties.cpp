// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "serve/enrolled_parties.hpp"

#include "comity/accord/request.hpp"
#include "comity/base/bytes.hpp"
#include "comity/base/check.hpp"
#include "comity/ledger/envelope.hpp"
#include "comity/system/system_clock.hpp"
#include "comity/system/system_entropy.hpp"
#include "comity/wire/request.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace comity::cli {
namespace {

struct Wanted {
    accord::PartyId id{""};
    accord::PutParty put;
};

std::vector<Wanted> wanted_of(const server::Directory& directory) {
    std::vector<Wanted> wanted;
    for (const server::PartyAccess* party : directory.parties()) {
        Wanted one{.id = party->party, .put = {.keys = {}, .group = party->group}};
        for (const seal::PublicKey& key : party->keys) one.put.keys.push_back({key.value()});
        wanted.push_back(std::move(one));
    }
    // A group's members take part before it does.
    std::ranges::stable_partition(wanted, [](const Wanted& one) { return !one.put.group; });
    return wanted;
}

bool is_that(const accord::Party& party, const Wanted& wanted) {
    return party.keys == wanted.put.keys && party.group == wanted.put.group;
}

std::string request_of(const std::string& origin, const Wanted& wanted,
                       const accord::Party* standing) {
    std::array<std::byte, 8> id{};
    system::SystemEntropy().fill(id);
    const auto now = system::SystemClock().now().time;
    std::optional<std::uint64_t> version;
    if (standing != nullptr) version = standing->version;
    const auto payload =
        ledger::write_envelope({.to = origin,
                                .party = std::string(accord::kNodeParty),
                                .id = "enrol-" + base::to_hex(id),
                                .sent = now,
                                .valid_until = now + std::chrono::minutes(10),
                                .operation = std::string(wire::operation_name(wanted.put)),
                                .object = wanted.id.value(),
                                .expected_version = version,
                                .body = wire::body_of(wanted.put)});
    COMITY_CHECK(payload.has_value());
    return *payload;
}

}  // namespace

void file_parties(server::Inbox& inbox, const std::string& origin,
                  const server::Directory& directory) {
    server::Inbox* into = &inbox;
    const bool is_asked = inbox.ask(
        {.read = [into, origin, wanted = wanted_of(directory)](const server::Reading& reading) {
            for (const Wanted& one : wanted) {
                const accord::Party* standing = reading.node.state().party(one.id);
                if (standing != nullptr && is_that(*standing, one)) continue;
                const std::string payload = request_of(origin, one, standing);
                const auto bytes = base::bytes_of(payload);
                // Where there is no room now, the next change or start files it.
                (void)into->file(
                    {.content = ledger::VouchedRequest{.payload = {bytes.begin(), bytes.end()}},
                     .done = [](const server::Settled&) {}});
            }
            return true;
        }});
    (void)is_asked;
}

}  // namespace comity::cli
