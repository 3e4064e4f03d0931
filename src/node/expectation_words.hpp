// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/instant.hpp"
#include "comity/node/history.hpp"
#include "comity/wire/scenario_expect.hpp"

#include <string>

/// What a scenario expects and what was found, in words. Parties and items are named by their ids,
/// as the scenario's text names them.
namespace comity::node {

/// Times as the scenario's text may write them: those of the day on which it starts without it.
class ClockWords {
  public:
    explicit ClockWords(geo::Instant start) : start_(start) {}
    std::string of(geo::Instant time) const;

  private:
    geo::Instant start_;
};

/// "north told intent/S1 at level volume, at 07:24:05 within 5 s"
std::string expected_words(const wire::Expectation& asked, const ClockWords& clock);

/// "told at level cells at 07:25:00"
std::string found_words(const Happening& happening, const ClockWords& clock);

}  // namespace comity::node
