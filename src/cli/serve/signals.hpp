// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

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
    ~Signals();

    /// Does this at the first of them, on that thread; to be called once.
    void on_first(std::function<void()> act);

  private:
    sigset_t set_{};
    std::thread thread_;
};

}  // namespace comity::cli
