// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "asio_types.hpp"

#include <functional>
#include <memory>
#include <utility>

namespace comity::server {

/// Calls once at a time that may be moved as often as one likes: a time that is moved back costs
/// nothing, since the timer below rings early and waits again. Network's thread.
class Alarm {
  public:
    using Time = Monotonic::time_point;

    /// `ring` may set the alarm again and may end its owner.
    Alarm(const Executor& executor, std::function<void()> ring);
    Alarm(const Alarm&) = delete;
    Alarm& operator=(const Alarm&) = delete;
    ~Alarm();

    void set(Time due);
    void set_in(Monotonic::duration time) { set(Monotonic::now() + time); }
    void clear() { set(Time::max()); }

  private:
    // Outlives the alarm where the timer's end is on its way.
    struct State {
        State(const Executor& executor, std::function<void()> call)
            : timer(executor), ring(std::move(call)) {}

        Timer timer;
        std::function<void()> ring;
        Time due = Time::max();
        Time armed = Time::max();
    };

    static void arm(const std::shared_ptr<State>& state);

    std::shared_ptr<State> state_;
};

}  // namespace comity::server
