// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/seal/hash.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace comity::accord {

/// The hash of a set of named objects, kept as they change (docs/formats/state-hash.md): each
/// object lies in one of kBuckets buckets, by the first 16 bits of SHA-256 of its name; an object's
/// hash is SHA-256(length of the name, u32, name, bytes), a bucket's is SHA-256 of the hashes of
/// its objects by ascending name, a group's that of its kGroup buckets' hashes, and the hash of all
/// that of all groups' hashes. The order of the changes does not count. A resource.
class StateHash {
  public:
    static constexpr std::size_t kBuckets = 65'536;
    static constexpr std::size_t kGroup = 256;

    StateHash();

    void put(const std::string& name, std::span<const std::byte> bytes);
    void erase(const std::string& name);
    seal::Hash root();

  private:
    struct Object {
        std::string name;
        seal::Hash hash;
    };
    struct Bucket {
        std::vector<Object> objects;  ///< by ascending name
        bool is_dirty = false;
    };
    Bucket& bucket_of(std::string_view name);

    seal::Sha256 hasher_;
    std::vector<Bucket> buckets_;
    std::vector<seal::Hash> hashes_;  ///< of the buckets
    std::vector<seal::Hash> groups_;
    std::vector<std::size_t> dirty_;
};

}  // namespace comity::accord
