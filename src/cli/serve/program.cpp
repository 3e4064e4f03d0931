// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "serve/program.hpp"

#include "table.hpp"

#include "comity/server/directory.hpp"
#include "comity/system/system_entropy.hpp"

#include <chrono>
#include <cstdint>
#include <exception>
#include <future>
#include <thread>
#include <utility>

#include <fmt/core.h>
#include <sys/resource.h>

namespace comity::cli {
namespace {

using std::chrono::seconds;

base::Entropy& system_entropy() {
    static system::SystemEntropy entropy;
    return entropy;
}

// Each connection is an open file. What the system permits at most is asked for.
void allow_files(std::uint64_t connections, const server::Log& log) {
    constexpr std::uint64_t kOwn = 256;  // of the ledger and all else
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max >= connections + kOwn) return;
    log({.level = server::LogLine::Level::kWarning,
         .event = "files",
         .members = {{"limit", std::to_string(limit.rlim_max)},
                     {"expected", std::to_string(connections + kOwn)}}});
}

}  // namespace

Program::Program(Parts parts) : parts_(std::move(parts)) {
    allow_files(parts_.config.limits.connections, parts_.log);
    engine_ = std::make_unique<server::Engine>(
        parts_.shelf, server::InboxLimits{.filings = parts_.config.limits.queue},
        [this](std::vector<server::Event> events) { api_->take_events(std::move(events)); });
    auto api = server::Api::make({.inbox = engine_->inbox(),
                                  .shelf = parts_.shelf,
                                  .directory = parts_.directory,
                                  .entropy = system_entropy(),
                                  .log = parts_.log,
                                  .enrolled = parts_.enrolled},
                                 parts_.api);
    if (!api) throw Failure(kBadInput, api.error());
    api_ = *std::move(api);
    network_ = open(parts_.config.listen, *api_);
    api_->serve_on(*network_);
    if (!parts_.config.admin) return;
    admin_ = std::make_unique<server::Admin>(server::Admin::Parts{.engine = engine_->counts(),
                                                                  .inbox = engine_->inbox(),
                                                                  .api = *api_,
                                                                  .network = *network_});
    admin_network_ = open({*parts_.config.admin}, *admin_);
}

server::NetworkLimits Program::limits() const {
    const server::Config::Limits& of = parts_.config.limits;
    return {.connections = of.connections,
            .connections_per_address = of.connections_per_address,
            .header = seconds(of.header_seconds),
            .body = seconds(of.body_seconds),
            .idle = seconds(of.idle_seconds),
            .write = seconds(of.write_seconds)};
}

std::unique_ptr<server::Network> Program::open(
    const std::vector<server::Config::Listener>& listeners, server::Service& service) const {
    std::vector<server::ListenAddress> addresses;
    for (const server::Config::Listener& one : listeners) {
        server::ListenAddress address{.address = one.address, .port = one.port};
        if (one.tls) {
            address.tls = server::TlsFiles{.certificate_chain = one.tls->certificate,
                                           .private_key = one.tls->key};
        }
        addresses.push_back(std::move(address));
    }
    auto network = server::Network::open(addresses, limits(), service);
    if (!network) {
        throw Failure(kEnvironment,
                      fmt::format("{}: {}", network.error().where, network.error().text));
    }
    return *std::move(network);
}

// The node's thread goes first and last: nobody is let in before it is open, and it answers what is
// under way until nobody is there any more.
ExitCode Program::run(const NodeThread& node,
                      const std::function<std::string(const std::string& url)>& said) {
    std::promise<void> opened;
    std::exception_ptr failure;
    bool is_open = false;
    std::thread node_thread([&] {
        try {
            node(*engine_, [&] {
                is_open = true;
                opened.set_value();
            });
        } catch (...) {
            failure = std::current_exception();
        }
        if (!is_open) opened.set_value();
        network_->stop();
    });
    opened.get_future().wait();
    if (is_open) {
        std::thread admin_thread;
        if (admin_network_ != nullptr) admin_thread = std::thread([&] { admin_network_->run(); });
        signals_.on_first([&] { network_->stop(); });
        for (const std::string& url : network_->urls()) {
            print(fmt::format("listening on {}\n", url));
        }
        print(said(network_->urls().front()));
        parts_.log({.event = "start", .members = {{"origin", parts_.api.origin}}});
        network_->run();
        signals_.end();
        api_->stop();
        engine_->inbox().stop();
        if (admin_network_ != nullptr) {
            admin_network_->stop();
            admin_thread.join();
        }
    }
    node_thread.join();
    if (failure) std::rethrow_exception(failure);
    parts_.log({.event = "stop", .members = {}});
    return kDone;
}

}  // namespace comity::cli
