// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/ledger/attachment.hpp"
#include "comity/ledger/tree_proof.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Receipts, version 1, as text (docs/formats/receipt.md). What they show is in receipt_check.hpp.
namespace comity::ledger {

/// Which of the trees below a slot the record is in.
enum class EntryTree : std::uint8_t { kFiled, kDelivered, kRecords };

/// An attachment as a receipt shows it: open, or erased.
struct ShownAttachment {
    struct Opening {
        AttachmentKey key{};
        std::vector<std::byte> content;
        friend bool operator==(const Opening&, const Opening&) = default;
    };
    std::string name;
    std::optional<Opening> opening;  ///< absent: its key was destroyed
    friend bool operator==(const ShownAttachment&, const ShownAttachment&) = default;
};

/// The parts of a receipt, not checked against each other. A value.
struct Receipt {
    static constexpr std::size_t kMaxBytes = std::size_t{64} << 20;
    static constexpr std::size_t kMaxHashes = 63;  ///< of one inclusion proof
    static constexpr std::size_t kMaxAttachments = 64;

    std::string log_proof;  ///< C2SP tlog-proof of the tick's leaf, as it stands in the file
    std::vector<std::byte> tick;
    LeafPlace slot_place;
    std::vector<std::byte> slot;
    Proof slot_proof;
    EntryTree tree = EntryTree::kFiled;
    LeafPlace entry_place;
    Proof entry_proof;
    std::vector<std::byte> record;
    std::vector<ShownAttachment> attachments;
};

enum class [[nodiscard]] ReceiptFault : std::uint8_t{
    kTooLarge,            ///< more than kMaxBytes
    kNoReceipt,           ///< no line `comity-receipt v1`: at best a proof alone
    kLine,                ///< another line than the one that stands here
    kNumber,              ///< no decimal number without leading zeros, or over 2^63 - 1
    kBase64,              ///< no base64, or of another length than it must have
    kTooManyHashes,       ///< a proof with more hashes than any tree has levels
    kTree,                ///< none of filed, delivered, records
    kAttachmentName,      ///< a name that is empty, too long, twice, or not escaped as it must be
    kTooManyAttachments,  ///< more than kMaxAttachments
    kNoFinalNewline,      ///< the last line has no end
};

/// Words for a person: what was expected.
const char* to_string(ReceiptFault fault);

struct ReceiptError {
    ReceiptFault fault;
    std::size_t line;  ///< counted from 1
    friend bool operator==(const ReceiptError&, const ReceiptError&) = default;
};

base::Expected<Receipt, ReceiptError> parse_receipt(std::string_view text);

/// What it writes parses to the same parts.
std::string format_receipt(const Receipt& receipt);

}  // namespace comity::ledger
