// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/belonging.hpp"

#include "comity/ledger/envelope.hpp"
#include "comity/seal/dsse.hpp"

#include <span>
#include <string_view>
#include <variant>

namespace comity::ledger {
namespace {

std::string_view text_of(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::optional<Belonging> filed_by_author_of(std::string_view payload) {
    auto envelope = parse_envelope(payload);
    if (!envelope) return std::nullopt;
    return Belonging{.party = std::move(envelope->party), .tree = EntryTree::kFiled};
}

struct Find {
    std::optional<Belonging> operator()(const SignedRequest& request) const {
        const auto dsse = seal::parse_dsse(text_of(request.dsse));
        return dsse ? filed_by_author_of(text_of(dsse->payload)) : std::nullopt;
    }
    std::optional<Belonging> operator()(const VouchedRequest& request) const {
        return filed_by_author_of(text_of(request.payload));
    }
    std::optional<Belonging> operator()(const NodeRecord& record) const {
        const auto* delivery = std::get_if<node::Delivery>(&record);
        if (delivery == nullptr) return std::nullopt;
        return Belonging{.party = delivery->addressee, .tree = EntryTree::kDelivered};
    }
};

}  // namespace

std::optional<Belonging> belonging_of(const Record& record) {
    return std::visit(Find(), record.content);
}

}  // namespace comity::ledger
