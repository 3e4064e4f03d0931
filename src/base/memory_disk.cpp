// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/memory_disk.hpp"

#include "comity/base/check.hpp"
#include "comity/base/expected.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace comity::base {
namespace {

constexpr std::size_t kPage = 4096;
using Page = std::array<std::byte, kPage>;

}  // namespace

// The bytes of a file in pages: to grow copies nothing, and a page that nobody wrote is none.
class MemoryDisk::Contents {
  public:
    explicit Contents(std::uint64_t& free) : free_(free) {}
    Contents(const Contents&) = delete;
    Contents& operator=(const Contents&) = delete;
    ~Contents() { free_ += size_; }

    std::uint64_t size() const { return size_; }

    // False where there is no room.
    bool grow(std::uint64_t size) {
        if (size <= size_) return true;
        if (size - size_ > free_) return false;
        free_ -= size - size_;
        size_ = size;
        pages_.resize((size + kPage - 1) / kPage);
        return true;
    }

    void write(std::uint64_t offset, std::span<const std::byte> from) {
        while (!from.empty()) {
            const std::size_t begin = offset % kPage;
            const auto part = from.first(std::min(from.size(), kPage - begin));
            auto& page = pages_[offset / kPage];
            if (!page) page = std::make_unique<Page>();
            std::ranges::copy(part, std::span(*page).subspan(begin).begin());
            from = from.subspan(part.size());
            offset += part.size();
        }
    }

    std::size_t read(std::uint64_t offset, std::span<std::byte> to) const {
        if (offset >= size_) return 0;
        to = to.first(std::min<std::uint64_t>(to.size(), size_ - offset));
        for (std::size_t done = 0; done < to.size();) {
            const std::size_t begin = (offset + done) % kPage;
            const auto part = to.subspan(done, std::min(to.size() - done, kPage - begin));
            if (const auto& page = pages_[(offset + done) / kPage]) {
                std::ranges::copy(std::span(*page).subspan(begin, part.size()), part.begin());
            } else {
                std::ranges::fill(part, std::byte{0});
            }
            done += part.size();
        }
        return to.size();
    }

  private:
    std::uint64_t& free_;
    std::uint64_t size_ = 0;
    std::vector<std::unique_ptr<Page>> pages_;
};

class MemoryDisk::OpenFile final : public File {
  public:
    explicit OpenFile(std::shared_ptr<Contents> contents) : contents_(std::move(contents)) {}

    Expected<std::uint64_t, DiskError> size() override { return contents_->size(); }

    Expected<void, DiskError> preallocate(std::uint64_t size) override {
        if (!contents_->grow(size)) return Unexpected(DiskError::kNoSpace);
        return {};
    }

    Expected<void, DiskError> write_at(std::uint64_t offset,
                                       std::span<const std::byte> bytes) override {
        if (bytes.empty()) return {};
        const bool is_beyond_all = bytes.size() > UINT64_MAX - offset;
        if (is_beyond_all || !contents_->grow(offset + bytes.size())) {
            return Unexpected(DiskError::kNoSpace);
        }
        contents_->write(offset, bytes);
        return {};
    }

    Expected<std::size_t, DiskError> read_at(std::uint64_t offset,
                                             std::span<std::byte> bytes) override {
        return contents_->read(offset, bytes);
    }

    Expected<void, DiskError> sync() override { return {}; }

  private:
    std::shared_ptr<Contents> contents_;
};

class MemoryDisk::Lock final : public DiskLock {
  public:
    explicit Lock(bool& is_locked) : is_locked_(is_locked) { is_locked_ = true; }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    ~Lock() override { is_locked_ = false; }

  private:
    bool& is_locked_;
};

MemoryDisk::MemoryDisk(std::uint64_t capacity) : free_(capacity) {}

MemoryDisk::~MemoryDisk() = default;

Expected<std::unique_ptr<File>, DiskError> MemoryDisk::create(std::string_view name) {
    COMITY_CHECK(is_file_name(name));
    const auto [file, is_new] = files_.try_emplace(std::string(name));
    if (!is_new) return Unexpected(DiskError::kExists);
    file->second = std::make_shared<Contents>(free_);
    return std::make_unique<OpenFile>(file->second);
}

Expected<std::unique_ptr<File>, DiskError> MemoryDisk::open(std::string_view name) {
    COMITY_CHECK(is_file_name(name));
    const auto found = files_.find(name);
    if (found == files_.end()) return Unexpected(DiskError::kNotFound);
    return std::make_unique<OpenFile>(found->second);
}

Expected<void, DiskError> MemoryDisk::remove(std::string_view name) {
    COMITY_CHECK(is_file_name(name));
    const auto found = files_.find(name);
    if (found == files_.end()) return Unexpected(DiskError::kNotFound);
    files_.erase(found);
    return {};
}

Expected<void, DiskError> MemoryDisk::rename(std::string_view from, std::string_view to) {
    COMITY_CHECK(is_file_name(from) && is_file_name(to));
    const auto found = files_.find(from);
    if (found == files_.end()) return Unexpected(DiskError::kNotFound);
    auto contents = std::move(found->second);
    files_.erase(found);
    files_.insert_or_assign(std::string(to), std::move(contents));
    return {};
}

Expected<std::vector<std::string>, DiskError> MemoryDisk::list() {
    std::vector<std::string> names;
    names.reserve(files_.size());
    for (const auto& [name, contents] : files_) names.push_back(name);
    return names;
}

Expected<void, DiskError> MemoryDisk::sync_directory() {
    return {};
}

Expected<std::unique_ptr<DiskLock>, DiskError> MemoryDisk::lock() {
    if (is_locked_) return Unexpected(DiskError::kBusy);
    return std::make_unique<Lock>(is_locked_);
}

}  // namespace comity::base
