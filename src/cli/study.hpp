// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "failure.hpp"

#include <string>

namespace comity::cli {

/// Where the studies find what they read.
struct StudyFolders {
    std::string scenarios = "scenarios";    ///< part of the project
    std::string borders = "build/borders";  ///< fetched at set-up, not redistributed
    std::string data;                       ///< recordings that are not part of the project
};

/// A Failure that says what is missing, what it is and where it is from, unless `path` can be read.
void require_file(const std::string& path, const std::string& what_and_where_from);

/// The published accounts of 24 November 2015 against three border files.
ExitCode study_hatay(const StudyFolders& folders);

/// 311 recorded flights against the border of Switzerland and against each other.
ExitCode study_switzerland(const StudyFolders& folders, bool all_flights);

}  // namespace comity::cli
