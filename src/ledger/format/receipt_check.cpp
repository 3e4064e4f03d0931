// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/receipt_check.hpp"

#include "comity/base/bytes.hpp"
#include "comity/ledger/proof.hpp"
#include "comity/seal/dsse.hpp"

#include <algorithm>
#include <bit>
#include <chrono>
#include <span>
#include <string_view>
#include <utility>

namespace comity::ledger {
namespace {

using enum ReceiptRefusal;
using Checked = base::Expected<void, ReceiptRefused>;

constexpr std::uint64_t kLeastSlots = 16;

base::Unexpected<ReceiptRefused> refuse(ReceiptRefusal refusal, std::string detail = {}) {
    return base::Unexpected(ReceiptRefused{.refusal = refusal, .detail = std::move(detail)});
}

// One receipt; each step checks one thing and fills in what it has shown.
class Check {
  public:
    Check(const Receipt& receipt, const Policy& policy) : receipt_(receipt), policy_(policy) {}

    base::Expected<ReceiptFindings, ReceiptRefused> run() {
        found_.slot_place = receipt_.slot_place;
        found_.tree = receipt_.tree;
        found_.entry_place = receipt_.entry_place;
        using Step = Checked (Check::*)();
        constexpr Step kSteps[] = {&Check::log,   &Check::tick,   &Check::slot,
                                   &Check::entry, &Check::record, &Check::request,
                                   &Check::whose, &Check::time,   &Check::attachments};
        for (const Step step : kSteps) {
            if (auto checked = (this->*step)(); !checked) return base::Unexpected(checked.error());
        }
        return std::move(found_);
    }

  private:
    Checked log() {
        const auto proof = parse_proof(receipt_.log_proof);
        if (!proof) return refuse(kLogProof, to_string(proof.error()));
        auto trusted = verify_proof(hasher_, policy_, *proof, hasher_.leaf(receipt_.tick));
        if (!trusted) return refuse(kLog, to_string(trusted.error()));
        found_.log = *std::move(trusted);
        return {};
    }

    Checked tick() {
        const auto tick = decode_tick(receipt_.tick);
        if (!tick) return refuse(kTick, to_string(tick.error().fault));
        found_.tick = *tick;
        return {};
    }

    Checked slot() {
        const auto slot = decode_slot(receipt_.slot);
        if (!slot) return refuse(kSlot, to_string(slot.error().fault));
        slot_ = *slot;
        const std::uint64_t count = receipt_.slot_place.tree_size;
        if (count < kLeastSlots || !std::has_single_bit(count)) return refuse(kSlotCount);
        const auto held =
            verify_inclusion(hasher_, receipt_.slot_place.index, hasher_.leaf(receipt_.slot),
                             receipt_.slot_proof, {.size = count, .root = found_.tick.slots});
        return held ? Checked() : refuse(kSlotProof, to_string(held.error()));
    }

    Checked entry() {
        const bool is_of_records = receipt_.tree == EntryTree::kRecords;
        if (slot_.kind != (is_of_records ? SlotKind::kRecords : SlotKind::kParty)) {
            return refuse(kSlotKind);
        }
        const TreeHead& tree =
            receipt_.tree == EntryTree::kDelivered ? slot_.delivered : slot_.filed;
        if (tree.size != receipt_.entry_place.tree_size) return refuse(kCount);
        const auto held =
            verify_inclusion(hasher_, receipt_.entry_place.index, hasher_.leaf(receipt_.record),
                             receipt_.entry_proof, tree);
        return held ? Checked() : refuse(kEntryProof, to_string(held.error()));
    }

    Checked record() {
        auto record = decode_record(receipt_.record);
        if (!record) return refuse(kRecord, to_string(record.error().fault));
        found_.record = *std::move(record);
        return {};
    }

    Checked request() {
        if (const auto* made = std::get_if<SignedRequest>(&found_.record.content)) {
            return signed_request(*made);
        }
        if (const auto* made = std::get_if<VouchedRequest>(&found_.record.content)) {
            return vouched_request(*made);
        }
        return {};
    }

    Checked signed_request(const SignedRequest& request) {
        found_.attribution = Attribution::kSigned;
        const auto dsse = seal::parse_dsse(base::text_of(request.dsse));
        if (!dsse) return refuse(kEnvelope, to_string(dsse.error()));
        if (dsse->payload_type != kEnvelopeType) return refuse(kEnvelope, "of another type");
        if (auto checked = envelope(base::text_of(dsse->payload)); !checked) return checked;
        if (!found_.envelope->key) return refuse(kSignature, "the envelope names no key");
        const seal::PublicKey key(found_.envelope->key->bytes);
        return seal::verify_dsse(*dsse, key) ? Checked() : refuse(kSignature);
    }

    Checked vouched_request(const VouchedRequest& request) {
        found_.attribution = Attribution::kVouched;
        if (auto checked = envelope(base::text_of(request.payload)); !checked) return checked;
        return found_.envelope->key ? refuse(kVouchedKey) : Checked();
    }

