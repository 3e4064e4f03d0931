// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/chart/file_buffer.hpp"

#include "comity/base/check.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace comity::chart {

FileBuffer::FileBuffer(std::size_t size)
    : memory_(std::make_unique_for_overwrite<std::byte[]>(size + kPadding)), size_(size) {
    truncate(size);
}

FileBuffer FileBuffer::copy_of(std::string_view text) {
    FileBuffer buffer(text.size());
    std::copy(text.begin(), text.end(), reinterpret_cast<char*>(buffer.memory_.get()));
    return buffer;
}

void FileBuffer::truncate(std::size_t size) {
    COMITY_CHECK(size <= size_);
    size_ = size;
    std::memset(memory_.get() + size_, 0, kPadding);
}

}  // namespace comity::chart
