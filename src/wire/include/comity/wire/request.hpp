// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/request.hpp"
#include "comity/ledger/envelope.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

/// Requests, from bytes and to bytes (docs/formats/requests.md), and what leaves (delivery.hpp).
namespace comity::wire {

/// The limits of docs/formats/requests.md that are not the accord's own.
struct BodyLimits {
    static constexpr std::size_t kMaxText = 128;  ///< a track id
    static constexpr std::size_t kMaxSource = 1024;
    static constexpr std::size_t kMaxLogKey = 512;
    static constexpr std::size_t kMaxIntentVertices = 10'000;  ///< of all its volumes
    static constexpr std::size_t kMaxPassedOn = 256;
    static constexpr std::size_t kMaxTold = 4096;
    static constexpr std::uint64_t kMaxNumber = ledger::EnvelopeLimits::kMaxNumber;
    static constexpr std::int64_t kMaxSeconds = 86'400;
    static constexpr std::int64_t kMaxMetres = 100'000'000;     ///< of an alert, either sign
    static constexpr double kMaxRadiusMetres = 1'000'000.0;     ///< of a circle
    static constexpr double kMaxAccuracyMetres = 20'037'508.0;  ///< of an airspace
    static constexpr double kLowestMetres = -8'000.0;           ///< of an altitude (ASTM F3548-21)
    static constexpr double kHighestMetres = 100'000.0;
};

/// Reads requests, one after the other, in memory that it keeps. From one thread at a time. A
/// resource.
class Reader {
  public:
    Reader();
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    ~Reader();

    /// What the envelope asks. An operation that does not exist and a body that is none of its
    /// operation give accord::Unreadable.
    accord::Request request_of(const ledger::Envelope& envelope);

    /// Words for a person about the last request: which member of the body, what is wrong with it,
    /// what was expected. Empty where it was read.
    const std::string& fault() const { return fault_; }

  private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
    std::string fault_;
};

/// The same, with a reader of its own.
accord::Request request_of(const ledger::Envelope& envelope);

/// The name under which a request asks for it: "intent.put". An Unreadable fails a check.
std::string_view operation_name(const accord::Operation& operation);

/// The body in its one form: members in the order of docs/formats/requests.md, no blanks. What it
/// writes reads back equal. The commitment of a reader, which stands among an envelope's
/// attachments, is not in it. A check fails where no body says it: an Unreadable, deadlines that
/// are not whole seconds, a volume on a polygon of several rings or of straight edges, a prediction
/// by an intent without the intent. A band without a limit has no datum and reads back as one of
/// mean sea level.
std::string body_of(const accord::Operation& operation);

}  // namespace comity::wire
