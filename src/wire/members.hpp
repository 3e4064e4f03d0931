// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <simdjson.h>

/// Objects and lists of a body, read strictly. A fault gets its path on the way out, so that what
/// is right costs nothing for it.
namespace comity::wire {

namespace dom = simdjson::dom;

/// What is wrong with a body.
struct Fault {
    std::string member;  ///< "volumes[1].time_end.value"; empty of the whole
    std::string text;    ///< what it is and what was expected
};

using Result = base::Expected<void, Fault>;
using Failure = base::Unexpected<Fault>;

inline Failure fail(std::string text) {
    return Failure(Fault{.member = {}, .text = std::move(text)});
}

/// The fault, of what stands in `member`.
Failure within(std::string_view member, Fault fault);

/// "text", "a list": what a value is, for a fault.
std::string_view kind_of(dom::element value);

/// Reads an object member by member, in any order. After the first fault it reads nothing more and
/// keeps that fault.
class Members {
  public:
    explicit Members(dom::element value);

    /// Calls read(value, arguments...) of a member that must be there.
    template <typename Read, typename... Arguments>
    Members& required(std::string_view name, const Read& read, Arguments&&... arguments) {
        dom::element value;
        if (find(name, value)) {
            note(name, read(value, std::forward<Arguments>(arguments)...));
        } else {
            miss(name);
        }
        return *this;
    }

    /// The same, of a member that may be left out.
    template <typename Read, typename... Arguments>
    Members& optional(std::string_view name, const Read& read, Arguments&&... arguments) {
        dom::element value;
        if (find(name, value)) note(name, read(value, std::forward<Arguments>(arguments)...));
        return *this;
    }

    /// The same, of a member that must be there and may be null: `out` stays absent then. `initial`
    /// is what is read into.
    template <typename Read, typename T>
    Members& nullable(std::string_view name, const Read& read, std::optional<T>& out, T initial) {
        return required(name, [&](dom::element value) -> Result {
            if (value.is_null()) return {};
            return read(value, out.emplace(std::move(initial)));
        });
    }
    template <typename Read, typename T>
    Members& nullable(std::string_view name, const Read& read, std::optional<T>& out) {
        return nullable(name, read, out, T{});
    }

    /// After the last member: there are no others, and none was there twice.
    Result finish();

  private:
    static constexpr std::size_t kMostMembers = 16;

    bool find(std::string_view name, dom::element& value);
    void note(std::string_view name, Result read);
    void miss(std::string_view name);

    dom::object object_;
    dom::object::iterator next_;
    std::array<std::string_view, kMostMembers> names_;
    std::size_t named_ = 0;
    std::size_t found_ = 0;
    Result read_;
};

/// How many elements a list may have.
struct Count {
    std::size_t least;
    std::size_t most;
};

Result check_count(dom::element value, Count count, dom::array& out);

/// Calls read(element) for each element of a list.
template <typename Read>
Result read_list(dom::element value, Count count, const Read& read) {
    dom::array array;
    if (Result checked = check_count(value, count, array); !checked) return checked;
    std::size_t index = 0;
    for (const dom::element element : array) {
        if (Result done = read(element); !done) {
            return within("[" + std::to_string(index) + "]", std::move(done.error()));
        }
        ++index;
    }
    return {};
}

}  // namespace comity::wire
