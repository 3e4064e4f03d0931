// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "serve/signals.hpp"

#include <csignal>
#include <utility>

#include <pthread.h>

namespace comity::cli {

Signals::Signals() {
    // Who reads the log or the answers may go: that is an error of a write, and no end.
    std::signal(SIGPIPE, SIG_IGN);
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
}

void Signals::end() {
    if (!thread_.joinable()) return;
    is_over_ = true;
    // It waits for a signal, and for nothing else.
    pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
}

void Signals::on_first(std::function<void()> act) {
    thread_ = std::thread([this, act = std::move(act)] {
        int which = 0;
        sigwait(&set_, &which);
        if (!is_over_) act();
    });
}

}  // namespace comity::cli
