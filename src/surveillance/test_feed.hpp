// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/report/track_report.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace comity::surveillance {

inline std::span<const std::byte> bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

/// What a decoder made of a text, given to it in chunks of a size. For tests.
template <typename Decoder, typename Options, typename Error>
struct Decoded {
    Decoded(std::string_view text, Options options = {}, std::size_t chunk = 1'000'000)
        : decoder(options, [this](const report::TrackReport& one) { reports.push_back(one); }) {
        for (std::size_t at = 0; at < text.size(); at += chunk) {
            take(decoder.feed(bytes_of(text.substr(at, chunk))));
        }
        take(decoder.finish());
    }

    void take(const base::Expected<void, Error>& result) {
        if (!result) errors.push_back(result.error());
    }

    std::vector<report::TrackReport> reports;
    std::vector<Error> errors;  ///< one for each call from the first error on
    Decoder decoder;
};

}  // namespace comity::surveillance
