// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/wire/scenario_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace comity::wire {

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

/// The most nodes of one text, and the most of `[`, `{` and `,` in it together.
inline constexpr std::size_t kMaxYamlNodes = std::size_t{1} << 20U;

/// Reads the subset of YAML 1.2 that scenarios are written in: one document, no anchors, aliases
/// and tags, keys that are texts, nothing of what looks like a number or a flag taken for one.
base::Expected<YamlNode, ScenarioError> read_yaml(std::string_view text);

}  // namespace comity::wire
