// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "field.hpp"
#include "track_csv/row_reader.hpp"

#include "comity/base/expected.hpp"
#include "comity/report/track_report.hpp"
#include "comity/surveillance/fault_tally.hpp"
#include "comity/surveillance/line_splitter.hpp"
#include "comity/surveillance/track_csv.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>

namespace comity::surveillance {

class TrackCsvDecoder::State {
  public:
    State(TrackCsvOptions options, Sink sink)
        : strict_(options.strict), sink_(std::move(sink)), reader_(options.dialect) {}

    base::Expected<void, TrackFileError> feed(std::span<const std::byte> chunk) {
        if (!error_) splitter_.feed(chunk, take_line_);
        return result();
    }

    base::Expected<void, TrackFileError> finish() {
        if (!error_) splitter_.finish(take_line_);
        if (!error_ && !header_read_) {
            fail(TrackFileFault::kNoHeader, last_line_,
                 "no header row, expected a row that names the columns");
        }
        return result();
    }

    std::uint64_t row_count = 0;
    std::uint64_t report_count = 0;
    FaultTally<RowFault> faults;

  private:
    base::Expected<void, TrackFileError> result() const {
        if (error_) return base::Unexpected(*error_);
        return {};
    }

    void fail(TrackFileFault fault, std::size_t line, std::string text) {
        error_ = TrackFileError{.fault = fault, .line = line, .text = std::move(text)};
    }

    /// False: the file is not read on.
    bool take(const Line& line) {
        last_line_ = line.number;
        if (line.text.starts_with('#')) return true;
        if (!line.overlong && trimmed(line.text).empty()) return true;
        return header_read_ ? take_row(line) : take_header(line);
    }

    bool take_header(const Line& line) {
        if (line.overlong) {
            fail(TrackFileFault::kBadHeader, line.number,
                 "the header row is too long, expected at most 65,536 bytes");
            return false;
        }
        if (auto read = reader_.read_header(line.text, line.number); !read) {
            error_ = std::move(read.error());
            return false;
        }
        header_read_ = true;
        return true;
    }

    bool take_row(const Line& line) {
        ++row_count;
        const base::Expected<void, RowProblem> read =
            line.overlong ? base::Unexpected(RowProblem{.fault = RowFault::kOverlong})
                          : reader_.read(line.text, report_);
        if (read) {
            ++report_count;
            sink_(report_);
            return true;
        }
        faults.add(read.error().fault, line.number, [&] { return describe(read.error()); });
        if (!strict_) return true;
        fail(TrackFileFault::kBadRow, line.number, describe(read.error()));
        return false;
    }

    const bool strict_;
    const Sink sink_;
    const LineSplitter::Sink take_line_ = [this](const Line& line) { return take(line); };
    LineSplitter splitter_;
    RowReader reader_;
    bool header_read_ = false;
    std::size_t last_line_ = 1;
    report::TrackReport report_;
    std::optional<TrackFileError> error_;
};

TrackCsvDecoder::TrackCsvDecoder(TrackCsvOptions options, Sink sink)
    : state_(std::make_unique<State>(options, std::move(sink))) {}
TrackCsvDecoder::~TrackCsvDecoder() = default;

base::Expected<void, TrackFileError> TrackCsvDecoder::feed(std::span<const std::byte> chunk) {
    return state_->feed(chunk);
}
base::Expected<void, TrackFileError> TrackCsvDecoder::finish() {
    return state_->finish();
}
std::uint64_t TrackCsvDecoder::row_count() const {
    return state_->row_count;
}
std::uint64_t TrackCsvDecoder::report_count() const {
    return state_->report_count;
}
const FaultTally<RowFault>& TrackCsvDecoder::faults() const {
    return state_->faults;
}

}  // namespace comity::surveillance
