// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace comity::wire {

/// Why a text is not what it should be. Those up to kDuplicateKey are of YAML and leave nothing to
/// read; the others are of what the text says.
enum class [[nodiscard]] YamlFault : std::uint8_t{
    kTooLarge,        ///< more bytes than allowed
    kBytes,           ///< not UTF-8, or a control character, a tab among them
    kSyntax,          ///< not YAML
    kAlias,           ///< an anchor, an alias or a tag
    kSecondDocument,  ///< something after the end of the document
    kTooDeep,         ///< nested deeper than YamlLimits::kMaxDepth
    kTooMany,         ///< a list, a mapping or a text over its limit
    kKind,            ///< a mapping, a list or a text where another of them is expected
    kDuplicateKey,    ///< a key twice in one mapping
    kUnknownKey,      ///< a key that this mapping does not have
    kMissingKey,      ///< a key that this mapping must have
    kValue,        ///< a text that is not what the key takes: a time, a number, one of some words
    kRange,        ///< a number or a time outside its range
    kUnknownName,  ///< a name of something that the text does not have
    kConflict,     ///< values, each good by itself, that do not go together
};

struct YamlError {
    YamlFault fault;
    std::size_t line;  ///< counted from 1
    std::string text;  ///< what is wrong, what was expected
    friend bool operator==(const YamlError&, const YamlError&) = default;
};

/// What holds for every text, whatever it says.
struct YamlLimits {
    static constexpr std::size_t kMaxDepth = 16;
    /// Nodes of one text, and `[`, `{` and `,` in it together.
    static constexpr std::size_t kMaxNodes = std::size_t{1} << 20U;
    static constexpr std::size_t kMaxNameBytes = 256;   ///< of a text of one line
    static constexpr std::size_t kMaxTextBytes = 8192;  ///< of one of several lines
};

enum class YamlKind : std::uint8_t { kNothing, kText, kList, kMapping };

struct YamlKey {
    std::string text;
    std::size_t line = 0;
};

/// One node of the text with its line, from 1. A value.
struct YamlNode {
    YamlKind kind = YamlKind::kNothing;
    std::size_t line = 0;
    std::string text;                ///< of kText; quoted or not makes no difference
    std::vector<YamlKey> keys;       ///< of kMapping: all different
    std::vector<YamlNode> children;  ///< of kList and kMapping, there one for each key
};

/// What a text is to be.
struct YamlText {
    std::string_view what;  ///< "a scenario": what is expected where the text is empty
    std::size_t most_bytes = 0;
};

/// Reads the subset of YAML 1.2 that people write for us: one document, no anchors, aliases and
/// tags, keys that are texts, nothing of what looks like a number or a flag taken for one.
base::Expected<YamlNode, YamlError> read_yaml(std::string_view text, const YamlText& expected);

}  // namespace comity::wire
