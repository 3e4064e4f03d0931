// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "alarm.hpp"

#include <utility>

namespace comity::server {

Alarm::Alarm(const Executor& executor, std::function<void()> ring)
    : state_(std::make_shared<State>(executor, std::move(ring))) {}

Alarm::~Alarm() {
    state_->ring = nullptr;
    state_->timer.cancel();
}

void Alarm::set(Time due) {
    state_->due = due;
    if (due < state_->armed) arm(state_);
}

void Alarm::arm(const std::shared_ptr<State>& state) {
    state->armed = state->due;
    state->timer.expires_at(state->due);
    state->timer.async_wait([state](const ErrorCode& error) {
        if (error || !state->ring) return;
        state->armed = Time::max();
        if (state->due == Time::max()) return;
        if (Monotonic::now() < state->due) {
            arm(state);
            return;
        }
        state->due = Time::max();
        // Its owner may go while it is called.
        const auto ring = state->ring;
        ring();
    });
}

}  // namespace comity::server
