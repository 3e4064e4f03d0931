// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "worker.hpp"

#include <utility>

namespace comity::server {

Worker::Worker() : thread_([this] { run(); }) {}

void Worker::stop() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    came_.notify_one();
    thread_.join();
}

bool Worker::add(std::function<void()> work) {
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() >= kMaxWaiting || is_stopping_) return false;
        waiting_.push_back(std::move(work));
    }
    came_.notify_one();
    return true;
}

void Worker::run() {
    while (true) {
        std::function<void()> work;
        {
            std::unique_lock lock(mutex_);
            came_.wait(lock, [this] { return is_stopping_ || !waiting_.empty(); });
            if (is_stopping_) return;
            work = std::move(waiting_.front());
            waiting_.pop_front();
        }
        work();
    }
}

}  // namespace comity::server
