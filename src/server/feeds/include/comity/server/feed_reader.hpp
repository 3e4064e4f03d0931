// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/server/config.hpp"
#include "comity/server/inbox.hpp"

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace comity::server {

/// Reads one feed over TCP on a thread of its own: connects, decodes, hands over to the inbox, and
/// connects again after a pause where the other end is gone. A resource; what it is given outlives
/// it.
class FeedReader {
  public:
    /// Says what became of the connection, from its thread.
    using Say = std::function<void(const std::string& feed, const std::string& what, bool is_bad)>;

    FeedReader(Config::Feed feed, Inbox& inbox, std::atomic<std::uint64_t>& dropped, Say say);
    FeedReader(const FeedReader&) = delete;
    FeedReader& operator=(const FeedReader&) = delete;
    ~FeedReader();

  private:
    void run();
    int connect_once();
    void read(int socket);
    bool rests();

    Config::Feed feed_;
    Inbox& inbox_;
    std::atomic<std::uint64_t>& dropped_;
    Say say_;
    std::string last_said_;
    std::atomic<bool> is_stopping_{false};
    int wake_ = -1;  ///< an eventfd
    std::thread thread_;
};

}  // namespace comity::server
