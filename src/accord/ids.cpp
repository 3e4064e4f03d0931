// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/accord/ids.hpp"

#include <algorithm>
#include <array>

namespace comity::accord {
namespace {

constexpr std::array kKinds{ItemKind::kAgreement, ItemKind::kIntent, ItemKind::kAirspace,
                            ItemKind::kWarning};

bool is_id_character(char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9') || c == '.' ||
           c == '_' || c == ':' || c == '-';
}

}  // namespace

const char* to_string(ItemKind kind) {
    switch (kind) {
        case ItemKind::kAgreement:
            return "agreement";
        case ItemKind::kIntent:
            return "intent";
        case ItemKind::kAirspace:
            return "airspace";
        case ItemKind::kWarning:
            return "warning";
    }
    return "unknown";
}

std::string to_string(const ItemRef& item) {
    return std::string(to_string(item.kind)) + "/" + item.id;
}

std::optional<ItemRef> item_from(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const std::string_view kind = text.substr(0, slash);
    const std::string_view id = text.substr(slash + 1);
    const auto known =
        std::ranges::find_if(kKinds, [&](ItemKind one) { return kind == to_string(one); });
    if (known == kKinds.end() || !is_id(id)) return std::nullopt;
    return ItemRef{.kind = *known, .id = std::string(id)};
}

bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= kMaxId && std::ranges::all_of(text, is_id_character);
}

}  // namespace comity::accord
