// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/report/track_report.hpp"
#include "comity/surveillance/fault_tally.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace comity::surveillance {

/// Whose names and units the columns have (docs/formats/track_csv.md has the tables).
enum class Dialect : std::uint8_t {
    kComity,   ///< Comity's own: time_utc, lat, lon, track_id or icao24, feet and knots
    kOpenSky,  ///< OpenSky Network state vectors: time, icao24, lat, lon, metres and m/s
    kTraffic,  ///< to_csv of the Python library traffic: timestamp, latitude, longitude, feet,
               ///< knots
};

/// The names used on the command line: "comity", "opensky", "traffic".
const char* to_string(Dialect dialect);
std::optional<Dialect> dialect_from(std::string_view name);

/// Why a row was skipped.
enum class [[nodiscard]] RowFault : std::uint8_t{
    kOverlong,          ///< the line is longer than LineSplitter::kMaxBytes
    kInvalidUtf8,       ///< the line is not UTF-8
    kControlCharacter,  ///< the line has a control character (NUL, a lone CR ...)
    kUnbalancedQuote,   ///< a quote is not closed on its line, or text follows a closing quote
    kTooFewCells,       ///< fewer cells than the header names: a truncated row
    kTooManyCells,      ///< more cells than the header names
    kNoId,              ///< neither of the columns that name the track has a value
    kTextTooLong,       ///< an id over 64 bytes, or another text over 256
    kNoTime,            ///< no time
    kBadTime,           ///< neither RFC 3339 nor Unix seconds, or outside 1970 to 9999
    kNoPosition,        ///< no latitude, no longitude, or neither
    kBadNumber,         ///< a value that is to be a number is none
    kNotFinite,         ///< infinity or not-a-number, in any column of numbers
    kLatitudeRange,     ///< a latitude outside [-90, 90] degrees
    kLongitudeRange,    ///< a longitude outside [-180, 180] degrees
    kOutOfRange,        ///< an altitude, speed, direction or rate that no aircraft has
    kAccuracyRange,     ///< a negative accuracy, or one beyond half the earth's circumference
    kBadAltitudeDatum,  ///< alt_datum is none of pressure, wgs84, msl
    kBadFlag,           ///< onground is none of 0, 1, true, false
    kBadSquawk,         ///< squawk is not of one to four octal digits
};

/// The cause in a few words, for a tally: "latitude out of range".
const char* to_string(RowFault fault);

/// Why a file cannot be read at all.
enum class [[nodiscard]] TrackFileFault : std::uint8_t{
    kNoHeader,       ///< nothing but blank and comment lines
    kBadHeader,      ///< a header row that no row could be: overlong, not text, a quote not closed
    kMissingColumn,  ///< a required column is not named
    kDuplicateColumn,  ///< a known column is named twice
    kBadRow,           ///< strict: a row that would otherwise be skipped
};

struct TrackFileError {
    TrackFileFault fault;
    std::size_t line;  ///< counted from 1; of the end of the file where something is missing
    std::string text;  ///< what is wrong, what was expected
    friend bool operator==(const TrackFileError&, const TrackFileError&) = default;
};

struct TrackCsvOptions {
    Dialect dialect = Dialect::kComity;
    bool strict = false;  ///< the first bad row is an error
};

/// Reads a track file (contracts: "Track file (CSV)") from chunks of bytes, whatever their sizes,
/// and gives each good row to a sink. Bad rows are skipped and counted by cause. Memory is bounded
/// by one line, whatever the file. Rows come in the file's order; times may go back. Pure: no
/// clock, no I/O. A resource: it stands in the middle of a file. One thread at a time.
class TrackCsvDecoder {
  public:
    /// Is called for each good row; the report is valid during the call (its storage is reused).
    using Sink = std::function<void(const report::TrackReport&)>;

    TrackCsvDecoder(TrackCsvOptions options, Sink sink);
    ~TrackCsvDecoder();
    TrackCsvDecoder(const TrackCsvDecoder&) = delete;
    TrackCsvDecoder& operator=(const TrackCsvDecoder&) = delete;

    /// After an error every further call returns the same error.
    base::Expected<void, TrackFileError> feed(std::span<const std::byte> chunk);
    /// The end of the file: reads a last line without an end.
    base::Expected<void, TrackFileError> finish();

    std::uint64_t row_count() const;     ///< rows below the header, good and bad
    std::uint64_t report_count() const;  ///< good rows
    const FaultTally<RowFault>& faults() const;

  private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace comity::surveillance
