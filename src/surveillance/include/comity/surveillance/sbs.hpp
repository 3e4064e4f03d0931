// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/geo/instant.hpp"
#include "comity/report/track_report.hpp"
#include "comity/surveillance/fault_tally.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

namespace comity::surveillance {

// SBS-1 (BaseStation, TCP port 30003): one message a line, fields separated by commas.
// Source: "Socket Data and BST Files", http://woodair.net/SBS/Article/Barebones42_Socket_Data.htm
//
//  1 message type    MSG SEL ID AIR STA CLK     12 altitude       ft, 1013.25 hPa (see below)
//  2 transmission    1-8, MSG only              13 ground speed   kt
//  3 session id                                 14 track          degrees true
//  4 aircraft id                                15 latitude       degrees, north positive
//  5 hex ident       24-bit address             16 longitude      degrees, east positive
//  6 flight id                                  17 vertical rate  ft/min (multiples of 64)
//  7 date generated  2018/08/01                 18 squawk         four octal digits
//  8 time generated  05:00:00.000               19 alert          squawk has changed
//  9 date logged                                20 emergency
// 10 time logged                                21 SPI            ident pressed
// 11 callsign                                   22 is on ground   0, -1 or 1
//
//  MSG,1 identification: 11             MSG,5 surveillance altitude: 12 (19 21 22)
//  MSG,2 surface position: 12-16 22     MSG,6 surveillance identity: 12 18 (19-22)
//  MSG,3 airborne position: 12 15 16    MSG,7 air to air: 12 22
//        (19-22)                        MSG,8 all-call reply: 22
//  MSG,4 airborne velocity: 13 14 17
//
// The other types end at field 10 or 11; STA says RM in field 11 where an aircraft is dropped.
// Altitude is pressure altitude; the format has no field that says otherwise.

/// Why a message was skipped.
enum class [[nodiscard]] SbsFault : std::uint8_t{
    kOverlong,             ///< the line is longer than LineSplitter::kMaxBytes
    kInvalidUtf8,          ///< the line is not UTF-8
    kControlCharacter,     ///< the line has a control character
    kUnknownType,          ///< field 1 is none of MSG, SEL, ID, AIR, STA, CLK
    kTooFewFields,         ///< fewer fields than the type has: a truncated message
    kTooManyFields,        ///< more than 22
    kBadTransmissionType,  ///< MSG, and field 2 is not 1 to 8
    kBadHexIdent,          ///< field 5 is not six hex digits
    kNoTime,               ///< fields 7 and 8: a date or a time is missing
    kBadTime,              ///< fields 7 and 8 are no date and time
    kTextTooLong,          ///< a callsign over 64 bytes
    kBadNumber,            ///< a value that is to be a number is none
    kNotFinite,            ///< infinity or not-a-number
    kOutOfRange,           ///< an altitude, speed, direction or rate that no aircraft has
    kLatitudeRange,        ///< a latitude outside [-90, 90] degrees
    kLongitudeRange,       ///< a longitude outside [-180, 180] degrees
    kBadSquawk,            ///< field 18 is not of one to four octal digits
    kBadFlag,              ///< field 22 is none of 0, 1, -1
    kNoPosition,           ///< MSG,2 or MSG,3 without latitude or longitude; the rest of it is kept
};

/// The cause in a few words, for a tally: "unknown message type".
const char* to_string(SbsFault fault);

/// Strict: a message that would otherwise be skipped.
struct SbsError {
    SbsFault fault;
    std::size_t line;  ///< counted from 1
    std::string text;  ///< what is wrong, what was expected
    friend bool operator==(const SbsError&, const SbsError&) = default;
};

struct SbsOptions {
    bool strict = false;  ///< the first bad message is an error
    /// What the recorder's clock was ahead of UTC: the format has no time zone, and many programs
    /// write local time.
    geo::Milliseconds utc_offset{0};
};

/// Reads SBS-1 messages from chunks of bytes, whatever their sizes, and gives a report for each
/// position (MSG,2 and MSG,3) to a sink. Callsign, ground speed, track, vertical rate and squawk,
/// which come in messages of their own, are carried over from the same aircraft's messages of the
/// 60 s before. `track_id` is the hex ident in lower case. Bad messages are skipped and counted by
/// cause. Memory is bounded by one line and kMaxAircraft; beyond that number the aircraft silent
/// for longest is forgotten. Pure. A resource. One thread at a time.
class SbsDecoder {
  public:
    static constexpr std::size_t kMaxAircraft = 100'000;
    static constexpr geo::Milliseconds kCarriedFor{60'000};

    /// Is called for each position; the report is valid during the call (its storage is reused).
    using Sink = std::function<void(const report::TrackReport&)>;

    SbsDecoder(SbsOptions options, Sink sink);
    ~SbsDecoder();
    SbsDecoder(const SbsDecoder&) = delete;
    SbsDecoder& operator=(const SbsDecoder&) = delete;

    /// After an error every further call returns the same error.
    base::Expected<void, SbsError> feed(std::span<const std::byte> chunk);
    /// The end of the stream: reads a last line without an end.
    base::Expected<void, SbsError> finish();

    std::uint64_t message_count() const;  ///< lines that are not blank, good and bad
    std::uint64_t report_count() const;
    std::size_t aircraft_count() const;  ///< of which something is kept, kMaxAircraft at most
    const FaultTally<SbsFault>& faults() const;

  private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace comity::surveillance
