// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>

// OpenSSL's names, so that its headers stay out of this one.
struct evp_md_ctx_st;
struct evp_md_st;

namespace comity::seal {

/// A SHA-256 digest (FIPS 180-4). Ordered by its bytes. A value; the default is all zeros.
struct Hash {
    static constexpr std::size_t kSize = 32;

    std::array<std::byte, kSize> bytes{};

    /// Absent where there are not exactly kSize bytes.
    static std::optional<Hash> from(std::span<const std::byte> bytes);
    /// Views this hash.
    std::span<const std::byte, kSize> span() const { return bytes; }

    friend constexpr auto operator<=>(const Hash&, const Hash&) = default;
};

/// Hashes one message after the other. To make one costs about as much as to hash three messages
/// of 500 bytes: whoever hashes many keeps one. From one thread at a time. A resource.
///
/// A library that cannot hash fails a check: every step of it is checked, since OpenSSL's context
/// goes on in silence where a step is ignored.
class Sha256 {
  public:
    Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    ~Sha256();

    /// Adds to the message.
    Sha256& update(std::span<const std::byte> bytes);
    /// The digest of the message; the next message begins, empty.
    Hash finish();

    /// The digest of a whole message, and of one in parts. Between messages only.
    Hash of(std::span<const std::byte> message);
    Hash of(std::initializer_list<std::span<const std::byte>> parts);

  private:
    void begin();

    struct FreeAlgorithm {
        void operator()(evp_md_st* algorithm) const;
    };
    struct FreeContext {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_st, FreeAlgorithm> algorithm_;
    std::unique_ptr<evp_md_ctx_st, FreeContext> context_;
    bool in_message_ = false;
};

/// The digest of one message, with a hasher of its own.
Hash sha256(std::span<const std::byte> message);

/// HMAC-SHA-256 (RFC 2104, FIPS 198-1) under one key, for many messages. The key is wiped at the
/// end. From one thread at a time. A resource.
class HmacSha256 {
  public:
    /// A key of any length; longer ones than 64 bytes count by their digest.
    explicit HmacSha256(std::span<const std::byte> key);
    HmacSha256(const HmacSha256&) = delete;
    HmacSha256& operator=(const HmacSha256&) = delete;
    ~HmacSha256();

    Hash of(std::span<const std::byte> message);

  private:
    static constexpr std::size_t kBlock = 64;

    std::array<std::byte, kBlock> inner_{};
    std::array<std::byte, kBlock> outer_{};
    Sha256 hasher_;
};

/// HMAC-SHA-256 of one message.
Hash hmac_sha256(std::span<const std::byte> key, std::span<const std::byte> message);

}  // namespace comity::seal
