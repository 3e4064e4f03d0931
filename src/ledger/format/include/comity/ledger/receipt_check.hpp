// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/ledger/envelope.hpp"
#include "comity/ledger/policy.hpp"
#include "comity/ledger/receipt.hpp"
#include "comity/ledger/record.hpp"
#include "comity/ledger/tick.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What a receipt shows to someone who trusts only the log's key (docs/formats/receipt.md, "What a
/// verifier checks").
namespace comity::ledger {

/// On whose word a record says what it says.
enum class Attribution : std::uint8_t {
    kSigned,   ///< its author's, under the author's own key
    kVouched,  ///< the node's, which wrote it down for a party
    kNode,     ///< the node's own
};

struct AttachmentState {
    enum class State : std::uint8_t {
        kOpened,    ///< content and key are in the receipt and are those that were committed to
        kErased,    ///< the receipt says that its key was destroyed
        kNotShown,  ///< committed to, and not in the receipt
    };
    std::string name;
    State state = State::kNotShown;
    std::size_t size = 0;  ///< of the opened content, bytes
    friend bool operator==(const AttachmentState&, const AttachmentState&) = default;
};

/// All of it holds.
struct ReceiptFindings {
    TrustedCheckpoint log;
    Tick tick;
    LeafPlace slot_place;
    EntryTree tree = EntryTree::kFiled;
    LeafPlace entry_place;
    std::string party;  ///< whose slot it is; empty of the record sequence
    Record record;
    Attribution attribution = Attribution::kNode;
    std::optional<Envelope> envelope;  ///< of a request
    std::vector<AttachmentState> attachments;
};

enum class [[nodiscard]] ReceiptRefusal : std::uint8_t{
    kLogProof,        ///< the part above `comity-receipt v1` is no C2SP proof
    kLog,             ///< that proof does not hold: signature, quorum or hashes
    kTick,            ///< the tick is none
    kSlot,            ///< the slot is none
    kSlotCount,       ///< the number of slots is no power of two from 16 on
    kSlotProof,       ///< the slot does not lead to the tick's root
    kCount,           ///< another number of entries than the slot states
    kEntryProof,      ///< the record does not lead to the root that the slot states
    kRecord,          ///< the record is none
    kSlotKind,        ///< the slot is not of the kind that the tree's name says
    kNotADelivery,    ///< under `delivered`, a record that is no delivery
    kDeliveryNumber,  ///< a delivery whose number is not its place among the addressee's
    kNotARequest,     ///< under `filed`, a record of the node
    kOtherParty,      ///< the slot is another party's than the record's
    kEnvelope,        ///< the request is no envelope, or not signed as one
    kSignature,       ///< the author's signature does not verify
    kVouchedKey,      ///< a request without signature that names a key
    kOtherLog,        ///< the request was meant for another log
    kTime,            ///< recorded after the second that the tick closes
    kAttachment,      ///< an attachment that the record does not commit to, or not to this content
};

/// Words for a person: what does not hold.
const char* to_string(ReceiptRefusal refusal);

struct ReceiptRefused {
    ReceiptRefusal refusal;
    std::string detail;  ///< what the part that refused it says of it; may be empty
};

/// Everything that docs/formats/receipt.md lists, under a policy that names the log's key. One
/// thing that does not hold refuses the whole.
base::Expected<ReceiptFindings, ReceiptRefused> check_receipt(const Receipt& receipt,
                                                              const Policy& policy);

}  // namespace comity::ledger
