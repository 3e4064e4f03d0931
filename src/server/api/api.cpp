// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/api.hpp"

#include "api_state.hpp"
#include "filing.hpp"
#include "route.hpp"
#include "texts.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <utility>

#include <fmt/core.h>

namespace comity::server {
namespace {

constexpr std::uint64_t kMostNumber = (std::uint64_t{1} << 53U) - 1;

class Serving;

// Without the query, the headers and the body: what may be a secret is in none of this.
LogLine line_of(const HttpRequest& request) {
    return {.event = "request",
            .members = {{"id", request.id},
                        {"method", request.method},
                        {"path", request.path},
                        {"from", request.peer.address}}};
}

// A stream as the network sees it.
class StreamEnd final : public StreamHandler {
  public:
    StreamEnd(Serving& serving, std::unique_ptr<PartyStream> stream)
        : serving_(serving), stream_(std::move(stream)) {}

    void on_text(std::string text) override;
    void on_drained() override { stream_->drained(); }
    void on_closed() override;

  private:
    Serving& serving_;
    std::shared_ptr<PartyStream> stream_;
};

class Serving final : public Api, private Board::Listener {
  public:
    Serving(Parts parts, ApiOptions options, ConsoleFiles console)
        : state_(std::move(parts), std::move(options), std::move(console), *this) {}

    void serve_on(Network& network) override {
        state_.network = &network;
        learn_names();
        tick();
    }

    void stop() override {
        state_.worker.stop();
        state_.shelf_worker.stop();
    }

    void take_events(std::vector<Event> events) override {
        auto shared = std::make_shared<std::vector<Event>>(std::move(events));
        state_.network->post([this, shared] { state_.board.apply(std::move(*shared)); });
    }

    ApiCounts counts() const override {
        return {.requests = requests_,
                .problems_4xx = problems_4xx_,
                .problems_5xx = problems_5xx_,
                .streams = streams_,
                .deliveries_sent = deliveries_,
                .sign_ins_failed = state_.sign_ins_failed};
    }

    // --- Service ---

    // Nobody sends much before it is known who they are.
    std::size_t body_limit(const HttpRequest& head) const override {
        const bool is_known = !head.header("authorization").empty() || head.peer.certificate ||
                              !head.header("cookie").empty();
        constexpr std::size_t kOfUnknown = 8'192;
        return is_known && head.path != "/v1/session"
                   ? state_.options.body_bytes
                   : std::min(kOfUnknown, state_.options.body_bytes);
    }

    void handle(HttpRequest request, Respond respond) override;
    Upgraded open_stream(const HttpRequest& request, std::shared_ptr<StreamSender> sender) override;

    HttpResponse problem(unsigned status, std::string_view code, std::string_view detail,
                         const std::string& request_id) override {
        return counted(problem_response(
            {.status = status, .code = std::string(code), .detail = std::string(detail)},
            request_id));
    }

    // --- Of a stream ---

    void said(const std::shared_ptr<PartyStream>& stream, std::string text);
    void ended(const std::shared_ptr<PartyStream>& stream) {
        auto& of_party = state_.streams[stream->caller().party];
        of_party.erase(stream.get());
        if (of_party.empty()) state_.streams.erase(stream->caller().party);
        --streams_;
    }

  private:
    // --- Board::Listener ---

    template <typename Do>
    void each_stream(const accord::PartyId& party, const Do& act) {
        const auto found = state_.streams.find(party);
        if (found == state_.streams.end()) return;
        for (PartyStream* stream : found->second) act(*stream);
    }
    void told(const accord::PartyId& to, const ToldEvent& event) override {
        each_stream(to, [&](PartyStream& stream) { stream.told(event); });
        ++deliveries_;
    }
    void noticed(const NoticeEvent& event) override {
        each_stream(event.viewer, [&](PartyStream& stream) { stream.noticed(event); });
    }
    void own_changed(const accord::PartyId& owner, const accord::ItemRef& item) override {
        each_stream(owner, [&](PartyStream& stream) { stream.own_changed(item); });
    }
    void framed(const FrameEvent& event) override {
        each_stream(event.to, [&](PartyStream& stream) { stream.framed(event); });
    }
    void beaten() override {
        for (const auto& [party, of_party] : state_.streams) {
            for (PartyStream* stream : of_party) stream->beaten();
        }
    }

