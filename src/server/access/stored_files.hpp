// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/server/enrolment.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The files in the folder `access`, one a party. A file that is being written has another name.
namespace comity::server {

base::Expected<std::vector<std::string>, base::DiskError> stored_names(base::Disk& access);

/// `read_stored`, of the party that the name says.
base::Expected<PartyAccess, std::vector<wire::FileFault>> read_stored_as(std::string_view text,
                                                                         const std::string& name);

}  // namespace comity::server
