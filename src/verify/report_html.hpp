// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check_bundle.hpp"

#include <string>

namespace comity::verify {

/// report.html of a bundle (docs/formats/bundle.md): one file that any browser shows, without a
/// program, a script or a network, in light and dark, on a telephone and on paper. It says the same
/// as the page of `comity verify`, and of itself that it is not evidence. The same findings make
/// the same bytes. Nothing that others wrote becomes markup.
std::string report_html(const CheckedBundle& bundle);

}  // namespace comity::verify
