// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What a known machine sends: any method, path, query, header and body, and any message of a
// stream. Whatever it is, it is answered, in a form that clients can read.
//
// Input: a line "METHOD PATH QUERY", then headers "name: value" up to an empty line, then the body.
// The method STREAM opens a stream and sends the body as its message.
#include "comity/base/check.hpp"
#include "comity/server/testing/test_api.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace {

using namespace comity;

struct Sink final : server::StreamSender {
    void send_text(Bytes text) override { COMITY_CHECK(nlohmann::json::accept(*text)); }
    void send_binary(Bytes /*bytes*/) override {}
    std::size_t queued_bytes() const override { return 0; }
    void close(unsigned /*code*/, std::string /*reason*/) override {}
};

std::string cut(std::string& rest, char end) {
    const std::size_t at = rest.find(end);
    std::string part = rest.substr(0, at);
    rest = at == std::string::npos ? std::string() : rest.substr(at + 1);
    return part;
}

void check(const server::testing::TestAnswer& answer) {
    COMITY_CHECK(answer.status >= 200 && answer.status < 600);
    if (answer.status < 400) return;
    COMITY_CHECK(nlohmann::json::accept(answer.body));
    COMITY_CHECK(answer.json().at("status") == answer.status);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static server::testing::TestApi api({.requests = {.count = 1'000'000, .burst = 1'000'000}});
    std::string rest(reinterpret_cast<const char*>(data), size);
    std::string first = cut(rest, '\n');
    const std::string method = cut(first, ' ');
    // The transport gives no other paths.
    const std::string path = "/" + cut(first, ' ');
    auto headers = api.key("alpha");
    for (std::string line = cut(rest, '\n'); !line.empty(); line = cut(rest, '\n')) {
        std::string name = cut(line, ':');
        if (name == "authorization") continue;
        headers.push_back({std::move(name), std::move(line)});
    }
    if (method == "STREAM") {
        auto opened = api.api().open_stream(
            {.method = "GET", .path = path, .query = first, .headers = headers, .id = "r1"},
            std::make_shared<Sink>());
        if (opened.handler == nullptr) return 0;
        opened.handler->on_text(rest);
        for (const server::Filing& filing : api.filings()) filing.done({});
        opened.handler->on_closed();
        return 0;
    }
    const auto answer = api.send(method, path, headers, rest, first);
    for (const server::Filing& filing : api.filings()) filing.done({});
    // What asks the node or the worker is answered by those.
    if (answer->is_answered()) check(*answer);
    return 0;
}
