// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

// The library's name, so that its header stays out of this one.
struct ZSTD_CCtx_s;

namespace comity::recording {

/// Compresses one piece after the other: its working memory, which costs more to make than a small
/// chunk to compress, is kept. A resource.
class Compressor {
  public:
    Compressor();
    Compressor(const Compressor&) = delete;
    Compressor& operator=(const Compressor&) = delete;
    ~Compressor();

    /// Appends one zstd frame, which states the length of what is in it.
    void compress(std::span<const std::byte> bytes, std::vector<std::byte>& out);

  private:
    struct Free {
        void operator()(ZSTD_CCtx_s* context) const;
    };
    std::unique_ptr<ZSTD_CCtx_s, Free> context_;
};

/// The most bytes that a zstd frame of so many may take.
std::size_t compressed_bound(std::size_t length);

/// What is in the one zstd frame that these bytes are, where it states this length and has it. No
/// room is taken for one that states another.
std::optional<std::vector<std::byte>> expand(std::span<const std::byte> compressed,
                                             std::size_t length);

}  // namespace comity::recording
