// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace comity::server {

/// One thread for what takes long and is asked for seldom: checking a password, replaying a
/// ledger. A resource; its destructor stops it.
class Worker {
  public:
    static constexpr std::size_t kMaxWaiting = 64;

    Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    ~Worker() { stop(); }

    /// Waits for what is under way and drops the rest. Nothing is taken from then on.
    void stop();
    /// False where too much waits. From any thread.
    bool add(std::function<void()> work);

  private:
    void run();

    std::mutex mutex_;
    std::condition_variable came_;
    std::deque<std::function<void()>> waiting_;
    bool is_stopping_ = false;
    std::thread thread_;
};

}  // namespace comity::server
