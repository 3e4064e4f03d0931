// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/segment_store.hpp"

#include "chain_reader.hpp"
#include "mark.hpp"
#include "opening.hpp"
#include "segment_format.hpp"
#include "segment_reader.hpp"
#include "segment_writer.hpp"
#include "store_error.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/store.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace comity::ledger {

struct SegmentStore::State {
    State(base::Disk& disk, const FoundStore& found)
        : identity(found.identity),
          size(found.end.entries),
          segments(disk, headers_of(found)),
          damage(found.damage) {}

    static std::vector<SegmentHeader> headers_of(const FoundStore& found) {
        std::vector<SegmentHeader> headers;
        for (const FoundSegment& segment : found.segments) headers.push_back(segment.header);
        return headers;
    }

    /// Remembers damage, the first that is found; the error for whoever asked.
    base::Unexpected<StoreError> note(const StoreDamage& found) {
        if (found.error.fault == StoreFault::kDamaged && !damage) damage = found;
        return base::Unexpected(found.error);
    }

    /// Whether more entries follow, or followed once, that are not good.
    bool ends_in_damage() const { return damage && damage->good_entries >= size; }

    StoreIdentity identity;
    std::uint64_t size;
    SegmentSet segments;
    std::optional<StoreDamage> damage;
    std::unique_ptr<SegmentWriter> writer;  ///< none where it takes no entries
    std::optional<ChainReader> scrub;
    seal::Sha256 sha256;
};

SegmentStore::SegmentStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
SegmentStore::~SegmentStore() = default;

namespace {

base::Expected<std::unique_ptr<base::DiskLock>, StoreError> take_lock(base::Disk& disk) {
    auto lock = disk.lock();
    if (!lock) return failed(lock.error(), "the lock");
    return *std::move(lock);
}

// Nothing, or what an interrupted `create` left.
base::Expected<void, StoreError> check_there_is_none(base::Disk& disk) {
    const auto segments = find_segments(disk);
    if (!segments) return base::Unexpected(segments.error());
    if (!segments->empty()) return refused(StoreFault::kExists, segment_name(segments->front()));
    const auto mark = find_mark(disk);
    const bool says_nothing = mark && (!*mark || (*mark)->mark.durable.groups == 0);
    if (says_nothing) return {};
    const bool is_there = mark || mark.error().fault == StoreFault::kDamaged ||
                          mark.error().fault == StoreFault::kNewer;
    if (!is_there) return base::Unexpected(mark.error());
    return refused(StoreFault::kExists, std::string(kMarkName) + ", of a store that is lost");
}

}  // namespace

base::Expected<std::unique_ptr<SegmentStore>, StoreError> SegmentStore::create(
    base::Disk& disk, const StoreIdentity& identity, const StoreOptions& options) {
    auto lock = take_lock(disk);
    if (!lock) return base::Unexpected(lock.error());
    if (auto none = check_there_is_none(disk); !none) return base::Unexpected(none.error());
    if (auto made = make_store(disk, identity, options.segment_size); !made) {
        return base::Unexpected(made.error());
    }
    const auto found = find_store(disk, identity);
    if (!found) return base::Unexpected(found.error());
    if (found->damage) return base::Unexpected(found->damage->error);
    auto state = std::make_unique<State>(disk, *found);
    auto writer = SegmentWriter::open(disk, *std::move(lock), *found, options.segment_size);
    if (!writer) return base::Unexpected(writer.error());
    state->writer = *std::move(writer);
    return std::unique_ptr<SegmentStore>(new SegmentStore(std::move(state)));
}

base::Expected<OpenedStore, StoreError> SegmentStore::open(base::Disk& disk, OpenMode mode,
                                                           const StoreOptions& options) {
    std::unique_ptr<base::DiskLock> lock;
    if (mode == OpenMode::kReadWrite) {
        auto taken = take_lock(disk);
        if (!taken) return base::Unexpected(taken.error());
        lock = *std::move(taken);
    }
    const auto found = find_store(disk, options.expected);
    if (!found) return base::Unexpected(found.error());
    auto state = std::make_unique<State>(disk, *found);
    std::uint64_t durable = found->mark ? found->mark->mark.durable.entries : 0;
    durable = std::min(durable, found->end.entries);
    if (lock && !found->damage) {
        // It makes all that it found durable.
        auto writer = SegmentWriter::open(disk, std::move(lock), *found, options.segment_size);
        if (!writer) return base::Unexpected(writer.error());
        state->writer = *std::move(writer);
        durable = found->end.entries;
    }
    return OpenedStore{.store = std::unique_ptr<SegmentStore>(new SegmentStore(std::move(state))),
                       .dropped = found->dropped,
                       .damage = found->damage,
                       .durable_entries = durable};
}

