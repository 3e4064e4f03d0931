// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/testing/memory_disk.hpp"

#include "comity/base/check.hpp"
#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/base/testing/seeded_entropy.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace comity::base::testing {
namespace {

using Block = std::array<std::byte, File::kBlock>;

/// What was written to one block since it was last durable.
struct Pending {
    std::vector<Block> versions;
    bool dropped = false;  ///< a sync that failed gave it up: no later sync makes it durable
};

// The part of `bytes` that is block `index`, the bytes behind the end 0.
Block block_of(std::span<const std::byte> bytes, std::uint64_t index) {
    Block block{};
    const std::size_t begin = std::min<std::size_t>(index * File::kBlock, bytes.size());
    const auto part = bytes.subspan(begin, std::min(File::kBlock, bytes.size() - begin));
    std::copy(part.begin(), part.end(), block.begin());
    return block;
}

void put_block(std::vector<std::byte>& bytes, std::uint64_t index, const Block& block) {
    const std::size_t begin = index * File::kBlock;
    if (bytes.size() < begin + File::kBlock) bytes.resize(begin + File::kBlock);
    std::copy(block.begin(), block.end(), bytes.begin() + static_cast<std::ptrdiff_t>(begin));
}

}  // namespace

struct MemoryDisk::Contents {
    std::vector<std::byte> bytes;    // as reads see them
    std::vector<std::byte> durable;  // blocks; what is behind its end is 0
    std::map<std::uint64_t, Pending> pending;
    std::vector<std::uint64_t> sizes{0};  // the durable one, then each since

    void resize(std::uint64_t size) {
        bytes.resize(size);
        sizes.push_back(size);
    }

    void write(std::uint64_t offset, std::span<const std::byte> from) {
        if (from.empty()) return;
        const std::uint64_t end = offset + from.size();
        if (end > bytes.size()) resize(end);
        std::copy(from.begin(), from.end(), bytes.begin() + static_cast<std::ptrdiff_t>(offset));
        for (std::uint64_t i = offset / File::kBlock; i * File::kBlock < end; ++i) {
            Pending& block = pending[i];
            block.versions.push_back(block_of(bytes, i));
            block.dropped = false;
        }
    }

    void sync() {
        for (auto at = pending.begin(); at != pending.end();) {
            if (at->second.dropped) {
                ++at;
                continue;
            }
            put_block(durable, at->first, at->second.versions.back());
            at = pending.erase(at);
        }
        sizes = {bytes.size()};
    }

    void drop_pending() {
        for (auto& [index, block] : pending) block.dropped = true;
    }

    void crash(SplitMix64& random) {
        for (const auto& [index, block] : pending) {
            const std::uint64_t choice = random.below(block.versions.size() + 1);
            if (choice > 0) put_block(durable, index, block.versions.at(choice - 1));
        }
        pending.clear();
        sizes = {sizes.at(random.below(sizes.size()))};
        durable.resize(sizes.front());
        bytes = durable;
    }
};

class MemoryDisk::OpenFile final : public File {
  public:
    OpenFile(MemoryDisk& disk, std::shared_ptr<Contents> contents)
        : disk_(disk), contents_(std::move(contents)), crash_count_(disk.crash_count_) {}

    Expected<std::uint64_t, DiskError> size() override {
        if (const auto error = failure(false)) return Unexpected(*error);
        return contents_->bytes.size();
    }

    Expected<void, DiskError> preallocate(std::uint64_t size) override {
        if (const auto error = failure(true)) return Unexpected(*error);
        if (size <= contents_->bytes.size()) return {};
        if (!has_room_up_to(size)) return Unexpected(DiskError::kNoSpace);
        contents_->resize(size);
        return {};
    }

    Expected<void, DiskError> write_at(std::uint64_t offset,
                                       std::span<const std::byte> bytes) override {
        if (const auto error = failure(true)) {
            if (!broken_ && !stale() && has_room_up_to(offset + bytes.size())) {
                contents_->write(offset, bytes.first(disk_.random_.below(bytes.size() + 1)));
            }
            return Unexpected(*error);
        }
        if (!has_room_up_to(offset + bytes.size())) return Unexpected(DiskError::kNoSpace);
        contents_->write(offset, bytes);
        return {};
    }

    Expected<std::size_t, DiskError> read_at(std::uint64_t offset,
                                             std::span<std::byte> bytes) override {
        if (const auto error = failure(false)) return Unexpected(*error);
        const std::span<const std::byte> all = contents_->bytes;
        const std::size_t begin = std::min<std::uint64_t>(offset, all.size());
        const auto part = all.subspan(begin, std::min(bytes.size(), all.size() - begin));
        std::copy(part.begin(), part.end(), bytes.begin());
        return part.size();
    }

    Expected<void, DiskError> sync() override {
        if (const auto error = failure(true)) {
            if (!broken_ && !stale()) contents_->drop_pending();
            broken_ = true;
            return Unexpected(*error);
        }
        contents_->sync();
        return {};
    }

