// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/attachment_shelf.hpp"

#include "comity/base/bytes.hpp"
#include "comity/base/check.hpp"
#include "comity/ledger/replace_file.hpp"

#include <algorithm>

namespace comity::server {

base::Expected<seal::Hash, base::DiskError> AttachmentShelf::put(const Attachment& attachment) {
    COMITY_CHECK(attachment.content.size() <= kMaxContent);
    const auto content = base::bytes_of(attachment.content);
    const seal::Hash commitment = ledger::commit(attachment.key, content);
    std::string file(base::text_of(attachment.key));
    file += attachment.content;
    const std::unique_lock lock(disk_mutex_);
    const auto kept =
        ledger::replace_file(disk_, base::to_hex(commitment.span()), base::bytes_of(file));
    if (!kept) return base::Unexpected(kept.error().error);
    remember(commitment, attachment.content);
    return commitment;
}

std::optional<Attachment> AttachmentShelf::get(const seal::Hash& commitment) {
    Attachment found;
    const std::unique_lock lock(disk_mutex_);
    const auto file =
        ledger::read_file(disk_, base::to_hex(commitment.span()), found.key.size() + kMaxContent);
    if (!file || file->size() < found.key.size()) return std::nullopt;
    const auto key = base::bytes_of(*file).first(found.key.size());
    std::ranges::copy(key, found.key.begin());
    found.content = file->substr(found.key.size());
    if (!ledger::opens(commitment, found.key, base::bytes_of(found.content))) return std::nullopt;
    return found;
}

std::string AttachmentShelf::text(const seal::Hash& commitment) {
    {
        const std::lock_guard lock(mutex_);
        const auto known = remembered_.find(commitment);
        if (known != remembered_.end()) return known->second;
    }
    const auto found = get(commitment);
    if (!found) return {};
    remember(commitment, found->content);
    return found->content;
}

// What cannot be removed is a file that nobody asks for.
void AttachmentShelf::erase(const seal::Hash& commitment) {
    {
        const std::lock_guard lock(disk_mutex_);
        (void)disk_.remove(base::to_hex(commitment.span()));
    }
    const std::lock_guard lock(mutex_);
    remembered_.erase(commitment);
}

void AttachmentShelf::remember(const seal::Hash& commitment, const std::string& content) {
    const std::lock_guard lock(mutex_);
    if (remembered_.size() >= kMaxRemembered) remembered_.clear();
    remembered_.insert_or_assign(commitment, content);
}

}  // namespace comity::server
