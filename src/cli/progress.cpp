// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "progress.hpp"

#include <utility>

#include <fmt/core.h>
#include <unistd.h>

namespace comity::cli {
namespace {

constexpr std::chrono::milliseconds kFirst{1000};
constexpr std::chrono::milliseconds kEvery{200};

}  // namespace

Progress::Progress(std::string what, std::size_t total)
    : what_(std::move(what)),
      total_(total),
      on_terminal_(isatty(STDERR_FILENO) == 1),
      next_(std::chrono::steady_clock::now() + kFirst) {}

Progress::~Progress() {
    if (shown_) fmt::print(stderr, "\r\x1b[K");
}

void Progress::reached(std::size_t done) {
    done_ = done;
    if (!on_terminal_) return;
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return;
    next_ = now + kEvery;
    shown_ = true;
    fmt::print(stderr, "\rcomity: {} {} of {} ({} %)\x1b[K", what_, done_, total_,
               100 * done_ / total_);
}

}  // namespace comity::cli
