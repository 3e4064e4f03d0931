// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "base64_hash.hpp"
#include "codec.hpp"
#include "time_text.hpp"

#include "comity/base/check.hpp"
#include "comity/ledger/envelope.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <simdjson.h>

namespace comity::ledger {
namespace {

namespace dom = simdjson::dom;
using enum EnvelopeFault;
using Result = base::Expected<void, EnvelopeError>;

constexpr std::string_view kIdCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-";
constexpr std::string_view kOperationCharacters = "abcdefghijklmnopqrstuvwxyz0123456789._-";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

base::Unexpected<EnvelopeError> fail(EnvelopeFault fault, std::string_view member = {}) {
    return base::Unexpected(EnvelopeError{.fault = fault, .member = std::string(member)});
}

// --- What holds everywhere, in the body too: no member twice, no deeper than kMaxDepth -----------

Result check_members(dom::element element, std::string_view member, std::size_t depth) {
    const auto check_child = [&](dom::element child, std::string_view name) {
        return check_members(child, name, depth + 1);
    };
    const bool is_nested = element.is_array() || element.is_object();
    if (!is_nested) return {};
    if (depth > EnvelopeLimits::kMaxDepth) return fail(kTooDeep, member);
    if (dom::array array; element.get(array) == simdjson::SUCCESS) {
        for (const dom::element child : array) {
            if (auto checked = check_child(child, member); !checked) return checked;
        }
    }
    dom::object object;
    if (element.get(object) != simdjson::SUCCESS) return {};
    for (const auto& [key, value] : object) {
        if (auto checked = check_child(value, depth == 1 ? key : member); !checked) return checked;
    }
    constexpr std::size_t kFew = 16;
    if (object.size() <= kFew) {
        std::array<std::string_view, kFew> seen;
        std::size_t count = 0;
        for (const auto& [key, value] : object) {
            const auto end = seen.begin() + static_cast<std::ptrdiff_t>(count);
            if (std::find(seen.begin(), end, key) != end) {
                return fail(kDuplicateMember, depth == 1 ? key : member);
            }
            seen.at(count++) = key;
        }
        return {};
    }
    std::vector<std::string_view> keys;
    keys.reserve(object.size());
    for (const auto& [key, value] : object) keys.push_back(key);
    std::sort(keys.begin(), keys.end());
    const auto twice = std::adjacent_find(keys.begin(), keys.end());
    if (twice != keys.end()) return fail(kDuplicateMember, depth == 1 ? *twice : member);
    return {};
}

// --- Kinds of values -----------------------------------------------------------------------------

Result read_text(dom::element value, std::string_view member, std::size_t limit, std::string& out) {
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return fail(kMemberType, member);
    if (text.empty() || text_fault(text, limit)) return fail(kText, member);
    out = text;
    return {};
}

Result read_name(dom::element value, std::string_view member, std::string_view characters,
                 std::string& out) {
    if (auto read = read_text(value, member, EnvelopeLimits::kMaxShortText, out); !read) {
        return read;
    }
    if (out.find_first_not_of(characters) != std::string::npos) return fail(kId, member);
    return {};
}

Result read_time(dom::element value, std::string_view member, Instant& out) {
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return fail(kMemberType, member);
    const std::optional<Instant> time = from_time_text(text);
    if (!time) return fail(kTime, member);
    out = *time;
    return {};
}

Result read_number(dom::element value, std::string_view member, std::uint64_t& out) {
    if (!value.is_number()) return fail(kMemberType, member);
    if (value.get(out) != simdjson::SUCCESS || out > EnvelopeLimits::kMaxNumber) {
        return fail(kNumberRange, member);
    }
    return {};
}

Result read_version(dom::element value, std::string_view member) {
    std::uint64_t version = 0;
    if (auto read = read_number(value, member, version); !read) return read;
    if (version != 1) return fail(kVersion, member);
    return {};
}

Result read_hash(dom::element value, std::string_view member, seal::Hash& out) {
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return fail(kMemberType, member);
    const auto hash = parse_base64_hash(text);
    if (!hash) return fail(kHash, member);
    out = *hash;
    return {};
}

Result read_key(dom::element value, std::string_view member, std::optional<seal::Hash>& out) {
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS && text.empty()) return {};
    return read_hash(value, member, out.emplace());
}

Result read_traffic(dom::element value, std::string_view member, Traffic& out) {
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return fail(kMemberType, member);
    if (text != "live" && text != "exercise") return fail(kTraffic, member);
    out = text == "live" ? Traffic::kLive : Traffic::kExercise;
    return {};
}

// --- Objects -------------------------------------------------------------------------------------

// Reads an object member by member, in any order. After the first fault it reads nothing more and
// keeps that fault.
class ObjectReader {
  public:
    ObjectReader(dom::element value, std::string_view where) : where_(where) {
        if (value.get(object_) != simdjson::SUCCESS) {
            read_ = fail(kMemberType, where);
            return;
        }
        next_ = object_.begin();
        constexpr std::size_t kMostMembers = 13;
        names_.reserve(kMostMembers);
    }