  private:
    bool stale() const { return crash_count_ != disk_.crash_count_; }

    // Counts a call; why it fails, if it does.
    std::optional<DiskError> failure(bool changes) {
        const auto error = disk_.next_call();
        if (stale()) return DiskError::kIo;
        if (changes && broken_) return DiskError::kBroken;
        return error;
    }

    bool has_room_up_to(std::uint64_t size) {
        const std::uint64_t now = contents_->bytes.size();
        return size <= now || disk_.has_room_for(size - now);
    }

    MemoryDisk& disk_;
    std::shared_ptr<Contents> contents_;
    std::uint64_t crash_count_;
    bool broken_ = false;
};

MemoryDisk::MemoryDisk(std::uint64_t seed, std::uint64_t capacity)
    : random_(seed), capacity_(capacity), names_(1) {}

MemoryDisk::~MemoryDisk() = default;

Expected<std::unique_ptr<File>, DiskError> MemoryDisk::create(std::string_view name) {
    COMITY_CHECK(is_file_name(name));
    if (const auto error = next_call()) return Unexpected(*error);
    Names names = names_.back();
    if (names.contains(name)) return Unexpected(DiskError::kExists);
    auto contents = std::make_shared<Contents>();
    contents_.push_back(contents);
    names.emplace(name, contents);
    set_names(std::move(names));
    return opened(std::move(contents));
}

Expected<std::unique_ptr<File>, DiskError> MemoryDisk::open(std::string_view name) {
    COMITY_CHECK(is_file_name(name));
    if (const auto error = next_call()) return Unexpected(*error);
    const auto found = names_.back().find(name);
    if (found == names_.back().end()) return Unexpected(DiskError::kNotFound);
    return opened(found->second);
}

Expected<void, DiskError> MemoryDisk::remove(std::string_view name) {
    COMITY_CHECK(is_file_name(name));
    if (const auto error = next_call()) return Unexpected(*error);
    Names names = names_.back();
    const auto found = names.find(name);
    if (found == names.end()) return Unexpected(DiskError::kNotFound);
    names.erase(found);
    set_names(std::move(names));
    return {};
}

Expected<void, DiskError> MemoryDisk::rename(std::string_view from, std::string_view to) {
    COMITY_CHECK(is_file_name(from) && is_file_name(to));
    if (const auto error = next_call()) return Unexpected(*error);
    Names names = names_.back();
    const auto found = names.find(from);
    if (found == names.end()) return Unexpected(DiskError::kNotFound);
    auto contents = std::move(found->second);
    names.erase(found);
    names.insert_or_assign(std::string(to), std::move(contents));
    set_names(std::move(names));
    return {};
}

Expected<std::vector<std::string>, DiskError> MemoryDisk::list() {
    if (const auto error = next_call()) return Unexpected(*error);
    std::vector<std::string> names;
    for (const auto& [name, contents] : names_.back()) names.push_back(name);
    return names;
}

Expected<void, DiskError> MemoryDisk::sync_directory() {
    if (const auto error = next_call()) return Unexpected(*error);
    names_.erase(names_.begin(), names_.end() - 1);
    return {};
}

class MemoryDisk::Lock final : public DiskLock {
  public:
    explicit Lock(std::shared_ptr<int> holder) : holder_(std::move(holder)) {}

  private:
    std::shared_ptr<int> holder_;
};

Expected<std::unique_ptr<DiskLock>, DiskError> MemoryDisk::lock() {
    if (const auto error = next_call()) return Unexpected(*error);
    if (!lock_holder_.expired()) return Unexpected(DiskError::kBusy);
    auto holder = std::make_shared<int>();
    lock_holder_ = holder;
    return std::make_unique<Lock>(std::move(holder));
}

void MemoryDisk::crash() {
    ++crash_count_;
    lock_holder_.reset();
    Names names = std::move(names_.at(random_.below(names_.size())));
    names_.clear();
    names_.push_back(std::move(names));
    for (auto& [name, contents] : names_.front()) contents->crash(random_);
}

void MemoryDisk::fail_call(std::uint64_t n, DiskError error) {
    COMITY_CHECK(n > 0);
    failing_call_ = call_count_ + n;
    failing_with_ = error;
}

std::optional<DiskError> MemoryDisk::next_call() {
    ++call_count_;
    if (call_count_ != failing_call_) return std::nullopt;
    return failing_with_;
}

bool MemoryDisk::has_room_for(std::uint64_t bytes) {
    std::uint64_t used = 0;
    std::erase_if(contents_, [](const auto& contents) { return contents.expired(); });
    for (const auto& contents : contents_) used += contents.lock()->bytes.size();
    return used <= capacity_ && bytes <= capacity_ - used;
}

std::unique_ptr<File> MemoryDisk::opened(std::shared_ptr<Contents> contents) {
    return std::make_unique<OpenFile>(*this, std::move(contents));
}

void MemoryDisk::set_names(Names names) {
    names_.push_back(std::move(names));
}

}  // namespace comity::base::testing
