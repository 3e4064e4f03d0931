// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/recording/recording_error.hpp"

#include "disk_failure.hpp"

#include "comity/base/disk.hpp"

#include <string>

namespace comity::recording {

const char* to_string(RecordingFault fault) {
    switch (fault) {
        case RecordingFault::kLimits:
            return "the limits contradict the format or one another";
        case RecordingFault::kBusy:
            return "another recorder has the directory";
        case RecordingFault::kFeed:
            return "not the name of a feed";
        case RecordingFault::kTooManyFeeds:
            return "too many feeds have an open chunk";
        case RecordingFault::kTime:
            return "the time is outside the years 1970 to 9999";
        case RecordingFault::kEmptyFrame:
            return "the frame is empty";
        case RecordingFault::kFrameTooLarge:
            return "the frame is too large";
        case RecordingFault::kStopped:
            return "the disk failed before, and no more is taken";
        case RecordingFault::kNoSpace:
            return "no space left";
        case RecordingFault::kMedium:
            return "the medium failed, or does not permit it";
        case RecordingFault::kNotFound:
            return "there is no such chunk";
        case RecordingFault::kName:
            return "not the name of a chunk";
        case RecordingFault::kMagic:
            return "the file begins with other bytes than a chunk";
        case RecordingFault::kNewer:
            return "the file is of a newer format";
        case RecordingFault::kHeader:
            return "the header is cut, or outside its limits";
        case RecordingFault::kOtherName:
            return "the header is of a chunk with another name";
        case RecordingFault::kTooLarge:
            return "the chunk is too large";
        case RecordingFault::kCompression:
            return "not one whole zstd frame of the length stated";
        case RecordingFault::kHash:
            return "the hash is of other bytes";
        case RecordingFault::kFrames:
            return "the frames are not those that the header says";
    }
    return "unknown fault";
}

RecordingError disk_failure(base::DiskError error, const std::string& where) {
    RecordingFault fault = RecordingFault::kMedium;
    if (error == base::DiskError::kNoSpace) fault = RecordingFault::kNoSpace;
    if (error == base::DiskError::kBusy) fault = RecordingFault::kBusy;
    return {.fault = fault, .where = where + ": " + to_string(error)};
}

}  // namespace comity::recording
