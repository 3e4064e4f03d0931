// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "server_node.hpp"

#include "server_load.hpp"

#include "comity/base/bytes.hpp"
#include "comity/base/check.hpp"
#include "comity/geo/instant.hpp"
#include "comity/ledger/envelope.hpp"
#include "comity/ledger/record_envelope.hpp"
#include "comity/seal/base64.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <span>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/core.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace comity::bench {
namespace {

constexpr const char* kOrigin = "bench.example/log";
constexpr std::chrono::minutes kValid{10};

geo::Instant now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

// Build folders have `bench/` beside `bin/`.
std::string program() {
    const auto own = std::filesystem::read_symlink("/proc/self/exe");
    return (own.parent_path().parent_path() / "bin" / "comity").string();
}

struct Started {
    pid_t process = -1;
    int output = -1;
};

// With its standard output on a pipe, and its standard error in a file.
Started start_program(std::vector<std::string> words, const std::string& log) {
    std::array<int, 2> pipe{};
    COMITY_CHECK(::pipe2(pipe.data(), O_CLOEXEC) == 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(),
                                     O_WRONLY | O_CREAT | O_APPEND, 0600);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    Started started{.output = pipe[0]};
    const int error =
        posix_spawnp(&started.process, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);
    COMITY_CHECK(error == 0);
    return started;
}

// Up to its end, or until `is_enough`.
template <typename Enough>
std::string read_output(int output, const Enough& is_enough) {
    std::string text;
    std::array<char, 4096> some{};
    while (!is_enough(text)) {
        const ssize_t got = ::read(output, some.data(), some.size());
        if (got <= 0) break;
        text.append(some.data(), static_cast<std::size_t>(got));
    }
    return text;
}

std::string run_program(std::vector<std::string> words, const std::string& log) {
    const Started started = start_program(std::move(words), log);
    std::string text = read_output(started.output, [](const std::string&) { return false; });
    ::close(started.output);
    int status = 0;
    COMITY_CHECK(::waitpid(started.process, &status, 0) == started.process && status == 0);
    return text;
}

void write_file(const std::string& path, const std::string& text) {
    std::ofstream(path) << text;
}

// The text of this member behind that place; nothing where there is none.
std::string member(std::string_view json, std::string_view name) {
    const std::string begin = "\"" + std::string(name) + "\":\"";
    const std::size_t at = json.find(begin);
    if (at == std::string_view::npos) return {};
    const auto rest = json.substr(at + begin.size());
    return std::string(rest.substr(0, rest.find('"')));
}

}  // namespace

std::string time_text(std::chrono::milliseconds from_now) {
    return geo::to_string_ms(now() + from_now);
}

std::string small_intent(std::uint64_t number) {
    static const std::string kBegin = time_text(std::chrono::minutes(30));
    static const std::string kEnd = time_text(std::chrono::minutes(90));
    return fmt::format(
        R"({{"state":"accepted","aircraft":[],"volumes":[{{"volume":{{"outline_circle":{{"center":)"
        R"({{"lng":{:.7f},"lat":{:.7f}}},"radius":{{"value":500,"units":"M"}}}}}},)"
        R"("time_start":{{"value":"{}","format":"RFC3339"}},)"
        R"("time_end":{{"value":"{}","format":"RFC3339"}}}}]}})",
        static_cast<double>(number % 1'000) * 0.01, static_cast<double>(number / 1'000) * 0.01,
        kBegin, kEnd);
}

std::string get(const ServedParty& party, std::string_view path) {
    return fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\r\n",
                       path, party.api_key);
}

ServedNode::ServedNode(const std::vector<std::string>& parties,
                       const std::optional<ServedFeed>& feed) {
    make_certificate();
    for (const std::string& party : parties) enrol(party);
    write_config(feed);
    start();
}

ServedNode::~ServedNode() {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
    ::close(output_);
}

std::string ServedNode::path_of(std::string_view name) const {
    return (std::filesystem::path(folder_.path()) / name).string();
}

