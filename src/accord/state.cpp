// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/accord/state.hpp"

#include "object_bytes.hpp"
#include "step.hpp"
#include "writer.hpp"

#include "comity/base/check.hpp"

#include <algorithm>

namespace comity::accord {
namespace {

template <typename Map, typename Key>
auto find_in(const Map& map, const Key& key) -> const typename Map::mapped_type* {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

}  // namespace

State::State(std::string origin) : origin_(std::move(origin)) {}

Applied State::apply(const Request& request, geo::Instant time) {
    Step step(*this, time);
    step.fire_timers();
    step.apply(request);
    return step.take();
}

Applied State::advance(geo::Instant time) {
    Step step(*this, time);
    step.fire_timers();
    return step.take();
}

std::optional<geo::Instant> State::next_due() const {
    if (deadlines_.empty()) return std::nullopt;
    return deadlines_.begin()->due;
}

bool State::remembers(const PartyId& author, const std::string& request_id) const {
    return request_ids_.contains({author, request_id});
}

const Party* State::holder(const seal::Hash& key) const {
    const PartyId* id = find_in(keys_, key);
    return id == nullptr ? nullptr : party(*id);
}

const Party* State::party(const PartyId& id) const {
    return find_in(parties_, id);
}

const Agreement* State::agreement(const std::string& id) const {
    return find_in(agreements_, id);
}

const Intent* State::intent(const std::string& id) const {
    return find_in(intents_, id);
}

const FiledAirspace* State::airspace(const std::string& id) const {
    return find_in(airspaces_, id);
}

const Alert* State::alert(const std::string& id) const {
    return find_in(alerts_, id);
}

const Notice* State::notice(const PartyId& to, const ItemRef& item) const {
    return find_in(notices_, NoticeKey(item, to));
}

seal::Hash State::hash() {
    std::ranges::sort(changed_);
    const auto repeated = std::ranges::unique(changed_);
    changed_.erase(repeated.begin(), repeated.end());
    for (const ObjectName& object : changed_) rehash(object);
    changed_.clear();
    Writer writer;
    writer.text(origin_);
    writer.time(time_);
    hash_.put("state", writer.bytes());
    return hash_.root();
}

void State::rehash(const ObjectName& object) {
    Writer writer;
    const auto put = [&](const std::string& name, const auto* value) {
        if (value == nullptr) return hash_.erase(name);
        write(writer, *value);
        hash_.put(name, writer.bytes());
    };
    switch (object.kind) {
        case ObjectKind::kParty:
            return put("party/" + object.name, party(PartyId(object.name)));
        case ObjectKind::kAgreement:
            return put("agreement/" + object.name, agreement(object.name));
        case ObjectKind::kIntent:
            return put("intent/" + object.name, intent(object.name));
        case ObjectKind::kAirspace:
            return put("airspace/" + object.name, airspace(object.name));
        case ObjectKind::kAlert:
            return put("alert/" + object.name, alert(object.name));
        case ObjectKind::kNotice:
            return put("notice/" + object.name + "/" + to_string(object.item),
                       notice(PartyId(object.name), object.item));
        case ObjectKind::kRequestId: {
            const std::string name = "request/" + object.name + "/" + object.request_id;
            const auto* until =
                find_in(request_ids_, RequestKey(PartyId(object.name), object.request_id));
            if (until == nullptr) return hash_.erase(name);
            writer.time(*until);
            return hash_.put(name, writer.bytes());
        }
        case ObjectKind::kForgetting: {
            const std::string name = "forget/" + to_string(object.item);
            const auto* until = find_in(forget_at_, object.item);
            if (until == nullptr) return hash_.erase(name);
            writer.time(*until);
            return hash_.put(name, writer.bytes());
        }
    }
}

}  // namespace comity::accord
