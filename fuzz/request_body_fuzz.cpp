// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Bodies of requests, in their envelopes. Beside "no crash": words for a fault are there exactly
// where there is one, and what is read is written in one form, which reads as the same operation
// and is written as the same bytes.
#include "comity/accord/request.hpp"
#include "comity/base/check.hpp"
#include "comity/ledger/envelope.hpp"
#include "comity/wire/request.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace comity;
    const std::string text(reinterpret_cast<const char*>(data), size);
    auto envelope = ledger::parse_envelope(text);
    if (!envelope) return 0;
    wire::Reader reader;
    const accord::Operation operation = reader.request_of(*envelope).operation;
    const bool is_read = !std::holds_alternative<accord::Unreadable>(operation);
    COMITY_CHECK(is_read == reader.fault().empty());
    if (!is_read) return 0;
    COMITY_CHECK(wire::operation_name(operation) == envelope->operation);
    envelope->body = wire::body_of(operation);
    const accord::Operation again = reader.request_of(*envelope).operation;
    COMITY_CHECK(reader.fault().empty());
    COMITY_CHECK(again.index() == operation.index());
    COMITY_CHECK(wire::body_of(again) == envelope->body);
    return 0;
}