void ServedNode::make_certificate() const {
    run_program({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                 "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                 "-keyout", path_of("tls.key"), "-out", path_of("tls.pem")},
                path_of("openssl.log"));
}

void ServedNode::enrol(const std::string& id) {
    ServedParty party{.id = id};
    const auto seed = seal::sha256(std::as_bytes(std::span(id)));
    party.signer = std::make_unique<seal::SeedSigner>(seed.span());
    write_file(path_of(id + ".yaml"),
               fmt::format("party: {0}\nname: {0}\nkeys: [{1}]\n"
                           "machines:\n  - {{ name: load, issue_api_key: true }}\n",
                           id, seal::encode_base64(party.signer->key_id().value())));
    const std::string said = run_program(
        {program(), "enrol", path_of(id + ".yaml"), "--data", path_of("data"), "--format", "json"},
        path_of("log"));
    party.api_key = member(said, "api_key");
    COMITY_CHECK(!party.api_key.empty());
    parties_.push_back(std::move(party));
}

void ServedNode::write_config(const std::optional<ServedFeed>& feed) const {
    std::string text = fmt::format(
        "data: {}\norigin: {}\n"
        "listen:\n  - address: 127.0.0.1:0\n    tls: {{ certificate: {}, key: {} }}\n"
        "limits:\n  requests_per_second: 100000\n  burst: 100000\n"
        "  connections_per_address: 10000\n  streams_per_party: 10000\n",
        path_of("data"), kOrigin, path_of("tls.pem"), path_of("tls.key"));
    if (feed) {
        text += fmt::format(
            "feeds:\n  - name: radar\n    of: {}\n    format: tracks\n    connect: 127.0.0.1:{}\n",
            feed->of, feed->port);
    }
    write_file(path_of("comity.yaml"), text);
}

void ServedNode::start() {
    const Started started =
        start_program({program(), "serve", "--config", path_of("comity.yaml")}, path_of("log"));
    process_ = started.process;
    output_ = started.output;
    const std::string said = read_output(output_, [](const std::string& text) {
        const std::size_t at = text.find("listening on ");
        return at != std::string::npos && text.find('\n', at) != std::string::npos;
    });
    const std::size_t at = said.find("127.0.0.1:");
    COMITY_CHECK(at != std::string::npos);
    port_ = static_cast<std::uint16_t>(std::strtoul(said.c_str() + at + 10, nullptr, 10));
}

double ServedNode::resident_mb() const {
    std::ifstream file("/proc/" + std::to_string(process_) + "/statm");
    std::uint64_t size = 0;
    std::uint64_t resident = 0;
    file >> size >> resident;
    return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

std::string ServedNode::request(const ServedParty& party, std::string_view operation,
                                std::string_view object, std::string body) {
    const geo::Instant sent = now();
    const auto payload =
        ledger::write_envelope({.to = kOrigin,
                                .party = party.id,
                                .key = ledger::Hash{party.signer->key_id().value()},
                                .id = std::to_string(++ids_),
                                .sent = sent,
                                .valid_until = sent + kValid,
                                .operation = std::string(operation),
                                .object = std::string(object),
                                .body = std::move(body)});
    COMITY_CHECK(payload.has_value());
    const auto made = ledger::sign_request(*party.signer, *payload);
    COMITY_CHECK(made.has_value());
    const auto dsse = base::text_of(made->dsse);
    return fmt::format(
        "POST /v1/requests HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n"
        "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
        party.api_key, dsse.size(), dsse);
}

void ServedNode::file(const ServedParty& party, std::string_view operation, std::string_view object,
                      const std::string& body) {
    constexpr int kTries = 200;
    HttpLoad line(port_, 1);
    for (int i = 0; i < kTries; ++i) {
        if (line.ask(request(party, operation, object, body)) == 200) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    COMITY_CHECK(false);
}

}  // namespace comity::bench
