// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/accord/state_hash.hpp"

#include "comity/base/bytes.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace comity::accord {
StateHash::StateHash()
    : buckets_(kBuckets), hashes_(kBuckets, seal::sha256({})), groups_(kBuckets / kGroup) {
    for (const seal::Hash& hash : std::span(hashes_).first(kGroup)) hasher_.update(hash.span());
    std::ranges::fill(groups_, hasher_.finish());
}

void StateHash::put(const std::string& name, std::span<const std::byte> bytes) {
    const auto size = static_cast<std::uint32_t>(name.size());
    const std::array<std::byte, 4> length{
        static_cast<std::byte>(size >> 24U), static_cast<std::byte>(size >> 16U),
        static_cast<std::byte>(size >> 8U), static_cast<std::byte>(size)};
    auto& objects = bucket_of(name).objects;
    const auto place = std::ranges::lower_bound(objects, name, {}, &Object::name);
    const seal::Hash hash = hasher_.of({length, base::bytes_of(name), bytes});
    if (place != objects.end() && place->name == name) {
        place->hash = hash;
    } else {
        objects.insert(place, {.name = name, .hash = hash});
    }
}

void StateHash::erase(const std::string& name) {
    auto& objects = bucket_of(name).objects;
    const auto place = std::ranges::lower_bound(objects, name, {}, &Object::name);
    if (place != objects.end() && place->name == name) objects.erase(place);
}

StateHash::Bucket& StateHash::bucket_of(std::string_view name) {
    const seal::Hash hash = hasher_.of(base::bytes_of(name));
    const std::size_t index = (std::to_integer<std::size_t>(hash.bytes[0]) << 8U) |
                              std::to_integer<std::size_t>(hash.bytes[1]);
    Bucket& bucket = buckets_[index];
    if (!bucket.is_dirty) dirty_.push_back(index);
    bucket.is_dirty = true;
    return bucket;
}

seal::Hash StateHash::root() {
    std::vector<bool> is_dirty(groups_.size());
    for (const std::size_t index : dirty_) {
        Bucket& bucket = buckets_[index];
        for (const Object& object : bucket.objects) hasher_.update(object.hash.span());
        hashes_[index] = hasher_.finish();
        bucket.is_dirty = false;
        is_dirty[index / kGroup] = true;
    }
    dirty_.clear();
    for (std::size_t group = 0; group < groups_.size(); ++group) {
        if (!is_dirty[group]) continue;
        for (const seal::Hash& hash : std::span(hashes_).subspan(group * kGroup, kGroup)) {
            hasher_.update(hash.span());
        }
        groups_[group] = hasher_.finish();
    }
    for (const seal::Hash& hash : groups_) hasher_.update(hash.span());
    return hasher_.finish();
}

}  // namespace comity::accord