    // Who was enrolled or taken off since.
    void tick() {
        const Directory::Load load = state_.directory.reload_if_changed();
        if (load.is_changed) learn_names();
        std::string faults;
        for (const wire::FileFault& fault : load.faults) {
            faults += to_string(fault) + "; ";
        }
        end_streams();
        // Said once for each change: they are there each second.
        if (faults != std::exchange(access_faults_, faults) && !faults.empty()) {
            state_.log({.level = LogLine::Level::kError,
                        .event = "access",
                        .members = {{"faults", access_faults_}}});
        }
        state_.network->after(std::chrono::milliseconds(1'000), [this] { tick(); });
    }
    // A stream lasts as long as what it was opened by.
    void end_streams() {
        const SteadyTime now = steady_now();
        for (const auto& [party, of_party] : state_.streams) {
            for (PartyStream* stream : of_party) {
                if (state_.gate.knows_still(stream->asked(), stream->caller(), now)) continue;
                stream->close(1008, "the session or the credential has ended");
            }
        }
    }
    void learn_names() {
        state_.names.clear();
        for (const PartyAccess* party : state_.directory.parties()) {
            state_.names.emplace(party->party, party->name);
        }
        if (state_.enrolled) state_.enrolled(state_.directory);
    }

    HttpResponse counted(HttpResponse response) {
        if (response.status >= 500) {
            ++problems_5xx_;
        } else if (response.status >= 400) {
            ++problems_4xx_;
        }
        return response;
    }
    bool serve_console(const HttpRequest& request, const Respond& respond) const;
    void dispatch(const CallPtr& call);

    std::atomic<std::uint64_t> requests_{0};
    std::atomic<std::uint64_t> problems_4xx_{0};
    std::atomic<std::uint64_t> problems_5xx_{0};
    std::atomic<std::uint64_t> streams_{0};
    std::atomic<std::uint64_t> deliveries_{0};
    std::string access_faults_;
    ApiState state_;
};

void StreamEnd::on_text(std::string text) {
    serving_.said(stream_, std::move(text));
}
void StreamEnd::on_closed() {
    serving_.ended(stream_);
}

void Serving::handle(HttpRequest request, Respond respond) {
    ++requests_;
    const auto began = std::chrono::steady_clock::now();
    auto answer = [this, began, what = line_of(request),
                   respond = std::move(respond)](HttpResponse response) {
        LogLine line = what;
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - began;
        line.level = response.status >= 500 ? LogLine::Level::kError : LogLine::Level::kDebug;
        line.members.emplace_back("status", std::to_string(response.status));
        line.members.emplace_back("ms", fmt::format("{:.1f}", took.count()));
        state_.log(line);
        response.headers.push_back({.name = "x-content-type-options", .value = "nosniff"});
        respond(counted(std::move(response)));
    };
    if (is_safe(request.method) && serve_console(request, answer)) return;
    dispatch(
        std::make_shared<Call>(Call{.request = std::move(request), .respond = std::move(answer)}));
}

bool Serving::serve_console(const HttpRequest& request, const Respond& respond) const {
    if (request.path.starts_with("/v1/")) return false;
    auto file = state_.console.get(request);
    if (!file) return false;
    respond(*std::move(file));
    return true;
}

void Serving::dispatch(const CallPtr& call) {
    Found found = find_route(call->request.method, call->request.path);
    if (found.route == nullptr) {
        if (found.allowed.empty()) {
            return call->problem({.status = 404,
                                  .code = "no_route",
                                  .detail = "api/openapi.yaml lists what there is"});
        }
        HttpResponse response = problem_response(
            {.status = 405, .code = "method_not_allowed", .detail = "expected " + found.allowed},
            call->request.id);
        response.headers.push_back({.name = "allow", .value = found.allowed});
        return call->respond(std::move(response));
    }
    call->parts = std::move(found.parts);
    const Access access = found.route->access;
    if (access == Access::kPublic) {
        const auto over = state_.gate.count_unknown(call->request.peer.address, steady_now());
        if (over) return call->problem(*over);
    } else if (access != Access::kAnybody) {
        auto caller = state_.gate.admit(call->request, steady_now());
        if (!caller) return call->problem(caller.error());
        call->caller = *std::move(caller);
        if (access == Access::kActor && !call->caller.may_act) {
            return call->problem({.status = 403,
                                  .code = "observer",
                                  .detail = "expected another duty role than observer"});
        }
    }
    found.route->handle(state_, call);
}

Service::Upgraded Serving::open_stream(const HttpRequest& request,
                                       std::shared_ptr<StreamSender> sender) {
    ++requests_;
    const auto refuse = [&](const Problem& problem) {
        return Upgraded{.handler = nullptr,
                        .refusal = counted(problem_response(problem, request.id))};
    };
    if (request.path != "/v1/stream") {
        return refuse({.status = 404, .code = "no_route", .detail = "expected /v1/stream"});
    }
    auto caller = state_.gate.admit(request, steady_now());
    if (!caller) return refuse(caller.error());
    const PartyBoard& board = state_.board.party(caller->party);
    const auto after = number_parameter(request, "after", 0, kMostNumber, board.last_number());
    if (!after) return refuse(after.error());
    if (*after + 1 < board.first_number()) {
        return refuse(
            {.status = 410,
             .code = "too_old",
             .detail = fmt::format("the oldest that is kept is number {}", board.first_number()),
             .field = "after"});
    }
    const auto tracks = number_parameter(request, "tracks", 0, 1, 0);
    if (!tracks) return refuse(tracks.error());
    auto& of_party = state_.streams[caller->party];
    if (of_party.size() >= state_.options.streams_per_party) {
        return refuse({.status = 429,
                       .code = "too_many_streams",
                       .detail = fmt::format("expected at most {} of a party",
                                             state_.options.streams_per_party)});
    }
    auto stream = std::make_unique<PartyStream>(PartyStream::Options{.caller = *std::move(caller),
                                                                     .asked = request,
                                                                     .after = *after,
                                                                     .has_tracks = *tracks == 1},
                                                state_.board, std::move(sender));
    PartyStream* opened = stream.get();
    of_party.insert(opened);
    ++streams_;
    auto handler = std::make_unique<StreamEnd>(*this, std::move(stream));
    if (*after > board.last_number()) {
        // A browser sees this, and nothing of a handshake that is refused.
        opened->close(1008, fmt::format("the last number is {}", board.last_number()));
    } else {
        opened->begin(state_.options.origin);
    }
    return {.handler = std::move(handler)};
}

// Requests on a stream are signed: a browser's session has no key to do that.
void Serving::said(const std::shared_ptr<PartyStream>& stream, std::string text) {
    if (stream->caller().is_person) {
        return stream->close(1008, "people act over HTTP; expected no message");
    }
    if (const auto over = state_.gate.count(stream->caller().party, steady_now())) {
        return stream->send(R"({"type":"answer","id":"","problem":)" + problem_text(*over, "") +
                            "}");
    }
    file_signed(state_, stream->caller(), std::move(text), std::nullopt,
                [weak = std::weak_ptr<PartyStream>(stream)](const SignedAnswer& answer) {
                    const auto open = weak.lock();
                    if (open == nullptr) return;
                    std::string out = R"({"type":"answer","id":)";
                    append_text(out, answer.id);
                    out += answer.problem ? R"(,"problem":)" + problem_text(*answer.problem, "")
                                          : R"(,"decision":)" + answer.decision;
                    open->send(out + "}");
                });
}

}  // namespace

SteadyTime steady_now() {
    return std::chrono::duration_cast<SteadyTime>(
        std::chrono::steady_clock::now().time_since_epoch());
}

base::Expected<std::unique_ptr<Api>, std::string> Api::make(Parts parts, ApiOptions options) {
    ConsoleFiles console;
    if (!options.console.empty()) {
        auto files = ConsoleFiles::read(options.console);
        if (!files) return base::Unexpected(files.error());
        console = *std::move(files);
    }
    return std::make_unique<Serving>(std::move(parts), std::move(options), std::move(console));
}

}  // namespace comity::server
