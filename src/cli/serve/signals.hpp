// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <thread>

#include <signal.h>

namespace comity::cli {

/// SIGTERM and SIGINT, taken by a thread of their own. Every thread that is made after this leaves
/// them to that one. A resource.
class Signals {
  public:
    Signals();
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;
    ~Signals() { end(); }

    /// Does this at the first of them, on that thread; to be called once.
    void on_first(std::function<void()> act);
    /// From here on nothing is done any more, and nothing is under way.
    void end();

  private:
    sigset_t set_{};
    std::atomic<bool> is_over_{false};
    std::thread thread_;
};

}  // namespace comity::cli
