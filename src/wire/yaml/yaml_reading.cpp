// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/wire/yaml_reading.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

namespace comity::wire {
namespace {

constexpr std::size_t kMostShown = 60;  // bytes of a text that a fault repeats
constexpr std::size_t kMostWords = 10;
constexpr double kHalfEarth = 20'000'000.0;

const char* name_of(YamlKind kind) {
    switch (kind) {
        case YamlKind::kNothing:
            return "nothing";
        case YamlKind::kText:
            return "a text";
        case YamlKind::kList:
            return "a list";
        case YamlKind::kMapping:
            return "a mapping";
    }
    return "unknown";
}

// Whether the node is of this kind; a fault where it is not.
bool is_kind(Reading& reading, const YamlNode& node, YamlKind kind) {
    if (node.kind == kind) return true;
    reading.fail(YamlFault::kKind, node.line,
                 std::string(name_of(node.kind)) + ", expected " + name_of(kind));
    return false;
}

void refuse_value(Reading& reading, const YamlNode& node, std::string_view expected) {
    reading.fail(YamlFault::kValue, node.line, instead_of(node.text, expected));
}

void refuse_range(Reading& reading, const YamlNode& node, std::string_view expected) {
    reading.fail(YamlFault::kRange, node.line, instead_of(node.text, expected));
}

// The whole text as a number, or none. Neither infinite nor not-a-number.
template <typename Number>
std::optional<Number> parsed(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    if constexpr (std::is_floating_point_v<Number>) {
        if (!std::isfinite(number)) return std::nullopt;
    }
    return number;
}

}  // namespace

void Reading::fail(YamlFault fault, std::size_t line, std::string text) {
    if (faults_.size() == kMaxFaults) return;
    faults_.push_back({.fault = fault, .line = line, .text = std::move(text)});
}

std::string to_string(const FileFault& fault) {
    return fault.file + ':' + std::to_string(fault.line) + ": " + fault.text;
}

std::vector<FileFault> faults_of(std::string_view file, std::vector<YamlError> errors) {
    std::ranges::stable_sort(errors, {}, &YamlError::line);
    std::vector<FileFault> faults;
    for (YamlError& error : errors) {
        faults.push_back({.fault = error.fault,
                          .file = std::string(file),
                          .line = error.line,
                          .text = std::move(error.text)});
    }
    return faults;
}

std::string instead_of(std::string_view found, std::string_view expected) {
    std::string shown(found.substr(0, kMostShown));
    if (found.size() > kMostShown) {
        // Not in the middle of a character.
        while (!shown.empty() && (static_cast<unsigned char>(shown.back()) & 0xC0U) == 0x80U) {
            shown.pop_back();
        }
        if (!shown.empty() && (static_cast<unsigned char>(shown.back()) & 0x80U) != 0) {
            shown.pop_back();
        }
        shown += "...";
    }
    std::replace(shown.begin(), shown.end(), '\n', ' ');
    return "'" + shown + "', expected " + std::string(expected);
}

std::string one_of(std::span<const std::string> words) {
    if (words.empty()) return "none, since there is none";
    std::string text = words.front();
    for (std::size_t i = 1; i < std::min(words.size(), kMostWords); ++i) {
        text += (i + 1 == words.size() ? " or " : ", ") + words[i];
    }
    if (words.size() > kMostWords) {
        text += " or one of " + std::to_string(words.size() - kMostWords) + " more";
    }
    return text;
}

Fields::Fields(Reading& reading, const YamlNode& node, std::string of)
    : reading_(reading), node_(node), line_(node.line), of_(std::move(of)) {
    if (node.kind != YamlKind::kMapping) {
        reading.fail(YamlFault::kKind, node.line,
                     std::string(name_of(node.kind)) + ", expected the keys of " + of_);
    }
}

const YamlNode* Fields::find(std::string_view key) {
    if (std::ranges::find(known_, key) == known_.end()) known_.emplace_back(key);
    const auto found = std::ranges::find(node_.keys, key, &YamlKey::text);
    if (found == node_.keys.end()) return nullptr;
    return &node_.children[static_cast<std::size_t>(found - node_.keys.begin())];
}

const YamlNode* Fields::need(std::string_view key) {
    const YamlNode* node = find(key);
    if (node == nullptr) missing_.emplace_back(key);
    return node;
}

bool Fields::has(std::string_view key) const {
    return std::ranges::find(node_.keys, key, &YamlKey::text) != node_.keys.end();
}

void Fields::finish() {
    for (const YamlKey& key : node_.keys) {
        if (std::ranges::find(known_, key.text) != known_.end()) continue;
        reading_.fail(YamlFault::kUnknownKey, key.line,
                      "unknown key " + instead_of(key.text, one_of(known_) + " of " + of_));
    }
    if (node_.kind != YamlKind::kMapping) return;
    for (const std::string& key : missing_) {
        reading_.fail(YamlFault::kMissingKey, line_,
                      of_ + " without '" + key + "', expected this key");
    }
}

std::string_view word_of(Reading& reading, const YamlNode* node) {
    if (node == nullptr || !is_kind(reading, *node, YamlKind::kText)) return {};
    if (node->text.empty()) refuse_value(reading, *node, "a word");
    return node->text;
}

void refuse_word(Reading& reading, const YamlNode& node, std::span<const std::string> words) {
    refuse_value(reading, node, one_of(words));
}

std::string name_of(Reading& reading, const YamlNode* node, std::size_t most_bytes) {
    const std::string_view text = word_of(reading, node);
    if (text.empty()) return {};
    if (text.find('\n') != std::string_view::npos) {
        refuse_value(reading, *node, "a text of one line");
    } else if (text.size() > most_bytes) {
        reading.fail(YamlFault::kTooMany, node->line,
                     instead_of(text, "at most " + std::to_string(most_bytes) + " bytes"));
    }
    return std::string(text);
}

std::string paragraph_of(Reading& reading, const YamlNode* node) {
    if (node == nullptr || !is_kind(reading, *node, YamlKind::kText)) return {};
    if (node->text.size() > YamlLimits::kMaxTextBytes) {
        reading.fail(YamlFault::kTooMany, node->line,
                     instead_of(node->text,
                                "at most " + std::to_string(YamlLimits::kMaxTextBytes) + " bytes"));
    }
    return node->text.substr(0, node->text.find_last_not_of(" \n") + 1);
}

bool flag_of(Reading& reading, const YamlNode* node) {
    constexpr std::pair<std::string_view, bool> kFlags[] = {{"false", false}, {"true", true}};
    return value_of<bool>(reading, node, kFlags);
}

std::uint64_t count_of(Reading& reading, const YamlNode* node) {
    const std::string_view text = word_of(reading, node);
    if (text.empty()) return 0;
    const auto number = parsed<std::uint64_t>(text);
    if (!number) refuse_value(reading, *node, "a whole number from 0 to 18446744073709551615");
    return number.value_or(0);
}

std::uint64_t whole_of(Reading& reading, const YamlNode* node, const WholeRange& range,
                       std::uint64_t otherwise) {
    const std::string_view text = word_of(reading, node);
    if (text.empty()) return otherwise;
    const std::string expected = "a whole number from " + std::to_string(range.least) + " to " +
                                 std::to_string(range.most) +
                                 (range.unit.empty() ? "" : " " + std::string(range.unit));
    const auto number = parsed<std::uint64_t>(text);
    if (!number) {
        refuse_value(reading, *node, expected);
        return otherwise;
    }
    if (*number < range.least || *number > range.most) {
        refuse_range(reading, *node, expected);
        return otherwise;
    }
    return *number;
}

double number_of(Reading& reading, const YamlNode* node, const NumberRange& range) {
    const std::string_view text = word_of(reading, node);
    if (text.empty()) return 0.0;
    const auto shown = [](double number) {
        return std::to_string(static_cast<std::int64_t>(number));
    };
    const std::string expected = "a number from " + shown(range.least) + " to " +
                                 shown(range.most) + " " + std::string(range.unit);
    const auto number = parsed<double>(text);
    if (!number) {
        refuse_value(reading, *node, expected);
        return 0.0;
    }
    if (*number < range.least || *number > range.most) {
        refuse_range(reading, *node, expected);
        return 0.0;
    }
    return *number;
}

std::optional<geo::Distance> accuracy_of(Reading& reading, const YamlNode* node) {
    if (node == nullptr) return std::nullopt;
    return geo::Distance::metres(
        number_of(reading, node, {.least = 0.0, .most = kHalfEarth, .unit = "m"}));
}

geo::Milliseconds duration_of(Reading& reading, const YamlNode* node, const DurationRange& range,
                              geo::Milliseconds otherwise) {
    constexpr std::pair<std::string_view, std::int64_t> kUnits[] = {
        {"ms", 1}, {"s", 1'000}, {"min", 60'000}, {"h", 3'600'000}};
    constexpr std::int64_t kMostOfUnit = 1'000'000'000'000;
    const std::string_view text = word_of(reading, node);
    if (text.empty()) return otherwise;
    const std::size_t digits = std::min(text.find_first_not_of("-0123456789"), text.size());
    const auto number = parsed<std::int64_t>(text.substr(0, digits));
    const auto* unit =
        std::ranges::find(kUnits, text.substr(digits), [](const auto& one) { return one.first; });
    if (!number || unit == std::end(kUnits)) {
        refuse_value(reading, *node, "a duration such as 500ms, 10s, 5min, 1h");
        return otherwise;
    }
    const bool fits = -kMostOfUnit <= *number && *number <= kMostOfUnit;
    const geo::Milliseconds duration(fits ? *number * unit->second : 0);
    if (!fits || duration < range.least || duration > range.most) {
        refuse_range(reading, *node,
                     std::to_string(range.least.count()) + "ms to " +
                         std::to_string(range.most / std::chrono::seconds(1)) + "s");
    }
    return duration;
}

std::span<const YamlNode> list_of(Reading& reading, const YamlNode* node, std::size_t most) {
    if (node == nullptr || !is_kind(reading, *node, YamlKind::kList)) return {};
    if (node->children.size() > most) {
        reading.fail(YamlFault::kTooMany, node->line,
                     std::to_string(node->children.size()) + " items, expected at most " +
                         std::to_string(most));
        return {};
    }
    return node->children;
}

NamedNodes mapping_of(Reading& reading, const YamlNode* node, std::size_t most) {
    if (node == nullptr || !is_kind(reading, *node, YamlKind::kMapping)) return {};
    if (node->keys.size() > most) {
        reading.fail(
            YamlFault::kTooMany, node->line,
            std::to_string(node->keys.size()) + " keys, expected at most " + std::to_string(most));
        return {};
    }
    NamedNodes named;
    for (std::size_t i = 0; i < node->keys.size(); ++i) {
        named.emplace_back(&node->keys[i], &node->children[i]);
    }
    return named;
}

}  // namespace comity::wire
