// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/feed_decoder.hpp"

#include "comity/base/bytes.hpp"
#include "comity/surveillance/sbs.hpp"
#include "comity/surveillance/track_csv.hpp"

#include <optional>
#include <utility>

#include <fmt/core.h>

namespace comity::server {

class FeedDecoder::Lines {
  public:
    explicit Lines(const Config::Feed& feed) : feed_(feed) {
        const auto sink = [this](const report::TrackReport& report) { add(report); };
        if (feed.format == wire::FeedFormat::kTracks) {
            csv_.emplace(surveillance::TrackCsvOptions{}, sink);
        } else {
            sbs_.emplace(surveillance::SbsOptions{}, sink);
        }
    }

    base::Expected<FeedBatch, std::string> take(std::span<const std::byte> bytes) {
        pending_ += base::text_of(bytes);
        const std::size_t end = pending_.rfind('\n');
        if (end == std::string::npos) {
            if (pending_.size() <= kMaxLine) return FeedBatch{};
            return base::Unexpected(fmt::format("a line of more than {} bytes", kMaxLine));
        }
        batch_ = {.feed = feed_.name, .bytes = pending_.substr(0, end + 1)};
        pending_.erase(0, end + 1);
        if (auto fault = decode(base::bytes_of(batch_.bytes))) return base::Unexpected(*fault);
        return std::exchange(batch_, {});
    }

    std::uint64_t skipped() const { return csv_ ? csv_->faults().total() : sbs_->faults().total(); }

  private:
    std::optional<std::string> decode(std::span<const std::byte> lines) {
        if (sbs_) {
            if (const auto fed = sbs_->feed(lines); !fed) return fed.error().text;
        } else if (const auto fed = csv_->feed(lines); !fed) {
            return fmt::format("line {}: {}", fed.error().line, fed.error().text);
        }
        return std::nullopt;
    }

    // The feed's own word for a party means nothing: who operates what is the configuration's.
    void add(const report::TrackReport& report) {
        report::TrackReport taken = report;
        if (!taken.accuracy) taken.accuracy = feed_.accuracy;
        const auto operated = feed_.operators.find(taken.track_id);
        taken.party = operated == feed_.operators.end() ? "" : operated->second.value();
        batch_.reports.push_back(std::move(taken));
    }

    Config::Feed feed_;
    std::optional<surveillance::TrackCsvDecoder> csv_;
    std::optional<surveillance::SbsDecoder> sbs_;
    std::string pending_;
    FeedBatch batch_;
};

FeedDecoder::FeedDecoder(const Config::Feed& feed) : lines_(std::make_unique<Lines>(feed)) {}
FeedDecoder::~FeedDecoder() = default;

base::Expected<FeedBatch, std::string> FeedDecoder::take(std::span<const std::byte> bytes) {
    return lines_->take(bytes);
}
std::uint64_t FeedDecoder::skipped() const {
    return lines_->skipped();
}

}  // namespace comity::server
