// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace comity::recording {

enum class [[nodiscard]] RecordingFault : std::uint8_t{
    kLimits,         ///< limits that contradict one another or the format
    kBusy,           ///< another recorder has the directory
    kFeed,           ///< not the name of a feed
    kTooManyFeeds,   ///< as many feeds as the limit have an open chunk
    kTime,           ///< a time outside the years 1970 to 9999
    kEmptyFrame,     ///< a frame without a byte
    kFrameTooLarge,  ///< a frame over its limit
    kStopped,        ///< the disk failed before: the chunk, or the recorder, takes no more
    kNoSpace,        ///< no room on the medium
    kMedium,         ///< the medium failed, or does not permit it
    kNotFound,       ///< no chunk of this name
    kName,           ///< not the name of a chunk
    kMagic,          ///< begins with other bytes than a chunk
    kNewer,          ///< written by a newer format than this program knows: `where` names both
    kHeader,         ///< ends in its header, or a field of it is outside its limits
    kOtherName,      ///< the header is of a chunk with another name
    kTooLarge,       ///< more bytes than the limit, as kept or as they were
    kCompression,    ///< what follows the header is not one whole zstd frame of the length stated
    kHash,           ///< the hash is of other bytes
    kFrames,         ///< the frames are not those that the header says
};

/// Words for a person: what is wrong.
const char* to_string(RecordingFault fault);

struct RecordingError {
    RecordingFault fault;
    std::string where;  ///< feed or file, and what was expected, as far as it applies
    friend bool operator==(const RecordingError&, const RecordingError&) = default;
};

}  // namespace comity::recording
