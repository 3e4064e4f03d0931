// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tl/expected.hpp>

namespace comity::base {

/// A value, or the reason why there is none. The one alias over the library that provides it:
/// `std::expected` needs C++23 and is to take its place here, with the same interface.
template <typename T, typename E>
using Expected = tl::expected<T, E>;

/// The reason, as an argument that converts to any `Expected<T, E>`.
template <typename E>
using Unexpected = tl::unexpected<E>;

}  // namespace comity::base
