// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/disk.hpp"

#include <string_view>

namespace comity::base {

const char* to_string(DiskError error) {
    switch (error) {
        case DiskError::kNotFound:
            return "no such file";
        case DiskError::kExists:
            return "the file exists already";
        case DiskError::kNoSpace:
            return "no space left";
        case DiskError::kRefused:
            return "not permitted";
        case DiskError::kIo:
            return "the medium failed";
        case DiskError::kBroken:
            return "an earlier sync of the file failed";
        case DiskError::kBusy:
            return "another program is using it";
    }
    return "unknown error";
}

bool is_file_name(std::string_view name) {
    return !name.empty() && name.size() <= 255 && name != "." && name != ".." &&
           name.find('/') == std::string_view::npos && name.find('\0') == std::string_view::npos;
}

}  // namespace comity::base
