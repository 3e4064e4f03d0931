// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/server/http.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace comity::server {

/// The console's files, in memory, plain and compressed. A value.
class ConsoleFiles {
  public:
    static constexpr std::size_t kMaxFiles = 1'000;
    static constexpr std::size_t kMaxBytes = std::size_t{64} << 20U;

    /// Reads a folder; empty where it is not there. Absent with words where it cannot be read or
    /// is over the limits.
    static base::Expected<ConsoleFiles, std::string> read(const std::string& folder);

    bool is_empty() const { return files_.empty(); }
    /// Null where there is no such file. "/" is "/index.html".
    std::optional<HttpResponse> get(const HttpRequest& request) const;

  private:
    struct File {
        std::string type;
        std::string etag;
        bool is_named_by_content = false;  ///< may be kept for ever
        std::shared_ptr<const std::string> plain;
        std::shared_ptr<const std::string> gzip;  ///< null where it is not smaller
    };
    std::map<std::string, File> files_;
};

/// What every answer to a browser says: no script, style or request of another origin, no frame
/// around it.
void add_security_headers(HttpResponse& response);

}  // namespace comity::server
