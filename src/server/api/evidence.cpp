// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "evidence.hpp"

#include "comity/base/bytes.hpp"
#include "comity/ledger/record.hpp"
#include "comity/ledger/record_envelope.hpp"
#include "comity/verify/write_bundle.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

namespace comity::server {
namespace {

using ledger::EntryTree;

Problem no_ledger() {
    return {.status = 503, .code = "no_ledger", .detail = "the ledger cannot be read"};
}

std::optional<ledger::ShownAttachment> shown_content(const Reading& reading,
                                                     const ledger::Record& record,
                                                     const Text& content) {
    if (content == nullptr) return std::nullopt;
    const auto bytes = base::bytes_of(*content);
    return ledger::ShownAttachment{
        .name = "content",
        .opening = ledger::ShownAttachment::Opening{
            .key = reading.secret.invented("delivery", record.salt).bytes,
            .content = {bytes.begin(), bytes.end()}}};
}

// What the record commits to and the shelf still has.
std::vector<ledger::ShownAttachment> shown(const Reading& reading, const ledger::Record& record,
                                           const Text& content) {
    std::vector<ledger::ShownAttachment> all;
    if (auto one = shown_content(reading, record, content)) all.push_back(*std::move(one));
    const auto envelope = ledger::envelope_of(record);
    if (!envelope) return all;
    for (const ledger::AttachmentRef& ref : envelope->attachments) {
        const auto kept = reading.shelf.get(ref.commitment);
        if (!kept) continue;
        const auto bytes = base::bytes_of(kept->content);
        all.push_back({.name = ref.name,
                       .opening = ledger::ShownAttachment::Opening{
                           .key = kept->key, .content = {bytes.begin(), bytes.end()}}});
    }
    return all;
}

OrProblem<std::string> receipt_at(const Reading& reading, std::uint64_t record, EntryTree tree,
                                  const Text& content) {
    auto receipt = reading.index->receipt(record, tree);
    if (!receipt) {
        if (receipt.error() != ledger::ReceiptProblem::kNoTick) {
            return base::Unexpected(no_ledger());
        }
        return base::Unexpected(Problem{.status = 409,
                                        .code = "not_yet",
                                        .detail = to_string(receipt.error()),
                                        .retry_after = std::chrono::milliseconds(1'000)});
    }
    const auto decoded = ledger::decode_record(receipt->record);
    if (!decoded) return base::Unexpected(no_ledger());
    receipt->attachments = shown(reading, *decoded, content);
    return format_receipt(*receipt);
}

}  // namespace

Text content_of(const PartyBoard& board, bool is_delivered, std::uint64_t number) {
    const ToldEvent* told = is_delivered ? board.delivery(number) : nullptr;
    return told == nullptr ? nullptr : told->content;
}

std::vector<Wanted> everything_of(const PartyBoard& board) {
    std::vector<Wanted> wanted{{.tree = EntryTree::kFiled}};
    for (std::uint64_t number = 1; number <= board.last_number(); ++number) {
        wanted.push_back({.tree = EntryTree::kDelivered,
                          .number = number,
                          .content = content_of(board, true, number)});
    }
    return wanted;
}

std::vector<Wanted> all_about(const PartyBoard& board, const IncidentBoard& incident) {
    std::vector<Wanted> wanted{{.tree = EntryTree::kFiled}};
    for (const ToldEvent& told : board.deliveries) {
        const bool is_about =
            told.item.kind == accord::ItemKind::kAgreement ||
            (told.item.kind == accord::ItemKind::kWarning && told.item.id == incident.id) ||
            (told.item.kind == accord::ItemKind::kAirspace && told.item.id == incident.airspace) ||
            (told.item.kind == accord::ItemKind::kIntent && told.item.id == incident.intent);
        if (!is_about) continue;
        wanted.push_back(
            {.tree = EntryTree::kDelivered, .number = told.number, .content = told.content});
    }
    return wanted;
}

OrProblem<std::string> receipt_of(const Reading& reading, const accord::PartyId& party,
                                  const Wanted& wanted) {
    if (reading.index == nullptr) return base::Unexpected(no_ledger());
    const auto record = reading.index->record_of(party.value(), wanted.tree, wanted.number);
    if (!record) {
        return base::Unexpected(Problem{
            .status = 404, .code = "not_found", .detail = "there is none of this number of yours"});
    }
    return receipt_at(reading, *record, wanted.tree, wanted.content);
}

void ReceiptMaker::find_places(const ledger::LedgerIndex& index) {
    for (Wanted& one : wanted_) {
        const std::uint64_t last =
            one.number == 0 ? index.count_of(party_.value(), one.tree) : one.number;
        for (std::uint64_t number = one.number == 0 ? 1 : one.number;
             number <= last && places_.size() < kMost; ++number) {
            const auto record = index.record_of(party_.value(), one.tree, number);
            if (record) places_.push_back({*record, one.tree, one.content});
        }
    }
    std::ranges::sort(places_, {}, &Place::record);
    wanted_.clear();
}

bool ReceiptMaker::step(const Reading& reading) {
    if (reading.index == nullptr) {
        problem_ = no_ledger();
        return true;
    }
    if (!std::exchange(is_begun_, true)) find_places(*reading.index);
    for (std::size_t made = 0; made < kStep && next_ < places_.size(); ++made, ++next_) {
        const Place& place = places_[next_];
        auto text = receipt_at(reading, place.record, place.tree, place.content);
        // What no second covers yet comes into the next bundle.
        if (!text && text.error().code == "not_yet") return true;
        if (!text) {
            problem_ = text.error();
            return true;
        }
        receipts_.push_back(*std::move(text));
    }
    return next_ == places_.size();
}

OrProblem<std::string> bundle_of(const accord::PartyId& party, const seal::VerifierKey& log,
                                 const std::vector<std::string>& receipts) {
    if (receipts.empty()) {
        return base::Unexpected(Problem{.status = 404,
                                        .code = "not_found",
                                        .detail = "nothing was told to you or filed by you"});
    }
    const auto files =
        verify::write_bundle({.party = party.value(), .log = log, .receipts = receipts});
    if (!files) return base::Unexpected(no_ledger());
    return verify::zip_bundle(*files);
}

}  // namespace comity::server