const StoreIdentity& SegmentStore::identity() const {
    return state_->identity;
}

std::uint64_t SegmentStore::size() const {
    return state_->size;
}

const std::optional<StoreDamage>& SegmentStore::damage() const {
    return state_->damage;
}

base::Expected<void, StoreError> SegmentStore::append(std::span<const EntryView> group) {
    State& state = *state_;
    if (state.damage) return refused(StoreFault::kReadOnly, state.damage->error.where);
    if (!state.writer) return refused(StoreFault::kReadOnly, "opened for reading");
    if (auto appended = state.writer->append(group); !appended) return appended;
    state.size = state.writer->end().entries;
    if (state.writer->segment().number == state.segments.size()) {
        state.segments.add(state.writer->segment());
    }
    return {};
}

base::Expected<Entry, StoreError> SegmentStore::read(std::uint64_t index) {
    State& state = *state_;
    std::optional<Entry> entry;
    if (index >= state.size) {
        if (state.ends_in_damage()) return base::Unexpected(state.damage->error);
        return refused(StoreFault::kOutside,
                       "entry " + std::to_string(index) + " of " + std::to_string(state.size));
    }
    const auto start = state.segments.find(index);
    if (!start) return state.note(start.error());
    auto reader = ChainReader::open(state.segments, *start, state.size, GroupReader::kAheadOne);
    if (!reader) return state.note(reader.error());
    const auto group = reader->next(state.sha256);
    if (!group) return state.note(group.error());
    EntryCursor cursor(group->entries);
    for (std::uint64_t at = group->header.before.entries; at < index; ++at) (void)cursor.next();
    const EntryView view = *cursor.next();
    return Entry{.kind = view.kind, .bytes = {view.bytes.begin(), view.bytes.end()}};
}

base::Expected<void, StoreError> SegmentStore::scan(std::uint64_t first, const Visit& visit) {
    State& state = *state_;
    if (first < state.size) {
        const auto start = state.segments.find(first);
        if (!start) return state.note(start.error());
        auto reader = ChainReader::open(state.segments, *start, state.size, GroupReader::kAheadAll);
        if (!reader) return state.note(reader.error());
        while (!reader->at_end()) {
            const auto group = reader->next(state.sha256);
            if (!group) return state.note(group.error());
            EntryCursor cursor(group->entries);
            std::uint64_t index = group->header.before.entries;
            while (const auto entry = cursor.next()) {
                if (index >= first && !visit(index, *entry)) return {};
                ++index;
            }
        }
    }
    if (state.ends_in_damage()) return base::Unexpected(state.damage->error);
    return {};
}

base::Expected<ScrubProgress, StoreError> SegmentStore::scrub(std::uint64_t step) {
    State& state = *state_;
    if (!state.scrub && state.size > 0) {
        auto reader = ChainReader::open(state.segments, {}, state.size, GroupReader::kAheadAll);
        if (!reader) return state.note(reader.error());
        state.scrub = *std::move(reader);
    }
    std::uint64_t read = 0;
    while (state.scrub && !state.scrub->at_end() && read < step) {
        const auto group = state.scrub->next(state.sha256);
        if (!group) {
            state.scrub.reset();
            return state.note(group.error());
        }
        read += group->extent;
    }
    ScrubProgress progress{.checked = state.size, .total = state.size, .done = true};
    if (state.scrub) {
        progress = {.checked = state.scrub->entries(),
                    .total = state.scrub->end(),
                    .done = state.scrub->at_end()};
    }
    if (progress.done) state.scrub.reset();
    return progress;
}

base::Expected<void, StoreError> SegmentStore::close() {
    if (!state_->writer) return {};
    return state_->writer->close();
}

}  // namespace comity::ledger
