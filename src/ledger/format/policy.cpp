// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/policy.hpp"

#include "decimal.hpp"
#include "lines.hpp"

#include "comity/base/check.hpp"
#include "comity/base/expected.hpp"
#include "comity/seal/verifier_key.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace comity::ledger {
namespace {

constexpr std::string_view kNone = "none";

using Items = std::span<const std::string_view>;
using Fault = std::optional<PolicyFault>;

/// The octets that a policy may have, newlines apart.
bool is_octet(char c) {
    return c == '\t' || c < '\0' || (' ' <= c && c <= '~');
}

/// The items of a line, which blanks and tabs separate.
std::vector<std::string_view> items_of(std::string_view line) {
    constexpr std::string_view kBlanks = " \t";
    std::vector<std::string_view> items;
    for (;;) {
        const auto begin = line.find_first_not_of(kBlanks);
        if (begin == std::string_view::npos) return items;
        line.remove_prefix(begin);
        const std::string_view item = line.substr(0, line.find_first_of(kBlanks));
        items.push_back(item);
        line.remove_prefix(item.size());
    }
}

/// Types that C2SP signed-note assigns to something else than cosignatures.
bool is_for_witness(std::uint8_t type) {
    return type == seal::kCosignatureV1Type || type >= 0x06;
}

/// Takes a policy line by line.
class Reader {
  public:
    /// What is wrong with the line; absent where it is taken.
    Fault take(std::string_view line) {
        if (!std::ranges::all_of(line, is_octet)) return PolicyFault::kOctet;
        const std::vector<std::string_view> items = items_of(line);
        if (items.empty() || items.front().starts_with('#')) return std::nullopt;
        const Items rest = Items(items).subspan(1);
        if (items.front() == "log") return take_log(rest);
        if (items.front() == "witness") return take_witness(rest);
        if (items.front() == "group") return take_group(rest);
        if (items.front() == "quorum") return take_quorum(rest);
        return PolicyFault::kKeyword;
    }

    bool has_quorum() const { return has_quorum_; }
    Policy policy() && { return std::move(policy_); }

  private:
    using Keys = std::set<std::vector<std::byte>>;

    // <vkey> [<url>]
    Fault take_log(Items items) {
        if (items.size() != 1 && items.size() != 2) return PolicyFault::kItemCount;
        auto key = seal::parse_verifier_key(items[0]);
        if (!key) return PolicyFault::kKey;
        if (!log_keys_.insert(key->key).second) return PolicyFault::kDuplicateKey;
        policy_.logs.push_back({.key = *std::move(key), .url = url_of(items.subspan(1))});
        return std::nullopt;
    }

    // <name> <vkey> [<url>]
    Fault take_witness(Items items) {
        if (items.size() != 2 && items.size() != 3) return PolicyFault::kItemCount;
        auto key = seal::parse_verifier_key(items[1]);
        if (!key) return PolicyFault::kKey;
        if (!is_for_witness(key->type)) return PolicyFault::kKeyType;
        if (!witness_keys_.insert(key->key).second) return PolicyFault::kDuplicateKey;
        const std::size_t index = policy_.witnesses.size();
        if (const Fault fault =
                define(items[0], {.kind = Policy::Member::Kind::kWitness, .index = index})) {
            return fault;
        }
        policy_.witnesses.push_back({.name = std::string(items[0]),
                                     .key = *std::move(key),
                                     .url = url_of(items.subspan(2))});
        return std::nullopt;
    }

    // <name> all|any|<k> <name>...
    Fault take_group(Items items) {
        if (items.size() < 3) return PolicyFault::kItemCount;
        Policy::Group group;
        group.name = items[0];
        for (const std::string_view name : items.subspan(2)) {
            const auto found = names_.find(name);
            if (name == kNone) return PolicyFault::kNameNone;
            if (found == names_.end()) return PolicyFault::kUnknownName;
            if (std::exchange(found->second.is_member, true)) return PolicyFault::kMemberTwice;
            group.members.push_back(found->second.member);
        }
        const auto threshold = threshold_of(items[1], group.members.size());
        if (!threshold) return PolicyFault::kThreshold;
        group.threshold = *threshold;
        const std::size_t index = policy_.groups.size();
        if (const Fault fault =
                define(items[0], {.kind = Policy::Member::Kind::kGroup, .index = index})) {
            return fault;
        }
        policy_.groups.push_back(std::move(group));
        return std::nullopt;
    }

    // <name>|none
    Fault take_quorum(Items items) {
        if (items.size() != 1) return PolicyFault::kItemCount;
        if (std::exchange(has_quorum_, true)) return PolicyFault::kQuorumTwice;
        if (items[0] == kNone) return std::nullopt;
        const auto found = names_.find(items[0]);
        if (found == names_.end()) return PolicyFault::kUnknownName;
        policy_.quorum = found->second.member;
        return std::nullopt;
    }

