// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "folder.hpp"

#include "comity/seal/ed25519.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace comity::bench {

/// One that is enrolled: a key that signs, and a machine with an API key.
struct ServedParty {
    std::string id;
    std::unique_ptr<seal::SeedSigner> signer;
    std::string api_key;
};

/// The node reads tracks (docs/formats/track_csv.md) there.
struct ServedFeed {
    std::string of;
    std::uint16_t port = 0;
};

/// The program `comity` as people run it: enrolled parties, a configuration with raised limits, TLS
/// on a free port of loopback, data in a folder on this machine's disk that is gone afterwards. A
/// resource.
class ServedNode {
  public:
    explicit ServedNode(const std::vector<std::string>& parties,
                        const std::optional<ServedFeed>& feed = std::nullopt);
    ServedNode(const ServedNode&) = delete;
    ServedNode& operator=(const ServedNode&) = delete;
    ~ServedNode();

    std::uint16_t port() const { return port_; }
    const ServedParty& party(std::size_t index) const { return parties_[index]; }
    /// What the process holds in memory now.
    double resident_mb() const;

    /// A signed request for `POST /v1/requests`, valid for ten minutes, as bytes for the line.
    std::string request(const ServedParty& party, std::string_view operation,
                        std::string_view object, std::string body);
    /// Files it and waits for the answer, again until it is accepted: a party takes part soon after
    /// the start.
    void file(const ServedParty& party, std::string_view operation, std::string_view object,
              const std::string& body);

  private:
    void make_certificate() const;
    void enrol(const std::string& party);
    void write_config(const std::optional<ServedFeed>& feed) const;
    void start();
    std::string path_of(std::string_view name) const;

    Folder folder_;
    std::vector<ServedParty> parties_;
    pid_t process_ = -1;
    int output_ = -1;
    std::uint16_t port_ = 0;
    std::uint64_t ids_ = 0;
};

/// The bytes of a GET.
std::string get(const ServedParty& party, std::string_view path);
/// "2015-11-24T07:24:05.000Z", this long from now.
std::string time_text(std::chrono::milliseconds from_now);
/// A circle of 500 m for an hour, as the body of `intent.put`.
std::string small_intent(std::uint64_t number);

}  // namespace comity::bench
