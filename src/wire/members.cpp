// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "members.hpp"

#include "comity/base/check.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <simdjson.h>

namespace comity::wire {
namespace {

// The beginning of a name that may be long: whole characters of UTF-8.
std::string_view shown(std::string_view name) {
    constexpr std::size_t kMostBytes = 40;
    if (name.size() <= kMostBytes) return name;
    std::size_t end = kMostBytes;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
    return name.substr(0, end);
}

}  // namespace

Failure within(std::string_view member, Fault fault) {
    const bool is_joined = fault.member.empty() || fault.member.front() == '[';
    fault.member = fmt::format("{}{}{}", member, is_joined ? "" : ".", fault.member);
    return Failure(std::move(fault));
}

std::string_view kind_of(dom::element value) {
    switch (value.type()) {
        case dom::element_type::ARRAY:
            return "a list";
        case dom::element_type::OBJECT:
            return "an object";
        case dom::element_type::INT64:
        case dom::element_type::UINT64:
        case dom::element_type::DOUBLE:
            return "a number";
        case dom::element_type::STRING:
            return "text";
        case dom::element_type::BOOL:
            return "true or false";
        case dom::element_type::NULL_VALUE:
            break;
    }
    return "null";
}

Members::Members(dom::element value) {
    if (value.get(object_) != simdjson::SUCCESS) {
        read_ = fail(fmt::format("{}, expected an object", kind_of(value)));
        return;
    }
    next_ = object_.begin();
}

// Most often it is the one behind the last that was found.
bool Members::find(std::string_view name, dom::element& value) {
    if (!read_) return false;
    COMITY_CHECK(named_ < kMostMembers);
    names_[named_++] = name;
    if (next_ == object_.end() || next_.key() != name) {
        next_ = object_.begin();
        while (next_ != object_.end() && next_.key() != name) ++next_;
        if (next_ == object_.end()) return false;
    }
    value = next_.value();
    ++next_;
    ++found_;
    return true;
}

void Members::note(std::string_view name, Result read) {
    if (!read) read_ = within(name, std::move(read.error()));
}

void Members::miss(std::string_view name) {
    if (!read_) return;
    read_ = within(name, {.member = {}, .text = "missing, expected it"});
}

Result Members::finish() {
    if (!read_) return std::move(read_);
    // Each that was found stands there once at least.
    if (object_.size() == found_) return {};
    const std::span<const std::string_view> names(names_.data(), named_);
    if (names.empty()) return fail("an object with members, expected {}");
    for (const auto& [key, value] : object_) {
        if (std::ranges::find(names, key) != names.end()) continue;
        return within(
            shown(key),
            {.member = {}, .text = fmt::format("unknown, expected {}", fmt::join(names, ", "))});
    }
    return fail("a member twice, expected each once");
}

Result check_count(dom::element value, Count count, dom::array& out) {
    if (value.get(out) != simdjson::SUCCESS) {
        return fail(fmt::format("{}, expected a list", kind_of(value)));
    }
    const std::size_t size = out.size();
    if (count.least <= size && size <= count.most) return {};
    return fail(fmt::format("{} elements, expected {} to {}", size, count.least, count.most));
}

}  // namespace comity::wire
