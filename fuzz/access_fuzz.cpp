// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Who may come in: enrolments, and the form in which they are stored. Beside "no crash": what is
// stored is written as the same bytes again, and is an enrolment that says the same; each fault of
// an enrolment has a line of the text and says what was expected, and a comment before the text
// only moves them.
#include "comity/base/check.hpp"
#include "comity/server/cookie.hpp"
#include "comity/server/enrolment.hpp"
#include "comity/server/password.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace comity;
using server::AccessLimits;

void check_enrolment(const server::Enrolment& enrolment, std::size_t lines) {
    COMITY_CHECK(accord::is_id(enrolment.party.value()) && !enrolment.name.empty());
    COMITY_CHECK(enrolment.party.value() != accord::kNodeParty);
    COMITY_CHECK(enrolment.keys.size() <= AccessLimits::kMaxKeys);
    COMITY_CHECK(enrolment.machines.size() <= AccessLimits::kMaxMachines);
    COMITY_CHECK(enrolment.people.size() <= AccessLimits::kMaxPeople);
    if (enrolment.group) COMITY_CHECK(enrolment.group->members.contains(enrolment.group->lead));
    std::set<std::string> names;
    for (const auto& machine : enrolment.machines) {
        COMITY_CHECK(1 <= machine.line && machine.line <= lines);
        COMITY_CHECK(names.insert(machine.name).second && accord::is_id(machine.name));
        COMITY_CHECK(!machine.is_issued || !machine.credential);
    }
    std::set<std::string> sign_ins;
    for (const auto& person : enrolment.people) {
        COMITY_CHECK(1 <= person.line && person.line <= lines);
        COMITY_CHECK(sign_ins.insert(person.sign_in).second && server::is_sign_in(person.sign_in));
        COMITY_CHECK(!person.roles.empty() && person.roles.size() <= AccessLimits::kMaxRoles);
        COMITY_CHECK(person.password_hash.empty() ||
                     (!person.is_issued && server::is_password_hash(person.password_hash)));
    }
}

void check_faults(const std::vector<wire::FileFault>& faults, std::size_t lines) {
    COMITY_CHECK(!faults.empty() && faults.size() <= wire::Reading::kMaxFaults);
    for (const wire::FileFault& fault : faults) {
        COMITY_CHECK(1 <= fault.line && fault.line <= lines);
        COMITY_CHECK(fault.text.find("expected") != std::string::npos);
    }
}

void check_stored(const server::PartyAccess& access, const std::string& text) {
    COMITY_CHECK(server::to_stored(access) == text);
    // But for its version it is an enrolment in which everybody has a credential.
    constexpr std::string_view kVersion = "{\"version\":1,";
    COMITY_CHECK(text.starts_with(kVersion));
    const auto same = server::read_enrolment("{" + text.substr(kVersion.size()), "f");
    COMITY_CHECK(same.has_value());
    COMITY_CHECK(same->party == access.party && same->keys == access.keys);
    COMITY_CHECK(same->people.size() == access.people.size());
    for (std::size_t i = 0; i < access.machines.size(); ++i) {
        COMITY_CHECK(same->machines[i].credential == access.machines[i].credential);
    }
}

void check_cookie(const std::string& text) {
    for (const bool is_tls : {false, true}) {
        const auto token = server::session_token(text, is_tls);
        if (!token) continue;
        const std::string set = server::session_cookie(*token, is_tls);
        const std::string pair = set.substr(0, set.find(';'));
        COMITY_CHECK(server::session_token(pair, is_tls) == token);
        COMITY_CHECK(!server::session_token(pair, !is_tls));
    }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    // One more than newlines, and the end of the document that the reader adds.
    const auto lines = 2 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    const auto enrolment = server::read_enrolment(text, "f");
    if (enrolment) {
        check_enrolment(*enrolment, lines);
        const auto moved = server::read_enrolment("# c\n" + text, "f");
        COMITY_CHECK(moved || text.size() + 4 > AccessLimits::kMaxBytes ||
                     text.starts_with("\xEF"));
        COMITY_CHECK(!moved || moved->line == enrolment->line + 1);
    } else {
        check_faults(enrolment.error(), lines);
    }
    if (const auto stored = server::read_stored(text, "f")) {
        check_stored(*stored, text);
    } else {
        check_faults(stored.error(), lines);
    }
    check_cookie(text);
    return 0;
}
