// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "zstd_codec.hpp"

#include "comity/base/check.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include <zstd.h>

namespace comity::recording {
namespace {

// Feeds of text become four times smaller; a higher level takes twice the time for a tenth more.
constexpr int kLevel = 3;

}  // namespace

void Compressor::Free::operator()(ZSTD_CCtx_s* context) const {
    ZSTD_freeCCtx(context);
}

Compressor::Compressor() : context_(ZSTD_createCCtx()) {
    COMITY_CHECK(context_ != nullptr);
}

Compressor::~Compressor() = default;

void Compressor::compress(std::span<const std::byte> bytes, std::vector<std::byte>& out) {
    const std::size_t before = out.size();
    out.resize(before + ZSTD_compressBound(bytes.size()));
    const std::size_t size =
        ZSTD_compressCCtx(context_.get(), out.data() + before, out.size() - before, bytes.data(),
                          bytes.size(), kLevel);
    COMITY_CHECK(ZSTD_isError(size) == 0);
    out.resize(before + size);
}

std::size_t compressed_bound(std::size_t length) {
    return ZSTD_compressBound(length);
}

std::optional<std::vector<std::byte>> expand(std::span<const std::byte> compressed,
                                             std::size_t length) {
    if (ZSTD_getFrameContentSize(compressed.data(), compressed.size()) != length) {
        return std::nullopt;
    }
    // One frame and nothing behind it; a frame that is cut gives an error, which is no such size.
    if (ZSTD_findFrameCompressedSize(compressed.data(), compressed.size()) != compressed.size()) {
        return std::nullopt;
    }
    std::vector<std::byte> bytes(length);
    const std::size_t size =
        ZSTD_decompress(bytes.data(), bytes.size(), compressed.data(), compressed.size());
    if (size != length) return std::nullopt;
    return bytes;
}

}  // namespace comity::recording
