// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/server/enrolment.hpp"
#include "comity/wire/yaml_reading.hpp"

namespace comity::server {

/// The keys of an enrolment, which a stored party has too; `fields` is finished with it.
Enrolment enrolment_of(wire::Reading& reading, wire::Fields& fields);

}  // namespace comity::server
