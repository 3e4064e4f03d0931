// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "failure.hpp"
#include "serve/signals.hpp"

#include "comity/server/admin.hpp"
#include "comity/server/api.hpp"
#include "comity/server/attachment_shelf.hpp"
#include "comity/server/config.hpp"
#include "comity/server/directory.hpp"
#include "comity/server/engine.hpp"
#include "comity/server/network.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace comity::cli {

/// A node's server: its threads, and what they have in common. Everything that throws throws
/// Failure. A resource.
class Program {
  public:
    struct Parts {
        const server::Config& config;
        server::ApiOptions api;
        server::Directory& directory;
        server::AttachmentShelf& shelf;
        server::Log log;
        std::function<void(const server::Directory&)> enrolled;
    };
    /// Runs the node until the engine's inbox stops; on a thread of its own. `is_open` is to be
    /// called once everything before the first turn is done.
    using NodeThread = std::function<void(server::Engine& engine, std::function<void()> is_open)>;

    explicit Program(Parts parts);

    server::Engine& engine() { return *engine_; }
    /// Serves until SIGTERM or SIGINT, or until the node's thread ends. Prints where it listens, as
    /// soon as it does; what `said` gives follows.
    ExitCode run(const NodeThread& node,
                 const std::function<std::string(const std::string& url)>& said);

  private:
    server::NetworkLimits limits() const;
    std::unique_ptr<server::Network> open(const std::vector<server::Config::Listener>& listeners,
                                          server::Service& service) const;

    Signals signals_;  ///< first: every thread leaves them to its
    Parts parts_;
    std::unique_ptr<server::Engine> engine_;
    std::unique_ptr<server::Api> api_;
    std::unique_ptr<server::Network> network_;
    std::unique_ptr<server::Admin> admin_;
    std::unique_ptr<server::Network> admin_network_;
};

}  // namespace comity::cli
