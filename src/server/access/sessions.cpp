// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/sessions.hpp"

#include "secret_text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace comity::server {

const char* to_string(SessionError error) {
    switch (error) {
        case SessionError::kRole:
            return "expected one of the roles that this person has";
        case SessionError::kFull:
            return "too many people are signed in, expected fewer; try again later";
    }
    return "unknown";
}

bool check_csrf(const Session& session, std::string_view presented) {
    return is_same_secret(session.csrf, presented);
}

base::Expected<Sessions::Opened, SessionError> Sessions::open(const KnownPerson& person,
                                                              std::string_view role,
                                                              SteadyTime now) {
    if (std::ranges::find(person.person.roles, role) == person.person.roles.end()) {
        return base::Unexpected(SessionError::kRole);
    }
    end_oldest_of(person.person.sign_in);
    if (sessions_.size() >= kMaxInAll) {
        for (auto one = sessions_.begin(); one != sessions_.end();) {
            one = is_over(one->second, now) ? erase(one) : std::next(one);
        }
    }
    if (sessions_.size() >= kMaxInAll) return base::Unexpected(SessionError::kFull);
    Opened opened{.token = make_token(entropy_),
                  .session = {.party = person.party,
                              .person = person.person.name,
                              .sign_in = person.person.sign_in,
                              .role = std::string(role),
                              .csrf = make_token(entropy_),
                              .opened = now,
                              .used = now}};
    const seal::Hash hash = hash_of(opened.token);
    const Entry entry{.session = opened.session,
                      .password_hash = person.person.password_hash,
                      .number = next_number_++};
    by_person_.emplace(std::pair(entry.session.sign_in, entry.number), hash);
    sessions_.emplace(hash, entry);
    return opened;
}

const Session* Sessions::find(std::string_view token, SteadyTime now) {
    if (!is_token(token)) return nullptr;
    const auto found = sessions_.find(hash_of(token));
    if (found == sessions_.end()) return nullptr;
    if (is_over(found->second, now)) {
        erase(found);
        return nullptr;
    }
    found->second.session.used = now;
    return &found->second.session;
}

bool Sessions::end(std::string_view token) {
    if (!is_token(token)) return false;
    const auto found = sessions_.find(hash_of(token));
    if (found == sessions_.end()) return false;
    erase(found);
    return true;
}

bool Sessions::is_over(const Entry& entry, SteadyTime now) const {
    const Session& session = entry.session;
    if (now - session.opened >= times_.most || now - session.used >= times_.idle) return true;
    const KnownPerson* known = directory_.person(session.sign_in);
    if (known == nullptr || known->party != session.party) return true;
    const Person& person = known->person;
    return person.name != session.person || person.password_hash != entry.password_hash ||
           std::ranges::find(person.roles, session.role) == person.roles.end();
}

Sessions::Entries::iterator Sessions::erase(Entries::iterator entry) {
    by_person_.erase({entry->second.session.sign_in, entry->second.number});
    return sessions_.erase(entry);
}

// Where there are as many as one person can have.
void Sessions::end_oldest_of(const std::string& sign_in) {
    const auto oldest = by_person_.lower_bound({sign_in, 0});
    const auto end = by_person_.upper_bound({sign_in, UINT64_MAX});
    const auto count = static_cast<std::size_t>(std::distance(oldest, end));
    if (count >= kMaxOfPerson) erase(sessions_.find(oldest->second));
}

}  // namespace comity::server
