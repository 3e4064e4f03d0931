// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "server_load.hpp"

#include "comity/base/check.hpp"

#include <charconv>
#include <optional>

namespace comity::bench {
namespace {

constexpr std::chrono::seconds kPatience{30};

// The status of a whole answer, which is taken away; absent where it is not whole yet.
std::optional<unsigned> take_answer(std::string& in) {
    constexpr std::string_view kLength = "\r\ncontent-length: ";
    const std::size_t end = in.find("\r\n\r\n");
    if (end == std::string::npos) return std::nullopt;
    std::size_t size = 0;
    const std::size_t at = in.find(kLength);
    if (at < end) {
        std::from_chars(in.data() + at + kLength.size(), in.data() + end, size);
    }
    if (in.size() < end + 4 + size) return std::nullopt;
    unsigned status = 0;
    std::from_chars(in.data() + 9, in.data() + 12, status);
    in.erase(0, end + 4 + size);
    return status;
}

}  // namespace

HttpLoad::HttpLoad(std::uint16_t port, std::size_t connections) {
    for (std::size_t i = 0; i < connections; ++i) {
        connections_.push_back(std::make_unique<Connection>(port));
        poller_.add(connections_.back()->line.socket(), i);
    }
}

void HttpLoad::send(Connection& connection, std::string_view request, Steady::time_point since) {
    connection.is_busy = true;
    connection.since = since;
    ++busy_;
    connection.line.send(request);
}

void HttpLoad::take_answers(Steady::duration longest, Loaded& loaded, const Free& free) {
    for (const std::size_t index : poller_.wait(longest)) {
        Connection& connection = *connections_[index];
        COMITY_CHECK(connection.line.receive(connection.in));
        const auto status = take_answer(connection.in);
        if (!status) continue;
        COMITY_CHECK(connection.is_busy);
        connection.is_busy = false;
        --busy_;
        last_status_ = *status;
        if (*status != 200) ++loaded.failed;
        loaded.latencies.add(Steady::now() - connection.since);
        free(connection);
    }
}

unsigned HttpLoad::ask(std::string_view request) {
    Loaded ignored;
    send(*connections_.front(), request, Steady::now());
    while (busy_ > 0) take_answers(kPatience, ignored, [](Connection&) {});
    return last_status_;
}

Loaded HttpLoad::closed(const Next& next, Steady::duration time) {
    Loaded loaded;
    const Steady::time_point began = Steady::now();
    const auto send_next = [&](Connection& connection) {
        if (Steady::now() - began >= time) return;
        const std::string_view request = next();
        if (!request.empty()) send(connection, request, Steady::now());
    };
    for (const auto& connection : connections_) send_next(*connection);
    while (busy_ > 0) take_answers(kPatience, loaded, send_next);
    loaded.seconds = std::chrono::duration<double>(Steady::now() - began).count();
    return loaded;
}

Loaded HttpLoad::paced(const Next& next, double per_second, Steady::duration time) {
    Loaded loaded;
    std::deque<Connection*> free;
    for (const auto& connection : connections_) free.push_back(connection.get());
    const auto count =
        static_cast<std::uint64_t>(per_second * std::chrono::duration<double>(time).count());
    const Steady::time_point began = Steady::now();
    const auto due = [&](std::uint64_t number) {
        return began + std::chrono::duration_cast<Steady::duration>(
                           std::chrono::duration<double>(static_cast<double>(number) / per_second));
    };
    for (std::uint64_t sent = 0; sent < count || busy_ > 0;) {
        for (; sent < count && !free.empty() && due(sent) <= Steady::now(); ++sent) {
            send(*free.front(), next(), due(sent));
            free.pop_front();
        }
        const bool is_waiting_for_time = sent < count && !free.empty();
        take_answers(is_waiting_for_time ? due(sent) - Steady::now() : Steady::duration(kPatience),
                     loaded, [&](Connection& connection) { free.push_back(&connection); });
    }
    loaded.seconds = std::chrono::duration<double>(Steady::now() - began).count();
    return loaded;
}

}  // namespace comity::bench
