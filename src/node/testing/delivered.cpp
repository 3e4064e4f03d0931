// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/node/testing/delivered.hpp"

#include <algorithm>

namespace comity::node::testing {

Delivered& Delivered::at(std::string_view time) {
    at_ = accord::testing::clock(time);
    return *this;
}

Delivered& Delivered::recorded() {
    recorded_ = true;
    return *this;
}

Delivered& Delivered::unrecorded() {
    recorded_ = false;
    return *this;
}

Delivered& Delivered::spooled() {
    spooled_ = true;
    return unrecorded();
}

Delivered& Delivered::saying(std::string_view text) {
    text_ = text;
    return *this;
}

bool Delivered::matches(const Delivery& one) const {
    const std::string item = to_string(one.item);
    const bool is_it = item_.ends_with('/') ? item.starts_with(item_) : item == item_;
    const bool is_recorded = one.number > 0 && one.record > 0 && one.spool_number == 0;
    const bool is_unrecorded = one.number == 0 && one.record == 0;
    return is_it && one.to.value() == to_ && (!at_ || *at_ == one.time) &&
           (!recorded_ || (*recorded_ ? is_recorded : is_unrecorded)) &&
           (!spooled_ || one.spool_number > 0) && one.bytes.find(text_) != std::string::npos;
}

std::size_t Delivered::count_in(const NodeWorld& world) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        world.deliveries(), [this](const Delivery& one) { return matches(one); }));
}

bool Delivered::MatchAndExplain(const NodeWorld& world, std::ostream* /*out*/) const {
    return count_in(world) > 0;
}

void Delivered::DescribeTo(std::ostream* out) const {
    *out << item_ << " leaves for " << to_;
    if (at_) *out << " at " << accord::testing::clock_text(*at_);
    if (recorded_) *out << (*recorded_ ? ", recorded" : ", not recorded");
    if (spooled_) *out << ", spooled";
    if (!text_.empty()) *out << ", saying " << text_;
}

void Delivered::DescribeNegationTo(std::ostream* out) const {
    *out << "not: ";
    DescribeTo(out);
}

}  // namespace comity::node::testing
