// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/belonging.hpp"

#include "comity/base/bytes.hpp"
#include "comity/ledger/envelope.hpp"
#include "comity/seal/dsse.hpp"

#include <span>
#include <string_view>
#include <variant>

#include <simdjson.h>

namespace comity::ledger {
namespace {

using Object = simdjson::simdjson_result<simdjson::ondemand::object>;
using Value = simdjson::simdjson_result<simdjson::ondemand::value>;

// A member's name may be written with escapes, as `parse_envelope` reads it: the library's own
// look-up compares the bytes.
Value member_of(Object object, std::string_view name) {
    simdjson::ondemand::object members;
    if (const auto error = std::move(object).get(members)) return error;
    for (auto field : members) {
        std::string_view key;
        if (const auto error = field.unescaped_key().get(key)) return error;
        if (key == name) return field.value();
    }
    return simdjson::NO_SUCH_FIELD;
}

// Looks for the one member and reads no others: a ledger is opened with a million of these.
std::optional<Belonging> filed_by_author_of(std::string_view payload) {
    const simdjson::padded_string padded(payload);
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    std::string_view party;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS) return std::nullopt;
    const auto found = member_of(document.get_object(), "from").get_object();
    if (member_of(found, "party").get_string().get(party) != simdjson::SUCCESS) {
        return std::nullopt;
    }
    if (party.empty() || party.size() > EnvelopeLimits::kMaxText) return std::nullopt;
    return Belonging{.party = std::string(party), .tree = EntryTree::kFiled};
}

struct Find {
    std::optional<Belonging> operator()(const SignedRequest& request) const {
        const auto dsse = seal::parse_dsse(base::text_of(request.dsse));
        return dsse ? filed_by_author_of(base::text_of(dsse->payload)) : std::nullopt;
    }
    std::optional<Belonging> operator()(const VouchedRequest& request) const {
        return filed_by_author_of(base::text_of(request.payload));
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
