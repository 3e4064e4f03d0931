// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/server/api.hpp"
#include "comity/server/engine.hpp"
#include "comity/server/http.hpp"
#include "comity/server/network.hpp"

#include <functional>
#include <string>

namespace comity::server {

/// For whoever runs a node, on a port of its own: `/metrics` in the text format of Prometheus,
/// `/health` and `/ready`. What it counts is of all parties together, so that none of them may see
/// it. A resource; what it is given outlives it.
class Admin final : public Service {
  public:
    struct Parts {
        EngineCounts& engine;
        const Inbox& inbox;
        const Api& api;
        const Network& network;
    };

    explicit Admin(const Parts& parts) : parts_(parts) {}

    std::size_t body_limit(const HttpRequest& head) const override;
    void handle(HttpRequest request, Respond respond) override;
    Upgraded open_stream(const HttpRequest& request, std::shared_ptr<StreamSender> sender) override;
    HttpResponse problem(unsigned status, std::string_view code, std::string_view detail,
                         const std::string& request_id) override;

    /// The metrics as text.
    std::string metrics() const;

  private:
    Parts parts_;
};

}  // namespace comity::server
