// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/wire/scenario.hpp"

#include <cstddef>
#include <string>

namespace comity::cli {

/// A scenario's text and the files that it names. Everything that throws throws Failure.
class ScenarioFiles {
  public:
    struct Folders {
        std::string borders = "build/borders";  ///< where "$BORDERS/" leads
        std::string data;                       ///< where "$DATA/" leads
    };
    /// A file named by a scenario; two of them may be in memory at a time.
    static constexpr std::size_t kMaxBytes = std::size_t{4} << 30U;

    /// `path` is a scenario, or a folder that holds scenario.yaml.
    ScenarioFiles(const std::string& path, Folders folders);

    /// The file of the scenario itself.
    const std::string& path() const { return path_; }
    wire::Scenario read() const;
    /// Throws where a file that the scenario names is not there.
    void require_all(const wire::Scenario& scenario) const;
    /// Where a path of the scenario leads.
    std::string resolved(const std::string& named) const;
    base::Expected<std::string, std::string> content(const std::string& named) const;

  private:
    void require(const std::string& named, std::size_t line) const;

    std::string path_;
    std::string folder_;
    Folders folders_;
};

}  // namespace comity::cli
