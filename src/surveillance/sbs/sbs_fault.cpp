// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "field.hpp"
#include "sbs/message.hpp"

#include "comity/surveillance/sbs.hpp"

#include <string>

#include <fmt/core.h>

namespace comity::surveillance {
namespace {

const char* expected_by(SbsFault fault) {
    switch (fault) {
        case SbsFault::kOverlong:
            return "at most 65,536 bytes";
        case SbsFault::kInvalidUtf8:
            return "UTF-8";
        case SbsFault::kControlCharacter:
            return "printable text";
        case SbsFault::kUnknownType:
            return "MSG, SEL, ID, AIR, STA or CLK";
        case SbsFault::kTooFewFields:
            return "22 in MSG, 11 in ID and STA, 10 in SEL, AIR and CLK";
        case SbsFault::kTooManyFields:
            return "at most 22";
        case SbsFault::kBadTransmissionType:
            return "1 to 8";
        case SbsFault::kBadHexIdent:
            return "six hex digits";
        case SbsFault::kNoTime:
        case SbsFault::kBadTime:
            return "a date 2018/08/01 and a time 05:00:00.000";
        case SbsFault::kTextTooLong:
            return "at most 64 bytes";
        case SbsFault::kBadNumber:
        case SbsFault::kNotFinite:
            return "a decimal number";
        case SbsFault::kOutOfRange:
            return "what an aircraft can do";
        case SbsFault::kLatitudeRange:
            return "-90 to 90 degrees";
        case SbsFault::kLongitudeRange:
            return "-180 to 180 degrees";
        case SbsFault::kBadSquawk:
            return "four octal digits";
        case SbsFault::kBadFlag:
            return "0, 1 or -1";
        case SbsFault::kNoPosition:
            return "a latitude and a longitude in MSG,2 and MSG,3";
    }
    return "another value";
}

}  // namespace

const char* to_string(SbsFault fault) {
    switch (fault) {
        case SbsFault::kOverlong:
            return "line too long";
        case SbsFault::kInvalidUtf8:
            return "not UTF-8";
        case SbsFault::kControlCharacter:
            return "control character";
        case SbsFault::kUnknownType:
            return "unknown message type";
        case SbsFault::kTooFewFields:
            return "too few fields";
        case SbsFault::kTooManyFields:
            return "too many fields";
        case SbsFault::kBadTransmissionType:
            return "unknown transmission type";
        case SbsFault::kBadHexIdent:
            return "unreadable hex ident";
        case SbsFault::kNoTime:
            return "no time";
        case SbsFault::kBadTime:
            return "unreadable time";
        case SbsFault::kTextTooLong:
            return "text too long";
        case SbsFault::kBadNumber:
            return "not a number";
        case SbsFault::kNotFinite:
            return "not a finite number";
        case SbsFault::kOutOfRange:
            return "value out of range";
        case SbsFault::kLatitudeRange:
            return "latitude out of range";
        case SbsFault::kLongitudeRange:
            return "longitude out of range";
        case SbsFault::kBadSquawk:
            return "unreadable squawk";
        case SbsFault::kBadFlag:
            return "neither true nor false";
        case SbsFault::kNoPosition:
            return "no position";
    }
    return "unknown fault";
}

std::string describe(const SbsProblem& problem) {
    if (problem.field == 0) {
        return fmt::format("{}, expected {}", to_string(problem.fault), expected_by(problem.fault));
    }
    return fmt::format("{}: field {} is '{}', expected {}", to_string(problem.fault), problem.field,
                       shown(problem.value), expected_by(problem.fault));
}

}  // namespace comity::surveillance
