// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/envelope.hpp"

#include <string_view>

namespace comity::wire {

/// An envelope with this body, for tests.
inline ledger::Envelope envelope_with(std::string_view operation, std::string_view body) {
    ledger::Envelope e;
    e.to = "ledger.example.org/strait";
    e.party = "air-unit-b";
    e.id = "r-1";
    e.operation = operation;
    e.object = "flight-7";
    e.body = body;
    return e;
}

}  // namespace comity::wire
