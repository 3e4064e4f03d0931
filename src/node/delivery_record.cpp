// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "delivery_record.hpp"

#include "comity/base/check.hpp"
#include "comity/ledger/attachment.hpp"

namespace comity::node {

ledger::node::Level level_of(accord::Level level) {
    switch (level) {
        case accord::Level::kFull:
            return ledger::node::Level::kFull;
        case accord::Level::kVolume:
            return ledger::node::Level::kVolume;
        case accord::Level::kCells:
            return ledger::node::Level::kCells;
        case accord::Level::kNone:
            break;
    }
    COMITY_CHECK(level != accord::Level::kNone);
    return ledger::node::Level::kCells;
}

ledger::node::Delivery delivery_record(ledger::LedgerSecret& secret, const ledger::Hash& salt,
                                       const accord::Released& released, std::uint64_t number,
                                       std::string_view bytes) {
    const ledger::AttachmentKey key = secret.invented("delivery", salt).bytes;
    return {.addressee = released.to.value(),
            .number = number,
            .item = to_string(released.item),
            .version = released.version,
            .level = level_of(released.level),
            .content = ledger::commit(key, std::as_bytes(std::span(bytes)))};
}

}  // namespace comity::node