    Fault define(std::string_view name, Policy::Member member) {
        if (name == kNone) return PolicyFault::kNameNone;
        const bool is_new = names_.emplace(name, Named{.member = member}).second;
        return is_new ? std::nullopt : Fault(PolicyFault::kNameTaken);
    }

    static std::string url_of(Items items) {
        return items.empty() ? std::string() : std::string(items.front());
    }

    static std::optional<std::size_t> threshold_of(std::string_view text, std::size_t members) {
        if (text == "all") return members;
        if (text == "any") return 1;
        const auto number = parse_decimal(text);
        if (!number || *number == 0 || *number > members) return std::nullopt;
        return *number;
    }

    struct Named {
        Policy::Member member;
        bool is_member = false;  ///< of a group
    };

    Policy policy_;
    std::map<std::string, Named, std::less<>> names_;
    Keys log_keys_;
    Keys witness_keys_;
    bool has_quorum_ = false;
};

const std::string& name_of(const Policy& policy, Policy::Member member) {
    return member.kind == Policy::Member::Kind::kWitness ? policy.witnesses.at(member.index).name
                                                         : policy.groups.at(member.index).name;
}

std::string url_item(const std::string& url) {
    return url.empty() ? url : ' ' + url;
}

}  // namespace

const char* to_string(PolicyFault fault) {
    switch (fault) {
        case PolicyFault::kTooLarge:
            return "expected at most 1 MiB";
        case PolicyFault::kNoFinalNewline:
            return "expected a newline at the end";
        case PolicyFault::kOctet:
            return "expected no control characters other than tabs";
        case PolicyFault::kKeyword:
            return "expected log, witness, group or quorum";
        case PolicyFault::kItemCount:
            return "expected log VKEY [URL], witness NAME VKEY [URL], group NAME all|any|K "
                   "NAME..., or quorum NAME";
        case PolicyFault::kKey:
            return "expected a verifier key, NAME+ID+KEY";
        case PolicyFault::kKeyType:
            return "expected a key that makes cosignatures";
        case PolicyFault::kDuplicateKey:
            return "this key is there already, expected each once";
        case PolicyFault::kNameTaken:
            return "this name is taken, expected another";
        case PolicyFault::kNameNone:
            return "expected a name other than none";
        case PolicyFault::kUnknownName:
            return "expected the name of a witness or a group on a line before";
        case PolicyFault::kMemberTwice:
            return "expected each witness and group to be a member once";
        case PolicyFault::kThreshold:
            return "expected all, any, or a number from 1 to that of the members";
        case PolicyFault::kQuorumTwice:
            return "expected one quorum";
        case PolicyFault::kQuorumMissing:
            return "expected a quorum";
    }
    return "unknown error";
}

base::Expected<Policy, PolicyError> parse_policy(std::string_view text) {
    const auto refuse = [](PolicyFault fault, std::size_t line) {
        return base::Unexpected(PolicyError{.fault = fault, .line = line});
    };
    if (text.size() > Policy::kMaxBytes) return refuse(PolicyFault::kTooLarge, 1);
    Reader reader;
    std::size_t number = 1;
    for (; !text.empty(); ++number) {
        const auto line = take_line(text);
        if (!line) return refuse(PolicyFault::kNoFinalNewline, number);
        if (const Fault fault = reader.take(*line)) return refuse(*fault, number);
    }
    if (!reader.has_quorum()) return refuse(PolicyFault::kQuorumMissing, number);
    return std::move(reader).policy();
}

std::string format_policy(const Policy& policy) {
    std::string text;
    for (const Policy::Log& log : policy.logs) {
        text += "log " + seal::to_string(log.key) + url_item(log.url) + '\n';
    }
    for (const Policy::Witness& witness : policy.witnesses) {
        text += "witness " + witness.name + ' ' + seal::to_string(witness.key) +
                url_item(witness.url) + '\n';
    }
    for (const Policy::Group& group : policy.groups) {
        text += "group " + group.name + ' ' + std::to_string(group.threshold);
        for (const Policy::Member& member : group.members) text += ' ' + name_of(policy, member);
        text += '\n';
    }
    text += "quorum ";
    text += policy.quorum ? std::string_view(name_of(policy, *policy.quorum)) : kNone;
    return text + '\n';
}

bool quorum_met(const Policy& policy, const std::vector<bool>& cosigned) {
    COMITY_CHECK(cosigned.size() == policy.witnesses.size());
    // Groups have only members that stand before them.
    std::vector<bool> group_met;
    const auto met = [&](const Policy::Member& member) -> bool {
        return member.kind == Policy::Member::Kind::kWitness ? cosigned.at(member.index)
                                                             : group_met.at(member.index);
    };
    for (const Policy::Group& group : policy.groups) {
        const auto count = std::ranges::count_if(group.members, met);
        group_met.push_back(static_cast<std::size_t>(count) >= group.threshold);
    }
    return !policy.quorum || met(*policy.quorum);
}

}  // namespace comity::ledger
