// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/memory_disk.hpp"
#include "comity/ledger/envelope.hpp"
#include "comity/server/api.hpp"
#include "comity/server/board.hpp"
#include "comity/server/enrol.hpp"
#include "comity/system/system_entropy.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace comity::server::testing {

/// A network without sockets: work that is posted runs when a test waits for it.
class TestNetwork final : public Network {
  public:
    std::vector<std::string> urls() const override { return {}; }
    void run() override {}
    void stop() override {}
    void post(std::function<void()> work) override {
        const std::lock_guard lock(mutex_);
        posted_.push_back(std::move(work));
        came_.notify_one();
    }
    void after(std::chrono::milliseconds /*time*/, std::function<void()> /*work*/) override {}
    NetworkCounts counts() const override { return {}; }

    void run_posted() {
        for (auto work = take(); work; work = take()) work();
    }
    void wait_for_work() {
        std::unique_lock lock(mutex_);
        came_.wait_for(lock, std::chrono::seconds(20), [this] { return !posted_.empty(); });
    }

  private:
    std::function<void()> take() {
        const std::lock_guard lock(mutex_);
        if (posted_.empty()) return {};
        auto work = std::move(posted_.front());
        posted_.pop_front();
        return work;
    }

    std::mutex mutex_;
    std::condition_variable came_;
    std::deque<std::function<void()>> posted_;
};

/// An answer, once it is there.
struct TestAnswer {
    unsigned status = 0;  ///< 0: not answered
    std::vector<Header> headers;
    std::string body;

    bool is_answered() const { return status != 0; }
    nlohmann::json json() const { return nlohmann::json::parse(body); }
    std::string_view header(std::string_view name) const {
        for (const Header& one : headers) {
            if (one.name == name) return one.value;
        }
        return {};
    }
};
using TestAnswerPtr = std::shared_ptr<TestAnswer>;

inline constexpr const char* kArea =
    R"({"type":"danger","source":"","accuracy_m":null,"lower":null,"upper":null,"valid":null,)"
    R"("footprint":{"type":"Polygon","coordinates":[[[36,35],[37,35],[37,36],[36,35]]]}})";

/// An API with two parties, alpha and beta, each with a machine and a person, anna and bert. What
/// it files waits for the test. A resource.
class TestApi {
  public:
    explicit TestApi(ApiOptions options = {}) : directory_(access_) {
        for (const auto& [party, person, name] :
             {std::tuple("alpha", "anna", "Anna A"), std::tuple("beta", "bert", "Bert B")}) {
            enrol_one(party, person, name);
        }
        (void)directory_.reload_if_changed();
        options.origin = "test.example/log";
        api_ = *Api::make({.inbox = inbox_,
                           .shelf = shelf_,
                           .directory = directory_,
                           .entropy = entropy_,
                           .log = [](const LogLine&) {},
                           .enrolled = {}},
                          std::move(options));
        api_->serve_on(network_);
        api_->take_events({BeatEvent{.time = geo::Instant(std::chrono::hours(490'000))}});
        network_.run_posted();
    }

    using Headers = std::vector<Header>;
    Headers key(const std::string& party) const {
        return {{"authorization", "Bearer " + keys_.at(party)}};
    }
    Headers json_key(const std::string& party) const {
        Headers headers = key(party);
        headers.push_back({"content-type", "application/json"});
        return headers;
    }

    TestAnswer get(const std::string& path, Headers headers, const std::string& query = {}) {
        return *send("GET", path, std::move(headers), "", query);
    }
    TestAnswerPtr send(const std::string& method, const std::string& path, Headers headers,
                       const std::string& body, const std::string& query = {}) {
        headers.push_back({"host", "node.example"});
        auto answer = std::make_shared<TestAnswer>();
        api_->handle({.method = method,
                      .path = path,
                      .query = query,
                      .headers = std::move(headers),
                      .body = body,
                      .peer = {.address = "127.0.0.1", .is_loopback = true},
                      .id = "r1"},
                     [answer](HttpResponse response) {
                         answer->status = response.status;
                         answer->headers = std::move(response.headers);
                         answer->body = response.body == nullptr ? "" : *response.body;
                     });
        network_.run_posted();
        return answer;
    }

    TestAnswerPtr try_sign_in(const std::string& name, const std::string& password,
                              const std::string& role = {}) {
        const nlohmann::json body{{"sign_in", name}, {"password", password}, {"role", role}};
        auto answer = send("POST", "/v1/session", {}, body.dump());
        if (!answer->is_answered()) network_.wait_for_work();
        network_.run_posted();
        return answer;
    }
    /// The headers of what this person then sends.
    Headers sign_in(const std::string& name, const std::string& role) {
        const auto answer = try_sign_in(name, passwords_.at(name), role);
        const std::string cookie(answer->header("set-cookie"));
        return {{"cookie", cookie.substr(0, cookie.find(';'))},
                {"x-comity-csrf", answer->json().at("csrf").get<std::string>()},
                {"content-type", "application/json"}};
    }

    void tell(const std::string& party, std::uint64_t number, const std::string& item,
              const std::string& content) {
        happens(ToldEvent{.to = accord::PartyId(party),
                          .number = number,
                          .item = *accord::item_from(item),
                          .version = 1,
                          .content = std::make_shared<const std::string>(content)});
    }
    void happens(Event event) {
        std::vector<Event> events;
        events.push_back(std::move(event));
        api_->take_events(std::move(events));
        network_.run_posted();
    }

    std::vector<Filing> filings() {
        return inbox_.take_by(std::chrono::steady_clock::now()).filings;
    }
    /// The same, once what they commit to is kept.
    std::vector<Filing> filings_with_attachments() {
        network_.wait_for_work();
        network_.run_posted();
        return filings();
    }
    /// What the first attachment of an envelope opens to; empty where nothing is kept.
    std::string attached(const std::string& payload) {
        const auto envelope = ledger::parse_envelope(payload);
        return shelf_.text(envelope->attachments.at(0).commitment);
    }
    static std::string payload(const Filing& filing) {
        const auto& bytes = std::get<ledger::VouchedRequest>(filing.content).payload;
        std::string text;
        for (const std::byte one : bytes) text += static_cast<char>(one);
        return text;
    }
    Api& api() { return *api_; }
    TestNetwork& network() { return network_; }
    ~TestApi() { api_->stop(); }
    TestApi(const TestApi&) = delete;
    TestApi& operator=(const TestApi&) = delete;

  private:
    void enrol_one(const std::string& party, const std::string& person, const std::string& name) {
        const nlohmann::json enrolment{
            {"party", party},
            {"name", party},
            {"machines", {{{"name", party + "-system"}, {"issue_api_key", true}}}},
            {"people",
             {{{"name", name},
               {"sign_in", person},
               {"roles", {"controller", "observer"}},
               {"issue_password", true}}}}};
        const auto enrolled =
            enrol(access_, enrolment.dump(), "test", entropy_, PasswordCost::least());
        for (const Issued& one : enrolled->issued) {
            (one.kind == Issued::Kind::kApiKey ? keys_[party] : passwords_[person]) = one.secret;
        }
    }

    base::MemoryDisk access_;
    base::MemoryDisk attachments_;
    AttachmentShelf shelf_{attachments_};
    system::SystemEntropy entropy_;
    Directory directory_;
    Inbox inbox_{InboxLimits{}};
    TestNetwork network_;
    std::map<std::string, std::string> keys_;
    std::map<std::string, std::string> passwords_;
    std::unique_ptr<Api> api_;
};

}  // namespace comity::server::testing
