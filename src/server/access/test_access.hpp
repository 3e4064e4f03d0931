// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/bytes.hpp"
#include "comity/base/check.hpp"
#include "comity/base/disk.hpp"
#include "comity/base/testing/seeded_entropy.hpp"
#include "comity/ledger/replace_file.hpp"
#include "comity/server/enrol.hpp"

#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

/// Texts and steps for tests of who may come in.
namespace comity::server {

/// Ten lines, after which others can follow.
inline constexpr std::string_view kCoast =
    "party: coast-guard\n"                                    // 1
    "name: Coast Guard\n"                                     // 2
    "keys: [A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=]\n"  // 3
    "machines:\n"                                             // 4
    "  - { name: radar, issue_api_key: true }\n"              // 5
    "  - { name: relay, certificate_sha256: "
    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff }\n"  // 6
    "people:\n"                                                             // 7
    "  - name: Anna B.\n"                                                   // 8
    "    sign_in: anna@coast.example\n"                                     // 9
    "    roles: [controller, observer]\n"                                   // 10
    "    issue_password: true\n";                                           // 11

/// A text with one part of it replaced by another.
inline std::string where(std::string_view text, std::string_view before, std::string_view after) {
    std::string changed(text);
    const std::size_t found = changed.find(before);
    COMITY_CHECK(found != std::string::npos);
    return changed.replace(found, before.size(), after);
}

/// What a party of another name enrols with: one machine, nobody else.
inline std::string party_text(const std::string& id) {
    return "party: " + id + "\nname: " + id + "\nmachines: [{ name: m, issue_api_key: true }]\n";
}

inline base::Expected<Enrolled, EnrolError> try_enrol(base::Disk& disk, std::string_view text,
                                                      std::uint64_t seed = 1) {
    base::testing::SeededEntropy entropy(seed);
    return enrol(disk, text, "e.yaml", entropy, PasswordCost::least());
}

/// An enrolment that must hold.
inline Enrolled enrolled(base::Disk& disk, std::string_view text, std::uint64_t seed = 1) {
    auto result = try_enrol(disk, text, seed);
    if (!result) {
        for (const auto& fault : result.error().faults) ADD_FAILURE() << to_string(fault);
        COMITY_CHECK(result.has_value());
    }
    return *std::move(result);
}

inline std::string content(base::Disk& disk, std::string_view name) {
    return ledger::read_file(disk, name, AccessLimits::kMaxBytes).value_or("(none)");
}

inline void write(base::Disk& disk, std::string_view name, std::string_view text) {
    COMITY_CHECK(ledger::replace_file(disk, name, base::bytes_of(text)).has_value());
}

}  // namespace comity::server
