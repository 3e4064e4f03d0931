// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Lists of bundles. Beside "no crash": what is read is written as the same bytes; names of files
// are plain and all different; and the deliveries left out are within the stated ones, ascending.
#include "comity/base/check.hpp"
#include "comity/ledger/bundle.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace {

using namespace comity;

void check_list(const ledger::BundleList& list) {
    std::set<std::string> names;
    for (const ledger::BundleList::File& file : list.receipts) {
        COMITY_CHECK(!file.name.empty() && !file.name.starts_with('.'));
        COMITY_CHECK(file.name.find('/') == std::string::npos);
        COMITY_CHECK(names.insert(file.name).second);
    }
    // Without receipts, each number is left out until there are too many to name.
    const auto omitted = ledger::omitted_deliveries(list, {});
    COMITY_CHECK(omitted.empty() == (list.first_delivery == 0));
    COMITY_CHECK(omitted.size() <= list.last_delivery - list.first_delivery + 1);
    for (std::size_t i = 0; i < omitted.size(); ++i) {
        COMITY_CHECK(omitted[i] == list.first_delivery + i);
        COMITY_CHECK(omitted[i] <= list.last_delivery);
    }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto list = ledger::parse_bundle_list(text);
    if (list) {
        COMITY_CHECK(ledger::format_bundle_list(*list) == text);
        check_list(*list);
    } else {
        COMITY_CHECK(list.error().line >= 1);
    }
    return 0;
}
