// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "field.hpp"
#include "track_csv/row_reader.hpp"

#include "comity/surveillance/track_csv.hpp"

#include <string>

#include <fmt/core.h>

namespace comity::surveillance {
namespace {

/// What was expected, where the problem does not say it itself.
const char* expected_by(RowFault fault) {
    switch (fault) {
        case RowFault::kOverlong:
            return "expected at most 65,536 bytes";
        case RowFault::kInvalidUtf8:
            return "expected UTF-8";
        case RowFault::kControlCharacter:
            return "expected printable text";
        case RowFault::kUnbalancedQuote:
            return "expected each quoted cell to end on its line";
        case RowFault::kTooFewCells:
        case RowFault::kTooManyCells:
            return "expected as many as the header row has";
        case RowFault::kNoId:
            return "expected an id in every row";
        case RowFault::kNoTime:
        case RowFault::kBadTime:
            return "expected RFC 3339 or Unix seconds";
        case RowFault::kNoPosition:
            return "expected a latitude and a longitude in degrees";
        case RowFault::kBadNumber:
        case RowFault::kNotFinite:
            return "expected a decimal number";
        case RowFault::kBadAltitudeDatum:
            return "expected pressure, wgs84 or msl";
        case RowFault::kBadFlag:
            return "expected 0, 1, true or false";
        case RowFault::kBadSquawk:
            return "expected four octal digits";
        case RowFault::kTextTooLong:
        case RowFault::kLatitudeRange:
        case RowFault::kLongitudeRange:
        case RowFault::kOutOfRange:
        case RowFault::kAccuracyRange:
            break;  // the problem says it
    }
    return "expected another value";
}

}  // namespace

const char* to_string(RowFault fault) {
    switch (fault) {
        case RowFault::kOverlong:
            return "line too long";
        case RowFault::kInvalidUtf8:
            return "not UTF-8";
        case RowFault::kControlCharacter:
            return "control character";
        case RowFault::kUnbalancedQuote:
            return "unbalanced quote";
        case RowFault::kTooFewCells:
            return "too few cells";
        case RowFault::kTooManyCells:
            return "too many cells";
        case RowFault::kNoId:
            return "no track id";
        case RowFault::kTextTooLong:
            return "text too long";
        case RowFault::kNoTime:
            return "no time";
        case RowFault::kBadTime:
            return "unreadable time";
        case RowFault::kNoPosition:
            return "no position";
        case RowFault::kBadNumber:
            return "not a number";
        case RowFault::kNotFinite:
            return "not a finite number";
        case RowFault::kLatitudeRange:
            return "latitude out of range";
        case RowFault::kLongitudeRange:
            return "longitude out of range";
        case RowFault::kOutOfRange:
            return "value out of range";
        case RowFault::kAccuracyRange:
            return "accuracy out of range";
        case RowFault::kBadAltitudeDatum:
            return "unknown altitude datum";
        case RowFault::kBadFlag:
            return "neither true nor false";
        case RowFault::kBadSquawk:
            return "unreadable squawk";
    }
    return "unknown fault";
}

std::string describe(const RowProblem& problem) {
    // Each layer words its expectation with or without the word itself.
    std::string expected =
        problem.expected == nullptr ? expected_by(problem.fault) : problem.expected;
    if (!expected.starts_with("expected")) expected.insert(0, "expected ");
    if (problem.column.empty()) return fmt::format("{}, {}", to_string(problem.fault), expected);
    if (problem.value.empty()) return fmt::format("{} is empty, {}", problem.column, expected);
    return fmt::format("{} is '{}', {}", problem.column, shown(problem.value), expected);
}

}  // namespace comity::surveillance
