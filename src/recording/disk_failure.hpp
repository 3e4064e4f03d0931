// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/recording/recording_error.hpp"

#include <string>

namespace comity::recording {

/// What the disk did not do, as a fault of the recording: kNoSpace, kBusy, kMedium.
RecordingError disk_failure(base::DiskError error, const std::string& where);

}  // namespace comity::recording
