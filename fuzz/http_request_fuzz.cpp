// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// A connection's bytes as HTTP requests, one behind the other. Beside "no crash": the cuts between
// reads change nothing, what is taken has one reading, and a body keeps to its limit.
#include "../src/server/transport/body_decoder.hpp"
#include "../src/server/transport/request_fault.hpp"
#include "../src/server/transport/request_head.hpp"
#include "chunks.hpp"

#include "comity/base/check.hpp"
#include "comity/server/http.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace comity;
using server::BodyDecoder;
using server::HeadSearch;
using server::RequestFault;
using server::RequestHead;

constexpr std::size_t kLimit = 64;

struct Request {
    std::string method;
    std::string path;
    std::string query;
    std::string body;
    friend bool operator==(const Request&, const Request&) = default;
};

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

void check(const RequestHead& head) {
    const server::HttpRequest& request = head.request;
    COMITY_CHECK(!request.method.empty() && request.path.starts_with('/'));
    COMITY_CHECK(std::ranges::none_of(request.path, is_control));
    COMITY_CHECK((request.path + "/").find("/../") == std::string::npos);
    COMITY_CHECK((request.path + "/").find("/./") == std::string::npos);
    COMITY_CHECK(request.headers.size() <= server::kMaxHeaders);
    for (const server::Header& header : request.headers) {
        COMITY_CHECK(std::ranges::none_of(header.name, is_control));
        COMITY_CHECK(header.name.find_first_of(" :ABCXYZ") == std::string::npos);
        COMITY_CHECK(header.value.find_first_of("\r\n") == std::string::npos);
    }
    COMITY_CHECK(!(head.is_chunked && head.content_length > 0));
    // A query that was taken can be asked for any parameter.
    static_cast<void>(request.parameter("a"));
}

// Reads requests as they come, until one is refused.
class Reader {
  public:
    void feed(std::string_view bytes) {
        in_ += bytes;
        while (!fault_ && (is_in_body_ ? read_body() : read_head())) {
        }
    }

    std::vector<Request> requests;
    const std::optional<RequestFault>& fault() const { return fault_; }

  private:
    bool read_head() {
        const HeadSearch search = server::find_head_end(in_, searched_);
        if (search.state == HeadSearch::State::kBroken) return refuse(RequestFault::kLine);
        searched_ = search.position;
        if (search.state == HeadSearch::State::kMore) return false;
        auto head = server::parse_request_head(std::string_view(in_).substr(0, searched_));
        if (!head) return refuse(head.error());
        check(*head);
        in_.erase(0, std::exchange(searched_, 0));
        decoder_.emplace(*head, kLimit);
        if (decoder_->is_too_large()) return refuse(RequestFault::kBodyTooLarge);
        request_ = {.method = head->request.method,
                    .path = head->request.path,
                    .query = head->request.query,
                    .body = {}};
        is_in_body_ = true;
        return true;
    }

    bool read_body() {
        const auto fed = decoder_->feed(in_, request_.body);
        if (!fed) return refuse(fed.error());
        COMITY_CHECK(fed->consumed <= in_.size() && request_.body.size() <= kLimit);
        in_.erase(0, fed->consumed);
        if (!fed->is_whole) return false;
        requests.push_back(request_);
        is_in_body_ = false;
        return true;
    }

    bool refuse(RequestFault fault) {
        COMITY_CHECK(server::complaint_of(fault).status >= 400);
        fault_ = fault;
        return false;
    }

    std::string in_;
    std::size_t searched_ = 0;
    bool is_in_body_ = false;
    Request request_;
    std::optional<BodyDecoder> decoder_;
    std::optional<RequestFault> fault_;
};

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::span bytes(reinterpret_cast<const std::byte*>(data), size);
    Reader whole;
    whole.feed({reinterpret_cast<const char*>(data), size});
    Reader cut;
    fuzz::feed_in_chunks(bytes, [&cut](std::span<const std::byte> chunk) {
        cut.feed({reinterpret_cast<const char*>(chunk.data()), chunk.size()});
    });
    COMITY_CHECK(whole.requests == cut.requests && whole.fault() == cut.fault());
    return 0;
}
