// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/check.hpp"
#include "comity/server/network.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace comity::server {

inline HttpResponse text_response(std::string text) {
    return {.status = 200,
            .headers = {{.name = "content-type", .value = "text/plain"}},
            .body = std::make_shared<const std::string>(std::move(text))};
}

/// Answers as the test says; without a word of it, with what it was asked. A stream's texts come
/// back.
class TestService final : public Service {
  public:
    std::size_t limit = 1'000;
    std::function<void(HttpRequest, Respond)> on_request = [](const HttpRequest& request,
                                                              const Respond& respond) {
        respond(text_response(request.method + " " + request.path + " " + request.body));
    };
    std::function<void(std::string, StreamSender&)> on_text = [](std::string text,
                                                                 StreamSender& sender) {
        sender.send_text(std::make_shared<const std::string>(std::move(text)));
    };
    std::function<void(StreamSender&)> on_open;
    bool refuses_streams = false;

    std::atomic<int> drained{0};
    std::atomic<int> closed{0};
    std::vector<std::shared_ptr<StreamSender>> senders;  ///< network's thread
    std::vector<Peer> peers;                             ///< of the streams; network's thread

    std::size_t body_limit(const HttpRequest& head) const override {
        COMITY_CHECK(head.body.empty() && !head.id.empty());
        return limit;
    }
    void handle(HttpRequest request, Respond respond) override {
        on_request(std::move(request), std::move(respond));
    }
    Upgraded open_stream(const HttpRequest& request,
                         std::shared_ptr<StreamSender> sender) override {
        if (refuses_streams) return {.handler = nullptr, .refusal = {.status = 403}};
        peers.push_back(request.peer);
        senders.push_back(sender);
        if (on_open) on_open(*sender);
        return {.handler = std::make_unique<Handler>(*this, std::move(sender)), .refusal = {}};
    }
    HttpResponse problem(unsigned status, std::string_view code, std::string_view detail,
                         const std::string& request_id) override {
        COMITY_CHECK(!detail.empty() && !request_id.empty());
        HttpResponse response = text_response(std::string(code));
        response.status = status;
        return response;
    }

  private:
    class Handler final : public StreamHandler {
      public:
        Handler(TestService& service, std::shared_ptr<StreamSender> sender)
            : service_(service), sender_(std::move(sender)) {}
        void on_text(std::string text) override { service_.on_text(std::move(text), *sender_); }
        void on_drained() override { ++service_.drained; }
        void on_closed() override { ++service_.closed; }

      private:
        TestService& service_;
        std::shared_ptr<StreamSender> sender_;
    };
};

/// A network that runs on a thread of its own until the end of the test.
class TestNetwork {
  public:
    explicit TestNetwork(Service& service, const NetworkLimits& limits = {},
                         const std::vector<ListenAddress>& addresses = {{.address = "127.0.0.1"}})
        : network_(open(addresses, limits, service)), thread_([this] { network_->run(); }) {}
    ~TestNetwork() { stop(); }

    Network* operator->() { return network_.get(); }
    /// Of the first address.
    std::uint16_t port(std::size_t of = 0) const {
        const std::string url = network_->urls()[of];
        return static_cast<std::uint16_t>(std::atoi(url.c_str() + url.rfind(':') + 1));
    }
    void stop() {
        network_->stop();
        if (thread_.joinable()) thread_.join();
    }
    /// Waits until this holds on the network's thread; false where it does not for long.
    bool wait_until(const std::function<bool()>& holds) {
        using std::chrono::milliseconds;
        for (int i = 0; i < 4'000; ++i) {
            std::atomic<int> answer{-1};
            network_->post([&] { answer = holds() ? 1 : 0; });
            while (answer < 0) std::this_thread::sleep_for(milliseconds(1));
            if (answer == 1) return true;
            std::this_thread::sleep_for(milliseconds(5));
        }
        return false;
    }

  private:
    static std::unique_ptr<Network> open(const std::vector<ListenAddress>& addresses,
                                         const NetworkLimits& limits, Service& service) {
        auto network = Network::open(addresses, limits, service);
        COMITY_CHECK(network.has_value());
        return *std::move(network);
    }

    std::unique_ptr<Network> network_;
    std::thread thread_;
};

}  // namespace comity::server
