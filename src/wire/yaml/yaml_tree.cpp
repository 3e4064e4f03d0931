// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/wire/yaml_tree.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include <simdjson.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace comity::wire {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The library is left by an exception; this one carries our own faults through it.
struct Stop {
    YamlError error;
};

[[noreturn]] void stop(YamlFault fault, std::size_t line, std::string text) {
    throw Stop{{.fault = fault, .line = line, .text = std::move(text)}};
}

[[noreturn]] void refuse_count(std::size_t line) {
    stop(YamlFault::kTooMany, line,
         "too many values, expected at most " + std::to_string(YamlLimits::kMaxNodes));
}

// The library marks what it cannot place by -1.
std::size_t line_of(const YAML::Mark& mark) {
    return mark.line < 0 ? 1 : static_cast<std::size_t>(mark.line) + 1;
}

// A newline is none. The C1 control characters are two bytes each.
bool has_control_character(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte < 0x20 && text[i] != '\n') || byte == 0x7F) return true;
        if (byte == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
    }
    return false;
}

// Builds the tree from the parser's events. Its depth is bounded here, so that neither the parser
// nor whoever walks the tree runs out of stack.
class TreeBuilder : public YAML::EventHandler {
  public:
    YamlNode root() && { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (has_root_) {
            stop(YamlFault::kSecondDocument, line_of(mark),
                 "a second document, expected one document and nothing after it");
        }
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
        add({.kind = YamlKind::kNothing, .line = line_of(mark)});
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
        stop(YamlFault::kAlias, line_of(mark), "an alias (*), expected the value itself");
    }
    void OnAnchor(const YAML::Mark& mark, const std::string& /*name*/) override {
        stop(YamlFault::kAlias, line_of(mark), "an anchor (&), expected the value alone");
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                  const std::string& value) override {
        refuse_tag(mark, tag);
        if (has_control_character(value)) {
            stop(YamlFault::kBytes, line_of(mark), "a control character, expected printable text");
        }
        add({.kind = YamlKind::kText, .line = line_of(mark), .text = value});
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                         YAML::EmitterStyle::value /*style*/) override {
        refuse_tag(mark, tag);
        open({.kind = YamlKind::kList, .line = line_of(mark)});
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                    YAML::EmitterStyle::value /*style*/) override {
        refuse_tag(mark, tag);
        open({.kind = YamlKind::kMapping, .line = line_of(mark)});
    }
    void OnMapEnd() override { close(); }

  private:
    // A list or mapping that is not closed yet.
    struct Open {
        YamlNode node;
        std::optional<YamlKey> key;  // whose value comes next
        std::set<std::string> keys;
    };

    // "?" and "!" stand for no tag: of what is not quoted, and of what is.
    static void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
        if (tag.empty() || tag == "?" || tag == "!") return;
        stop(YamlFault::kAlias, line_of(mark), "a tag (!), expected the value alone");
    }

    bool expects_key() const {
        return !open_.empty() && open_.back().node.kind == YamlKind::kMapping && !open_.back().key;
    }

    void open(YamlNode node) {
        if (expects_key()) {
            stop(YamlFault::kKind, node.line, "a key that is no text, expected a text");
        }
        if (open_.size() == YamlLimits::kMaxDepth) {
            stop(YamlFault::kTooDeep, node.line,
                 "nested too deeply, expected at most " + std::to_string(YamlLimits::kMaxDepth) +
                     " levels");
        }
        open_.push_back({.node = std::move(node), .key = {}, .keys = {}});
    }

    void close() {
        YamlNode node = std::move(open_.back().node);
        open_.pop_back();
        add(std::move(node));
    }

    void add(YamlNode node) {
        if (++node_count_ > YamlLimits::kMaxNodes) refuse_count(node.line);
        if (open_.empty()) {
            root_ = std::move(node);
            has_root_ = true;
        } else if (expects_key()) {
            add_key(node);
        } else {
            Open& top = open_.back();
            if (top.key) {
                // The library marks nothing at what follows it.
                if (node.kind == YamlKind::kNothing) node.line = top.key->line;
                top.node.keys.push_back(*std::exchange(top.key, std::nullopt));
            }
            top.node.children.push_back(std::move(node));
        }
    }

    void add_key(const YamlNode& node) {
        if (node.kind != YamlKind::kText) {
            stop(YamlFault::kKind, node.line, "a key that is no text, expected a text");
        }
        if (!open_.back().keys.insert(node.text).second) {
            stop(YamlFault::kDuplicateKey, node.line,
                 "the key '" + node.text + "' twice, expected each key once");
        }
        open_.back().key = YamlKey{.text = node.text, .line = node.line};
    }

    YamlNode root_;
    bool has_root_ = false;
    std::size_t node_count_ = 0;
    std::vector<Open> open_;
};

// The library takes some control characters for its own marks, a tab for a blank here and for an
// error there, and bytes that are not UTF-8 for UTF-16: so all of them are refused before it.
void refuse_bytes(std::string_view text) {
    std::size_t number = 1;
    for (std::size_t begin = 0; begin < text.size(); ++number) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        std::string_view line = text.substr(begin, end - begin);
        begin = end + 1;
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!simdjson::validate_utf8(line.data(), line.size())) {
            stop(YamlFault::kBytes, number, "bytes that are not UTF-8, expected UTF-8 text");
        }
        if (line.find('\t') != std::string_view::npos) {
            stop(YamlFault::kBytes, number, "a tab, expected blanks");
        }
        if (has_control_character(line)) {
            stop(YamlFault::kBytes, number, "a control character, expected printable text");
        }
    }
}

// The library keeps the words of a whole [list] or {mapping} before it gives out the first, so
// their number is bounded before it. Those in comments and quotes are counted too.
void refuse_brackets(std::string_view text) {
    std::size_t count = 0;
    std::size_t line = 1;
    for (const char c : text) {
        if (c == '\n') ++line;
        if (c != '[' && c != '{' && c != ',') continue;
        if (++count > YamlLimits::kMaxNodes) refuse_count(line);
    }
}

YamlNode parse(std::string_view text, const YamlText& expected) {
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    if (text.size() > expected.most_bytes) {
        stop(YamlFault::kTooLarge, 1,
             std::to_string(text.size()) + " bytes, expected at most " +
                 std::to_string(expected.most_bytes));
    }
    refuse_bytes(text);
    refuse_brackets(text);
    // The library takes the end of the text for the end of a quote that is not closed; the end of
    // the document it does not.
    std::istringstream stream(std::string(text) + (text.ends_with('\n') ? "...\n" : "\n...\n"));
    YAML::Parser parser(stream);
    TreeBuilder builder;
    parser.HandleNextDocument(builder);
    // Whatever follows is a document too many, and the builder says so.
    parser.HandleNextDocument(builder);
    YamlNode root = std::move(builder).root();
    if (root.kind == YamlKind::kNothing) {
        stop(YamlFault::kSyntax, 1, "an empty text, expected " + std::string(expected.what));
    }
    return root;
}

}  // namespace

base::Expected<YamlNode, YamlError> read_yaml(std::string_view text, const YamlText& expected) {
    try {
        return parse(text, expected);
    } catch (const Stop& stopped) {
        return base::Unexpected(stopped.error);
    } catch (const YAML::Exception& fault) {
        return base::Unexpected(YamlError{.fault = YamlFault::kSyntax,
                                          .line = line_of(fault.mark),
                                          .text = fault.msg + ", expected YAML"});
    }
}

}  // namespace comity::wire
