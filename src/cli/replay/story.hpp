// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "replay/names.hpp"

#include "comity/accord/ids.hpp"
#include "comity/geo/instant.hpp"
#include "comity/node/history.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// What happened, told line by line.
namespace comity::cli {

/// Of what a row tells; in the order in which a summary counts them.
enum class RowKind : std::uint8_t {
    kParty,
    kAgreement,
    kFiled,
    kTold,
    kReceived,
    kRead,
    kPassedOn,
    kCalled,
    kAnswered,  ///< objected, withdrawn
    kWarning,
    kInside,
    kClosed,
    kLate,
    kRefused,
};

struct Row {
    geo::Instant time{};
    RowKind kind = RowKind::kFiled;
    std::string who;
    std::string what;
    std::string told;  ///< who was told of it at that moment; empty: nobody
};

/// Makes rows of a history. What happens at one moment to several parties is one row; updates of a
/// warning that change neither its phase nor what predicts it are counted, not shown, and so is
/// what follows from them. A resource.
class Story {
  public:
    explicit Story(const Names& names) : names_(names) {}

    /// The next happenings, from where the call before ended. Those of the last moment stay for the
    /// next call unless `is_end`, since they may not be all.
    std::vector<Row> take(const node::History& history, bool is_end);

    /// Updates of warnings that were not shown.
    std::uint64_t updates() const { return updates_; }

  private:
    // A row in the making.
    struct Draft {
        Row row;
        std::optional<accord::ItemRef> item;  ///< what those told of it were told
        std::vector<std::string> who;         ///< of what several do at one moment
        std::vector<std::string> told;
    };

    void take_moment(const node::History& history, std::size_t begin, std::size_t end);
    void take_one(const node::History& history, geo::Instant time, const node::Filing& filing);
    void take_one(const node::History& history, geo::Instant time, const node::AlertStep& step);
    void take_one(const node::History& history, geo::Instant time, const node::Missed& missed);
    void take_one(const node::History& history, geo::Instant time, const node::Telling& telling);
    void take_received(const node::History& history, geo::Instant time, const node::Filing& filing);
    bool join_previous(const node::Filing& filing);
    Draft& add(geo::Instant time, RowKind kind, const accord::PartyId& who, std::string what);

    const Names& names_;
    std::size_t next_ = 0;
    std::uint64_t updates_ = 0;
    std::vector<Draft> drafts_;  ///< of one moment
    std::set<std::pair<accord::PartyId, accord::ItemRef>> told_;
    std::set<std::pair<accord::PartyId, accord::ItemRef>> received_;
    std::set<std::string> filed_;
};

}  // namespace comity::cli
