// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/accord/testing/told.hpp"

#include <algorithm>

namespace comity::accord::testing {
namespace {

template <typename T>
bool agrees(const std::optional<T>& expected, const T& actual) {
    return !expected || *expected == actual;
}

}  // namespace

Told& Told::at(std::string_view time) {
    at_ = clock(time);
    return *this;
}

Told& Told::version(std::uint64_t version) {
    version_ = version;
    return *this;
}

Told& Told::level(Level level) {
    level_ = level;
    return *this;
}

Told& Told::why(Why why) {
    why_ = why;
    return *this;
}

bool Told::MatchAndExplain(const World& world, std::ostream* /*out*/) const {
    return std::ranges::any_of(world.told(), [this](const ToldOnce& once) {
        return once.telling.to.value() == to_ && to_string(once.telling.item) == item_ &&
               agrees(at_, once.at) && agrees(version_, once.telling.version) &&
               agrees(level_, once.telling.level) && agrees(level_, once.released.level) &&
               agrees(why_, once.released.why);
    });
}

void Told::DescribeTo(std::ostream* out) const {
    *out << to_ << " is told of " << item_;
    if (at_) *out << " at " << clock_text(*at_);
    if (version_) *out << " version " << *version_;
    if (level_) *out << " at level " << to_string(*level_);
    if (why_) *out << " as " << to_string(*why_);
}

void Told::DescribeNegationTo(std::ostream* out) const {
    *out << "not: ";
    DescribeTo(out);
}

Late& Late::at(std::string_view time) {
    at_ = clock(time);
    return *this;
}

Late& Late::and_told(std::string_view party) {
    told_.emplace(party_of(party));
    return *this;
}

Late& Late::and_nobody_told() {
    told_.emplace(std::nullopt);
    return *this;
}

bool Late::MatchAndExplain(const World& world, std::ostream* /*out*/) const {
    return std::ranges::any_of(world.escalations(), [this](const EscalatedOnce& once) {
        const Escalation& escalation = once.escalation;
        return escalation.late.value() == party_ && to_string(escalation.item) == item_ &&
               escalation.stage == stage_ && agrees(at_, once.at) && agrees(told_, escalation.told);
    });
}

void Late::DescribeTo(std::ostream* out) const {
    *out << party_ << " is late with " << item_ << " " << to_string(stage_);
    if (at_) *out << " at " << clock_text(*at_);
    if (told_) *out << " and " << (*told_ ? (*told_)->value() : "nobody") << " is told";
}

void Late::DescribeNegationTo(std::ostream* out) const {
    *out << "not: ";
    DescribeTo(out);
}

}  // namespace comity::accord::testing
