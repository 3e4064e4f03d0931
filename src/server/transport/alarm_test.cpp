// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "alarm.hpp"

#include <chrono>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

TEST(Alarm, RingsOnceAtTheTimeThatWasSetLast) {
    boost::asio::io_context context;
    int rung = 0;
    Alarm alarm(context.get_executor(), [&] { ++rung; });
    alarm.set_in(milliseconds(1));
    const auto late = Monotonic::now() + milliseconds(30);
    alarm.set(late);
    context.run();
    EXPECT_EQ(rung, 1);
    EXPECT_GE(Monotonic::now(), late);

    alarm.set_in(hours(1));
    alarm.set_in(milliseconds(1));
    context.restart();
    context.run();
    EXPECT_EQ(rung, 2);
}

TEST(Alarm, DoesNotRingWhereItWasClearedOrIsGone) {
    boost::asio::io_context context;
    int rung = 0;
    Alarm unset(context.get_executor(), [&] { ++rung; });
    unset.set_in(milliseconds(5));
    unset.clear();
    auto gone = std::make_unique<Alarm>(context.get_executor(), [&] { ++rung; });
    gone->set_in(milliseconds(5));
    gone.reset();
    context.run();
    EXPECT_EQ(rung, 0);
}

TEST(Alarm, MayBeSetAgainAndMayEndItsOwner) {
    boost::asio::io_context context;
    int rung = 0;
    std::unique_ptr<Alarm> alarm;
    alarm = std::make_unique<Alarm>(context.get_executor(), [&] {
        if (++rung < 3) {
            alarm->set_in(milliseconds(1));
        } else {
            alarm.reset();
        }
    });
    alarm->set_in(milliseconds(1));
    context.run();
    EXPECT_EQ(rung, 3);
}

}  // namespace
}  // namespace comity::server
