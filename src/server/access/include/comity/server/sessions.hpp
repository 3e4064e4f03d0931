// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/ids.hpp"
#include "comity/base/entropy.hpp"
#include "comity/base/expected.hpp"
#include "comity/seal/hash.hpp"
#include "comity/server/directory.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace comity::server {

/// Of a clock that only goes forward, since any moment that stays the same.
using SteadyTime = std::chrono::milliseconds;

/// A person on duty who is signed in. A value.
struct Session {
    accord::PartyId party{""};
    std::string person;  ///< the person's name
    std::string sign_in;
    std::string role;  ///< one of the person's, chosen at sign-in
    std::string csrf;  ///< what each request that changes something repeats in a header
    SteadyTime opened{0};
    SteadyTime used{0};  ///< last
};

struct SessionTimes {
    std::chrono::milliseconds most{std::chrono::hours(12)};  ///< from sign-in
    std::chrono::milliseconds idle{std::chrono::hours(1)};   ///< without a request
};

enum class [[nodiscard]] SessionError : std::uint8_t{
    kRole,  ///< the role is none of this person's
    kFull,  ///< as many sessions as there can be
};

/// Words for a person: what was expected.
const char* to_string(SessionError error);

/// Whether the token of a request that changes something is the session's. Takes a time that does
/// not tell where they differ.
bool check_csrf(const Session& session, std::string_view presented);

/// Who is signed in. In memory only: after a start everybody signs in again. From one thread. A
/// resource; the directory outlives it.
class Sessions {
  public:
    static constexpr std::size_t kMaxOfPerson = 8;
    static constexpr std::size_t kMaxInAll = 10'000;

    Sessions(const Directory& directory, base::Entropy& entropy, const SessionTimes& times)
        : directory_(directory), entropy_(entropy), times_(times) {}
    Sessions(const Sessions&) = delete;
    Sessions& operator=(const Sessions&) = delete;

    struct Opened {
        std::string token;  ///< for the cookie; kept nowhere, only its SHA-256 is
        Session session;
    };
    /// Signs a person in whose password was verified. The oldest session of a person who has
    /// kMaxOfPerson ends. Where all are taken nobody who is on duty loses theirs: kFull.
    base::Expected<Opened, SessionError> open(const KnownPerson& person, std::string_view role,
                                              SteadyTime now);

    /// The session of a token, which is used by that; null where there is none, it has expired, or
    /// the directory does not know the person as it was at sign-in: with this role and password.
    /// It lives until the next call.
    const Session* find(std::string_view token, SteadyTime now);

    /// Signs out. Whether there was a session.
    bool end(std::string_view token);

    std::size_t size() const { return sessions_.size(); }

  private:
    struct Entry {
        Session session;
        std::string password_hash;  // as it was at sign-in
        std::uint64_t number = 0;   // in the order of opening
    };
    using Entries = std::map<seal::Hash, Entry>;

    bool is_over(const Entry& entry, SteadyTime now) const;
    Entries::iterator erase(Entries::iterator entry);
    void end_oldest_of(const std::string& sign_in);

    const Directory& directory_;
    base::Entropy& entropy_;
    SessionTimes times_;
    std::uint64_t next_number_ = 1;
    Entries sessions_;  // by the SHA-256 of the token
    std::map<std::pair<std::string, std::uint64_t>, seal::Hash> by_person_;  // sign_in, number
};

}  // namespace comity::server
