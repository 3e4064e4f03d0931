// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "call.hpp"

#include <charconv>

#include <fmt/core.h>

namespace comity::server {

std::optional<std::uint64_t> whole_number(std::string_view text) {
    constexpr std::uint64_t kMost = (std::uint64_t{1} << 53U) - 1;
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    const bool has_zero_before = text.size() > 1 && text.front() == '0';
    if (read.ec != std::errc() || read.ptr != end || has_zero_before || value > kMost) {
        return std::nullopt;
    }
    return value;
}

OrProblem<std::uint64_t> number_parameter(const HttpRequest& request, std::string_view name,
                                          std::uint64_t least, std::uint64_t most,
                                          std::uint64_t otherwise) {
    const auto text = request.parameter(name);
    if (!text) return otherwise;
    const auto number = whole_number(*text);
    if (number && least <= *number && *number <= most) return *number;
    return base::Unexpected(
        Problem{.status = 400,
                .code = "bad_parameter",
                .detail = fmt::format("expected a whole number, {} to {}", least, most),
                .field = std::string(name)});
}

OrProblem<std::optional<std::uint64_t>> version_header(const HttpRequest& request,
                                                       std::string_view name) {
    std::string_view text = request.header(name);
    if (text.empty()) return std::nullopt;
    if (text.starts_with("W/")) text.remove_prefix(2);
    if (text.size() > 2 && text.front() == '"' && text.back() == '"') {
        if (const auto number = whole_number(text.substr(1, text.size() - 2))) return number;
    }
    return base::Unexpected(Problem{.status = 400,
                                    .code = "bad_parameter",
                                    .detail = "expected a version in quotes: \"3\"",
                                    .field = std::string(name)});
}

}  // namespace comity::server