    Checked envelope(std::string_view payload) {
        auto envelope = parse_envelope(payload);
        if (!envelope) {
            const EnvelopeError& error = envelope.error();
            return refuse(kEnvelope, error.member + (error.member.empty() ? "" : ": ") +
                                         to_string(error.fault));
        }
        if (envelope->to != found_.log.checkpoint.origin) return refuse(kOtherLog, envelope->to);
        found_.envelope = *std::move(envelope);
        return {};
    }

    const node::Delivery* delivery() const {
        const auto* record = std::get_if<NodeRecord>(&found_.record.content);
        return record == nullptr ? nullptr : std::get_if<node::Delivery>(record);
    }

    Checked whose() {
        switch (receipt_.tree) {
            case EntryTree::kRecords:
                return {};
            case EntryTree::kFiled:
                if (!found_.envelope) return refuse(kNotARequest);
                found_.party = found_.envelope->party;
                break;
            case EntryTree::kDelivered:
                if (delivery() == nullptr) return refuse(kNotADelivery);
                found_.party = delivery()->addressee;
                break;
        }
        if (slot_.holder != holder_of(found_.party)) return refuse(kOtherParty);
        const bool is_numbered_so = receipt_.tree != EntryTree::kDelivered ||
                                    delivery()->number == receipt_.entry_place.index + 1;
        return is_numbered_so ? Checked() : refuse(kDeliveryNumber);
    }

    Checked time() {
        const auto recorded =
            std::chrono::floor<std::chrono::seconds>(found_.record.time).time_since_epoch();
        const auto second = static_cast<std::uint64_t>(recorded.count());
        return second <= found_.tick.second ? Checked() : refuse(kTime);
    }

    // The attachments that the record commits to.
    std::vector<AttachmentRef> commitments() const {
        if (found_.envelope) return found_.envelope->attachments;
        if (delivery() != nullptr) {
            return {{.name = "content", .commitment = delivery()->content}};
        }
        return {};
    }

    Checked attachments() {
        const std::vector<AttachmentRef> committed = commitments();
        for (const ShownAttachment& shown : receipt_.attachments) {
            const auto ref =
                std::find_if(committed.begin(), committed.end(),
                             [&](const AttachmentRef& r) { return r.name == shown.name; });
            if (ref == committed.end()) return refuse(kAttachment, shown.name);
            if (shown.opening &&
                !opens(ref->commitment, shown.opening->key, shown.opening->content)) {
                return refuse(kAttachment, shown.name);
            }
        }
        for (const AttachmentRef& ref : committed) found_.attachments.push_back(state_of(ref));
        return {};
    }

    AttachmentState state_of(const AttachmentRef& ref) const {
        for (const ShownAttachment& shown : receipt_.attachments) {
            if (shown.name != ref.name) continue;
            if (!shown.opening) return {.name = ref.name, .state = AttachmentState::State::kErased};
            return {.name = ref.name,
                    .state = AttachmentState::State::kOpened,
                    .size = shown.opening->content.size()};
        }
        return {.name = ref.name, .state = AttachmentState::State::kNotShown};
    }

    const Receipt& receipt_;
    const Policy& policy_;
    TreeHasher hasher_;
    Slot slot_;
    ReceiptFindings found_;
};

}  // namespace

const char* to_string(ReceiptRefusal refusal) {
    switch (refusal) {
        case kLogProof:
            return "the part above 'comity-receipt v1' is no proof of a log";
        case kLog:
            return "the proof of the public log does not hold";
        case kTick:
            return "the tick is none";
        case kSlot:
            return "the slot is none";
        case kSlotCount:
            return "the number of slots is no power of two from 16 on";
        case kSlotProof:
            return "the slot is not in the tick";
        case kCount:
            return "the number of entries is not the one that the slot states";
        case kEntryProof:
            return "the record is not in the slot";
        case kRecord:
            return "the record is none";
        case kSlotKind:
            return "the slot is not of the kind that is claimed";
        case kNotADelivery:
            return "the record is no delivery";
        case kDeliveryNumber:
            return "the delivery's number is not its place among those to the addressee";
        case kNotARequest:
            return "the record is no request of a party";
        case kOtherParty:
            return "the slot is another party's";
        case kEnvelope:
            return "the request is no signed envelope";
        case kSignature:
            return "the author's signature does not hold";
        case kVouchedKey:
            return "the request names a key and has no signature";
        case kOtherLog:
            return "the request was meant for another log";
        case kTime:
            return "the record's time is after the tick's";
        case kAttachment:
            return "an attachment is not what the record commits to";
    }
    return "unknown refusal";
}

base::Expected<ReceiptFindings, ReceiptRefused> check_receipt(const Receipt& receipt,
                                                              const Policy& policy) {
    return Check(receipt, policy).run();
}

}  // namespace comity::ledger
