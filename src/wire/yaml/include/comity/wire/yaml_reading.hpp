// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/instant.hpp"
#include "comity/geo/quantity.hpp"
#include "comity/wire/yaml_tree.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Values of single nodes. A node that is a null pointer is a key that is not there: what reads it
/// gives the default, and where the key is needed Fields says so.
namespace comity::wire {

/// The faults of a text, in the order in which they were found; those beyond kMaxFaults are passed
/// over. What reads goes on after a fault with defaults, and its result is thrown away in the end.
/// A resource: one text.
class Reading {
  public:
    static constexpr std::size_t kMaxFaults = 100;

    void fail(YamlFault fault, std::size_t line, std::string text);
    bool has_failed() const { return !faults_.empty(); }
    const std::vector<YamlError>& faults() const { return faults_; }

  private:
    std::vector<YamlError> faults_;
};

/// A fault with the file that has it, for files in which all faults are looked for at once.
struct FileFault {
    YamlFault fault;
    std::string file;
    std::size_t line;  ///< counted from 1
    std::string text;  ///< what is wrong, what was expected
    friend bool operator==(const FileFault&, const FileFault&) = default;
};

/// "FILE:LINE: what is wrong, what was expected".
std::string to_string(const FileFault& fault);
/// In the order of the lines.
std::vector<FileFault> faults_of(std::string_view file, std::vector<YamlError> errors);

/// "'x', expected " and what follows.
std::string instead_of(std::string_view found, std::string_view expected);
/// "a, b or c", of the first ten.
std::string one_of(std::span<const std::string> words);

/// The keys of one mapping. Each is asked for by its name; `finish` then refuses those that nobody
/// asked for and says which needed ones are missing.
class Fields {
  public:
    /// `of` names the mapping: "a party". A node that is no mapping is a fault.
    Fields(Reading& reading, const YamlNode& node, std::string of);

    const YamlNode* find(std::string_view key);
    const YamlNode* need(std::string_view key);
    /// Whether it is there, without asking for it.
    bool has(std::string_view key) const;
    std::size_t line() const { return line_; }
    /// To be called once, when all keys were asked for.
    void finish();

  private:
    Reading& reading_;
    const YamlNode& node_;
    std::size_t line_;
    std::string of_;
    std::vector<std::string> known_;
    std::vector<std::string> missing_;
};

/// A text of one line, not empty.
std::string name_of(Reading& reading, const YamlNode* node,
                    std::size_t most_bytes = YamlLimits::kMaxNameBytes);
/// A text of any lines, without blanks and newlines at its end.
std::string paragraph_of(Reading& reading, const YamlNode* node);
bool flag_of(Reading& reading, const YamlNode* node);
std::uint64_t count_of(Reading& reading, const YamlNode* node);

/// Both included.
struct WholeRange {
    std::uint64_t least;
    std::uint64_t most;
    std::string_view unit;
};
std::uint64_t whole_of(Reading& reading, const YamlNode* node, const WholeRange& range,
                       std::uint64_t otherwise);

struct NumberRange {
    double least;
    double most;
    std::string_view unit;
};
double number_of(Reading& reading, const YamlNode* node, const NumberRange& range);
/// Metres, 0 to half the earth's circumference.
std::optional<geo::Distance> accuracy_of(Reading& reading, const YamlNode* node);

struct DurationRange {
    geo::Milliseconds least;
    geo::Milliseconds most;
};
/// A whole number and its unit, one of ms, s, min, h. The words of the range are in seconds.
geo::Milliseconds duration_of(Reading& reading, const YamlNode* node, const DurationRange& range,
                              geo::Milliseconds otherwise);

/// The nodes of a list, or none.
std::span<const YamlNode> list_of(Reading& reading, const YamlNode* node, std::size_t most);
/// The keys of a mapping whose keys are names, each with its value, or none.
using NamedNodes = std::vector<std::pair<const YamlKey*, const YamlNode*>>;
NamedNodes mapping_of(Reading& reading, const YamlNode* node, std::size_t most);
/// The text, and the line, of a node that is to be one of some words.
std::string_view word_of(Reading& reading, const YamlNode* node);
/// Says that a word is none of those that it can be.
void refuse_word(Reading& reading, const YamlNode& node, std::span<const std::string> words);

template <typename Value>
using Words = std::span<const std::pair<std::string_view, Value>>;

/// The value of a word; the first one where there is a fault or no node.
template <typename Value>
Value value_of(Reading& reading, const YamlNode* node, Words<Value> words) {
    const std::string_view text = word_of(reading, node);
    if (text.empty()) return words.front().second;
    std::vector<std::string> known;
    for (const auto& [word, value] : words) {
        if (word == text) return value;
        known.emplace_back(word);
    }
    refuse_word(reading, *node, known);
    return words.front().second;
}

}  // namespace comity::wire
