// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "call.hpp"

#include "comity/server/directory.hpp"
#include "comity/server/rate_limiter.hpp"
#include "comity/server/sessions.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace comity::server {

/// Says who calls. Order: an API key, a client certificate, a session. A credential that is there
/// and is nobody's is refused, whatever else is there.
class Gate {
  public:
    Gate(const Directory& directory, Sessions& sessions, const Rate& rate,
         std::optional<std::string> public_origin)
        : directory_(directory),
          sessions_(sessions),
          requests_(rate),
          unknown_({.count = kUnknownPerSecond, .burst = 4 * kUnknownPerSecond}),
          public_origin_(std::move(public_origin)) {}

    /// What anybody may ask of one address, who does not say who they are.
    static constexpr std::uint64_t kUnknownPerSecond = 50;

    /// not_signed_in, no_csrf and other_origin of people, too_many_requests of the party.
    OrProblem<Caller> admit(const HttpRequest& request, SteadyTime now);

    /// Whether this caller comes in by the same request still: the session or the credential may
    /// have ended since. Counts as no request of the party.
    bool knows_still(const HttpRequest& request, const Caller& caller, SteadyTime now);

    /// Counts one more request of a party, or of an address; a problem where it is one too many.
    std::optional<Problem> count(const accord::PartyId& party, SteadyTime now);
    std::optional<Problem> count_unknown(const std::string& address, SteadyTime now);

    /// The session that a request's cookie names; null where there is none.
    const Session* session_of(const HttpRequest& request, SteadyTime now);

    /// Whether a browser's page of this node asks, or no browser at all. Of what changes something
    /// and of streams a browser says its page's origin.
    bool is_own_origin(const HttpRequest& request) const;

  private:
    OrProblem<Caller> identify(const HttpRequest& request, SteadyTime now);
    OrProblem<Caller> person(const HttpRequest& request, const Session& session) const;

    const Directory& directory_;
    Sessions& sessions_;
    RateLimiter requests_;
    RateLimiter unknown_;
    std::optional<std::string> public_origin_;
};

/// Whether the method only looks.
bool is_safe(std::string_view method);

}  // namespace comity::server
