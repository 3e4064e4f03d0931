// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Configurations. Beside "no crash": what is read keeps what the page promises; each fault has a
// line of the text and says what was expected, in the order of the lines; a comment before the text
// only moves them.
#include "comity/base/check.hpp"
#include "comity/server/config.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace comity;

using Result = base::Expected<server::Config, std::vector<server::ConfigFault>>;

void check_read(const server::Config& config) {
    using server::Config;
    COMITY_CHECK(!config.data.empty() && !config.origin.empty());
    COMITY_CHECK(!config.listen.empty() && config.listen.size() <= Config::kMaxListeners);
    std::set<std::pair<std::string, std::uint16_t>> addresses;
    for (const Config::Listener& one : config.listen) {
        COMITY_CHECK(!one.address.empty());
        COMITY_CHECK(one.port == 0 || addresses.emplace(one.address, one.port).second);
    }
    if (config.admin) COMITY_CHECK(config.admin->is_loopback || config.admin->tls);
    std::set<std::string> names;
    for (const Config::Feed& feed : config.feeds) {
        COMITY_CHECK(names.insert(feed.name).second);
        COMITY_CHECK(accord::is_id(feed.name) && accord::is_id(feed.of.value()));
        COMITY_CHECK(!feed.host.empty() && feed.port != 0);
    }
    COMITY_CHECK(config.limits.connections_per_address <= config.limits.connections);
    COMITY_CHECK(config.limits.session_idle_minutes <= config.limits.session_minutes);
}

void check_faults(const std::vector<server::ConfigFault>& faults, std::size_t lines) {
    COMITY_CHECK(!faults.empty() && faults.size() <= wire::Reading::kMaxFaults);
    COMITY_CHECK(std::ranges::is_sorted(faults, {}, &server::ConfigFault::line));
    for (const server::ConfigFault& fault : faults) {
        COMITY_CHECK(1 <= fault.line && fault.line <= lines);
        COMITY_CHECK(fault.text.find("expected") != std::string::npos);
    }
}

bool same(const Result& a, const Result& b, std::size_t lines_before) {
    if (a.has_value() != b.has_value()) return false;
    if (a) return *a == *b;
    std::vector<server::ConfigFault> moved = a.error();
    for (server::ConfigFault& fault : moved) fault.line += lines_before;
    return moved == b.error();
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    // One more than newlines, and the end of the document that the reader adds.
    const auto lines = 2 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    const Result result = server::read_config(text, "f");
    if (result) {
        check_read(*result);
    } else {
        check_faults(result.error(), lines);
    }
    COMITY_CHECK(same(result, server::read_config(text, "f"), 0));
    // A mark of the byte order is one at the beginning only.
    if (text.starts_with("\xEF")) return 0;
    if (result) COMITY_CHECK(same(result, server::read_config("# c\n" + text, "f"), 1));
    return 0;
}
