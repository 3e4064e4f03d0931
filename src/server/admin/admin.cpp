// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/admin.hpp"

#include <memory>
#include <utility>
#include <vector>

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

namespace comity::server {
namespace {

HttpResponse text_response(unsigned status, std::string type, std::string body) {
    return {.status = status,
            .headers = {{.name = "content-type", .value = std::move(type)},
                        {.name = "cache-control", .value = "no-store"}},
            .body = std::make_shared<const std::string>(std::move(body))};
}

prometheus::MetricFamily family(std::string name, std::string help, prometheus::MetricType type,
                                double value) {
    prometheus::ClientMetric metric;
    if (type == prometheus::MetricType::Counter) {
        metric.counter.value = value;
    } else {
        metric.gauge.value = value;
    }
    return {std::move(name), std::move(help), type, {metric}};
}

}  // namespace

std::size_t Admin::body_limit(const HttpRequest& /*head*/) const {
    return 0;
}

void Admin::handle(HttpRequest request, Respond respond) {
    if (request.method != "GET" && request.method != "HEAD") {
        return respond(text_response(405, "text/plain", "expected GET\n"));
    }
    if (request.path == "/metrics") {
        return respond(text_response(200, "text/plain; version=0.0.4; charset=utf-8", metrics()));
    }
    if (request.path == "/health") return respond(text_response(200, "text/plain", "ok\n"));
    if (request.path == "/ready") {
        const bool is_ready = parts_.engine.is_recording;
        return respond(text_response(is_ready ? 200 : 503, "text/plain",
                                     is_ready ? "recording\n" : "warn-only\n"));
    }
    respond(text_response(404, "text/plain", "expected /metrics, /health or /ready\n"));
}

Service::Upgraded Admin::open_stream(const HttpRequest& /*request*/,
                                     std::shared_ptr<StreamSender> /*sender*/) {
    return {.handler = nullptr,
            .refusal = text_response(404, "text/plain", "there is no stream here\n")};
}

HttpResponse Admin::problem(unsigned status, std::string_view /*code*/, std::string_view detail,
                            const std::string& /*request_id*/) {
    return text_response(status, "text/plain", std::string(detail) + "\n");
}

std::string Admin::metrics() const {
    using enum prometheus::MetricType;
    std::vector<prometheus::MetricFamily> families;
    const auto add = [&](const char* name, const char* help, prometheus::MetricType type,
                         double value) { families.push_back(family(name, help, type, value)); };
    const auto count = [&](const char* name, const char* help, std::uint64_t value) {
        add(name, help, Counter, static_cast<double>(value));
    };
    const auto level = [&](const char* name, const char* help, std::uint64_t value) {
        add(name, help, Gauge, static_cast<double>(value));
    };
    EngineCounts& engine = parts_.engine;
    level("comity_recording", "1 while the ledger can be written, 0 where the node only warns",
          engine.is_recording ? 1 : 0);
    level("comity_ledger_records", "Records in the ledger", engine.records);
    count("comity_turns_total", "Turns of the node", engine.turns);
    add("comity_longest_turn_seconds", "The longest turn since these metrics were read before",
        Gauge, static_cast<double>(engine.longest_turn_us.exchange(0)) * 1e-6);
    count("comity_filings_refused_total", "Requests for which there was no room",
          parts_.inbox.refused());
    count("comity_reports_total", "Reports of feeds", engine.reports);
    count("comity_feed_batches_dropped_total", "Batches of reports for which there was no room",
          engine.dropped_batches);
    count("comity_recording_faults_total", "Frames and chunks of feeds that could not be kept",
          engine.recording_faults);
    level("comity_tracks", "Tracks that are not lost", engine.tracks);
    const ApiCounts api = parts_.api.counts();
    count("comity_http_requests_total", "Requests, streams included", api.requests);
    count("comity_http_problems_4xx_total", "Requests that were refused", api.problems_4xx);
    count("comity_http_problems_5xx_total", "Requests that failed", api.problems_5xx);
    level("comity_streams_open", "Open streams", api.streams);
    count("comity_deliveries_total", "Deliveries to all parties", api.deliveries_sent);
    count("comity_sign_ins_failed_total", "Sign-ins with another password, or by nobody",
          api.sign_ins_failed);
    const NetworkCounts network = parts_.network.counts();
    count("comity_connections_total", "Connections that were taken", network.accepted);
    level("comity_connections_open", "Open connections", network.open);
    count("comity_connections_refused_total", "Connections over a limit",
          network.refused_connections);
    count("comity_timeouts_total", "Connections that were too slow", network.timeouts);
    count("comity_bad_requests_total", "What was no request", network.bad_requests);
    return prometheus::TextSerializer().Serialize(families);
}

}  // namespace comity::server