    // Calls read(value, the member's full name, arguments...).
    template <typename Read, typename... Arguments>
    void member(std::string_view name, const Read& read, Arguments&&... arguments) {
        names_.push_back(name);
        if (!read_) return;
        dom::element value;
        if (!find(name, value)) {
            read_ = fail(kMissingMember, full_name(name));
        } else if (where_.empty()) {
            read_ = read(value, name, std::forward<Arguments>(arguments)...);
        } else {
            read_ = read(value, full_name(name), std::forward<Arguments>(arguments)...);
        }
    }

    // The same, for a member that may be null: `out` stays absent then.
    template <typename Read, typename T>
    void member_or_null(std::string_view name, const Read& read, std::optional<T>& out) {
        member(name, [&](dom::element value, std::string_view full_name) {
            return value.is_null() ? Result() : read(value, full_name, out.emplace());
        });
    }

    // After the last member: there are no others.
    Result finish() {
        if (!read_) return read_;
        // All names are there, and none twice.
        if (object_.size() == names_.size()) return {};
        for (const auto& [key, value] : object_) {
            if (std::find(names_.begin(), names_.end(), key) == names_.end()) {
                return fail(kUnknownMember, full_name(key));
            }
        }
        return {};
    }

  private:
    // Most often it is the one behind the last that was found.
    bool find(std::string_view name, dom::element& value) {
        if (next_ != object_.end() && next_.key() == name) {
            value = next_.value();
            ++next_;
            return true;
        }
        return object_.at_key(name).get(value) == simdjson::SUCCESS;
    }

    std::string full_name(std::string_view name) const {
        return where_.empty() ? std::string(name) : where_ + "." + std::string(name);
    }

