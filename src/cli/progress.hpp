// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace comity::cli {

/// A line on standard error that says how far long work is; on a terminal only, and only after a
/// second of it. A resource.
class Progress {
  public:
    /// `what` is done `total` times.
    Progress(std::string what, std::size_t total);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void done_one() { reached(done_ + 1); }
    /// So many are done now.
    void reached(std::size_t done);

  private:
    std::string what_;
    std::size_t total_;
    std::size_t done_ = 0;
    bool on_terminal_;
    bool shown_ = false;
    std::chrono::steady_clock::time_point next_;
};

}  // namespace comity::cli
