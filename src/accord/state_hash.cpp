// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/accord/state_hash.hpp"

#include <cstdint>

namespace comity::accord {
namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text));
}

}  // namespace

StateHash::StateHash() : buckets_(kBuckets), hashes_(kBuckets, seal::sha256({})) {}

void StateHash::put(const std::string& name, std::span<const std::byte> bytes) {
    const auto size = static_cast<std::uint32_t>(name.size());
    const std::array<std::byte, 4> length{
        static_cast<std::byte>(size >> 24U), static_cast<std::byte>(size >> 16U),
        static_cast<std::byte>(size >> 8U), static_cast<std::byte>(size)};
    bucket_of(name).objects[name] = hasher_.of({length, bytes_of(name), bytes});
}

void StateHash::erase(const std::string& name) {
    bucket_of(name).objects.erase(name);
}

StateHash::Bucket& StateHash::bucket_of(std::string_view name) {
    const seal::Hash hash = hasher_.of(bytes_of(name));
    const std::size_t index = (std::to_integer<std::size_t>(hash.bytes[0]) << 4U) |
                              (std::to_integer<std::size_t>(hash.bytes[1]) >> 4U);
    Bucket& bucket = buckets_[index];
    if (!bucket.is_dirty) dirty_.push_back(index);
    bucket.is_dirty = true;
    return bucket;
}

seal::Hash StateHash::root() {
    for (const std::size_t index : dirty_) {
        Bucket& bucket = buckets_[index];
        for (const auto& [name, hash] : bucket.objects) hasher_.update(hash.span());
        hashes_[index] = hasher_.finish();
        bucket.is_dirty = false;
    }
    dirty_.clear();
    for (const seal::Hash& hash : hashes_) hasher_.update(hash.span());
    return hasher_.finish();
}

}  // namespace comity::accord
