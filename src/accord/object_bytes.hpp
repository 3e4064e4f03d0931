// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "writer.hpp"

#include "comity/accord/agreement.hpp"
#include "comity/accord/alert.hpp"
#include "comity/accord/filed.hpp"
#include "comity/accord/notice.hpp"

/// The objects of the state in their one form: two that differ have different bytes
/// (docs/formats/state-hash.md).
namespace comity::accord {

void write(Writer& w, const Party& party);
void write(Writer& w, const Agreement& agreement);
void write(Writer& w, const Intent& intent);
void write(Writer& w, const FiledAirspace& airspace);
void write(Writer& w, const Alert& alert);
void write(Writer& w, const Notice& notice);

void write(Writer& w, const airspace::Volume& volume);
/// Of an airspace what is seen without its owner and its source.
void write_where(Writer& w, const airspace::Airspace& area);

}  // namespace comity::accord