    dom::object object_;
    dom::object::iterator next_{object_.begin()};
    std::string where_;
    std::vector<std::string_view> names_;
    Result read_;
};

Result read_from(dom::element value, std::string_view where, Envelope& e) {
    ObjectReader from(value, where);
    from.member("party", read_text, EnvelopeLimits::kMaxText, e.party);
    from.member("key", read_key, e.key);
    return from.finish();
}

Result read_seen(dom::element value, std::string_view where, Seen& out) {
    ObjectReader seen(value, where);
    seen.member("size", read_number, out.size);
    seen.member("root", read_hash, out.root);
    return seen.finish();
}

Result read_attachments(dom::element value, std::string_view where,
                        std::vector<AttachmentRef>& out) {
    dom::array array;
    if (value.get(array) != simdjson::SUCCESS) return fail(kMemberType, where);
    for (const dom::element element : array) {
        if (out.size() == EnvelopeLimits::kMaxAttachments) return fail(kTooManyAttachments, where);
        AttachmentRef ref;
        ObjectReader attachment(element, where);
        attachment.member("name", read_text, EnvelopeLimits::kMaxShortText, ref.name);
        attachment.member("commitment", read_hash, ref.commitment);
        if (auto read = attachment.finish(); !read) return read;
        const bool is_known = std::any_of(out.begin(), out.end(), [&](const AttachmentRef& other) {
            return other.name == ref.name;
        });
        if (is_known) return fail(kAttachmentName, where);
        out.push_back(std::move(ref));
    }
    return {};
}

Result read_body(dom::element value, std::string_view member) {
    if (!value.is_object()) return fail(kMemberType, member);
    return {};
}

Result read_envelope(dom::element value, Envelope& e) {
    const auto read_object = [](dom::element object, std::string_view member, std::string& out) {
        return read_text(object, member, EnvelopeLimits::kMaxText, out);
    };
    ObjectReader envelope(value, {});
    envelope.member("v", read_version);
    envelope.member("to", read_text, EnvelopeLimits::kMaxOrigin, e.to);
    envelope.member("from", read_from, e);
    envelope.member("id", read_name, kIdCharacters, e.id);
    envelope.member("sent", read_time, e.sent);
    envelope.member("valid_until", read_time, e.valid_until);
    envelope.member("operation", read_name, kOperationCharacters, e.operation);
    envelope.member_or_null("object", read_object, e.object);
    envelope.member_or_null("expected_version", read_number, e.expected_version);
    envelope.member("traffic", read_traffic, e.traffic);
    envelope.member_or_null("seen", read_seen, e.seen);
    envelope.member("attachments", read_attachments, e.attachments);
    envelope.member("body", read_body);
    if (auto finished = envelope.finish(); !finished) return finished;
    if (e.valid_until < e.sent) return fail(kTimeOrder, "valid_until");
    return {};
}

// The bytes of the body as they came, from its { to its }. The payload has been read: nothing here
// can fail. A member's name may be written with escapes, so that names are compared without them.
std::string body_text(const simdjson::padded_string& payload) {
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    simdjson::ondemand::object envelope;
    COMITY_CHECK(parser.iterate(payload).get(document) == simdjson::SUCCESS);
    COMITY_CHECK(document.get_object().get(envelope) == simdjson::SUCCESS);
    for (auto field : envelope) {
        std::string_view name;
        COMITY_CHECK(field.unescaped_key().get(name) == simdjson::SUCCESS);
        if (name != "body") continue;
        simdjson::ondemand::object body;
        std::string_view text;
        COMITY_CHECK(field.value().get_object().get(body) == simdjson::SUCCESS);
        COMITY_CHECK(body.raw_json().get(text) == simdjson::SUCCESS);
        // The library's text goes on to the next token: blanks may follow the last brace.
        return std::string(text.substr(0, text.rfind('}') + 1));
    }
    COMITY_CHECK(false);
    return {};
}

EnvelopeFault fault_of(simdjson::error_code error) {
    return error == simdjson::DEPTH_ERROR ? kTooDeep : kSyntax;
}

}  // namespace

base::Expected<Envelope, EnvelopeError> parse_envelope(std::string_view payload) {
    if (payload.size() > EnvelopeLimits::kMaxBytes) return fail(kTooLarge);
    // Some versions of the library pass over it.
    if (payload.starts_with(kByteOrderMark)) return fail(kSyntax);
    const simdjson::padded_string padded(payload);
    dom::parser parser(EnvelopeLimits::kMaxBytes);
    // The library's own limit keeps its stack small. It does not count empty objects and lists, and
    // counts the document itself.
    COMITY_CHECK(parser.allocate(std::max<std::size_t>(payload.size(), 64),
                                 EnvelopeLimits::kMaxDepth + 1) == simdjson::SUCCESS);
    dom::element root;
    if (const auto error = parser.parse(padded).get(root)) return fail(fault_of(error));
    if (!root.is_object()) return fail(kSyntax);
    Envelope envelope;
    const Result read =
        check_members(root, {}, 1).and_then([&] { return read_envelope(root, envelope); });
    if (!read) return base::Unexpected(read.error());
    envelope.body = body_text(padded);
    return envelope;
}

}  // namespace comity::ledger
