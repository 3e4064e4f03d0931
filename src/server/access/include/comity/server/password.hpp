// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace comity::server {

/// What a password may have, in bytes; longer ones are of nobody.
inline constexpr std::size_t kMaxPassword = 1024;

/// What a hash costs whoever makes or checks one (argon2id).
struct PasswordCost {
    std::uint64_t passes = 2;
    std::size_t memory_bytes = std::size_t{64} << 20U;
    /// The least that the algorithm takes, for tests.
    static constexpr PasswordCost least() { return {.passes = 1, .memory_bytes = 8192}; }
};

/// "$argon2id$v=19$m=65536,t=2,p=1$...", with a salt of its own. Slow by design: as slow as
/// `verify_password`. Memory that cannot be had fails a check.
std::string hash_password(std::string_view password, const PasswordCost& cost);

/// Whether it is such a text, and costs at most 256 MiB and 8 passes to check.
bool is_password_hash(std::string_view text);

/// Whether the password is the one of this hash. An empty hash is that of nobody: the answer is no,
/// and takes as long as at the usual cost, so that the time does not tell whether a person is
/// known. Slow by design (about 0.1 s and 64 MiB): never on a thread that has other things to do.
/// From any thread.
bool verify_password(std::string_view hash, std::string_view password);

}  // namespace comity::server
