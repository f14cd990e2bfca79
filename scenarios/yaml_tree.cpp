#include "scenarios/yaml_tree.h"

#include <yaml-cpp/emitter.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <istream>
#include <map>
#include <sstream>

#include "scenarios/utf8.h"

namespace yonder::scenarios {
namespace {

/// No scenario that a person writes comes near these. Anchors and aliases copy, and nested ones
/// grow exponentially: a few lines could take minutes and all memory.
constexpr std::size_t kMaxNodes = 5'000'000;
constexpr std::size_t kMaxCopiedNodes = 300'000;

SourceMark to_mark(const std::string& file, const YAML::Mark& mark) {
  if (mark.is_null()) return {file, 0, 0};
  return {file, mark.line + 1, mark.column + 1};
}

[[noreturn]] void refuse(SourceMark mark, std::string problem, std::string example = {}) {
  throw ScenarioErrors({{std::move(mark), "", std::move(problem), std::move(example)}});
}

std::size_t count_nodes(const YamlNode& node) {
  std::size_t count = 1;
  for (const YamlNode& item : node.items) count += count_nodes(item);
  for (const YamlEntry& entry : node.entries) count += count_nodes(entry.value);
  return count;
}

/// Builds the tree from yaml-cpp's events.
class TreeBuilder final : public YAML::EventHandler {
 public:
  explicit TreeBuilder(std::string file) : file_(std::move(file)) {}

  YamlNode take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    YamlNode node;
    node.mark = to_mark(file_, mark);
    add(std::move(node), anchor);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    node.mark = to_mark(file_, mark);
    node.quoted = tag == "!" || tag == "tag:yaml.org,2002:str";
    if (!node.quoted) refuse_tag(tag, node.mark);
    if (holds_noncharacter(value)) {
      refuse(node.mark, "holds a code point that is no character, such as U+FFFE");
    }
    node.text = value;
    add(std::move(node), anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto it = anchors_.find(anchor);
    if (it == anchors_.end()) refuse(to_mark(file_, mark), "this alias refers to itself");
    note_copy(it->second, to_mark(file_, mark));
    add(YamlNode(it->second), 0);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(YamlNode::Kind::list, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(YamlNode::Kind::map, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    YamlNode node;
    YAML::anchor_t anchor = 0;
    bool has_key = false;
    std::string key;
    SourceMark key_mark;
  };

  static void refuse_tag(const std::string& tag, const SourceMark& mark) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    refuse(mark, "YAML tags are not used in scenarios (" + tag + ")");
  }

  void open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor) {
    Open opened;
    opened.node.kind = kind;
    opened.node.mark = to_mark(file_, mark);
    refuse_tag(tag, opened.node.mark);
    opened.anchor = anchor;
    open_.push_back(std::move(opened));
  }
  void close() {
    Open closed = std::move(open_.back());
    open_.pop_back();
    add(std::move(closed.node), closed.anchor);
  }

  void note_copy(const YamlNode& node, const SourceMark& mark) {
    copied_ += count_nodes(node);
    if (copied_ > kMaxCopiedNodes) refuse(mark, "aliases multiply to a huge document");
  }

  void add(YamlNode node, YAML::anchor_t anchor) {
    if (++nodes_ > kMaxNodes) refuse(node.mark, "the document is too large");
    if (anchor != 0) {
      note_copy(node, node.mark);
      anchors_[anchor] = node;
    }
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.kind == YamlNode::Kind::list) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.has_key) {
      if (node.kind != YamlNode::Kind::scalar) {
        refuse(node.mark, "a key must be a word, not " + std::string(kind_text(node.kind)));
      }
      if (node.text == "<<" && !node.quoted) {
        refuse(node.mark, "YAML merge keys (<<) are not used in scenarios",
               "cell_defaults: {…} for what all cells share");
      }
      parent.has_key = true;
      parent.key = std::move(node.text);
      parent.key_mark = std::move(node.mark);
    } else {
      parent.has_key = false;
      // The mark of a value that is not there points at whatever comes next.
      if (node.kind == YamlNode::Kind::null) node.mark = parent.key_mark;
      parent.node.entries.push_back(
          {std::move(parent.key), std::move(parent.key_mark), std::move(node)});
    }
  }

  std::string file_;
  YamlNode root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, YamlNode> anchors_;
  std::size_t nodes_ = 0;
  std::size_t copied_ = 0;
};

void emit(YAML::Emitter& out, const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::null:
      out << YAML::Null;
      break;
    case YamlNode::Kind::scalar:
      if (node.quoted) out << YAML::DoubleQuoted;
      out << node.text;
      break;
    case YamlNode::Kind::list:
      out << YAML::BeginSeq;
      for (const YamlNode& item : node.items) emit(out, item);
      out << YAML::EndSeq;
      break;
    case YamlNode::Kind::map:
      out << YAML::BeginMap;
      for (const YamlEntry& entry : node.entries) {
        out << YAML::Key << entry.key << YAML::Value;
        emit(out, entry.value);
      }
      out << YAML::EndMap;
      break;
  }
}

}  // namespace

const YamlEntry* YamlNode::find(std::string_view key) const {
  for (const YamlEntry& entry : entries) {
    if (entry.key == key) return &entry;
  }
  return nullptr;
}

YamlEntry* YamlNode::find(std::string_view key) {
  for (YamlEntry& entry : entries) {
    if (entry.key == key) return &entry;
  }
  return nullptr;
}

std::string_view kind_text(YamlNode::Kind kind) {
  switch (kind) {
    case YamlNode::Kind::null:
      return "empty";
    case YamlNode::Kind::scalar:
      return "a single value";
    case YamlNode::Kind::list:
      return "a list";
    case YamlNode::Kind::map:
      return "a mapping";
  }
  return "";
}

YamlNode parse_yaml(std::string_view text, const std::string& file) {
  if (const int line = first_line_not_utf8(text)) {
    refuse({file, line, 1}, "is not UTF-8; save the file as \"UTF-8\" in the editor");
  }
  // Null bytes besides make yaml-cpp guess at UTF-16 and UTF-32.
  if (const int line = first_line_with_control_character(text)) {
    refuse(
        {file, line, 1},
        "holds a control character, such as a null byte; save the file as \"UTF-8\" in the editor",
        "\"\\x07\" in quotation marks, where one is meant");
  }
  std::istringstream in{std::string(text)};
  TreeBuilder builder(file);
  try {
    YAML::Parser parser(in);
    if (!parser.HandleNextDocument(builder)) return YamlNode{.mark = {file, 1, 1}};
    YamlNode root = builder.take();
    TreeBuilder second(file);
    if (parser.HandleNextDocument(second)) {
      refuse(second.take().mark,
             "a scenario file holds one YAML document, and here starts another");
    }
    return root;
  } catch (const YAML::Exception& error) {
    const SourceMark mark = to_mark(file, error.mark);
    std::string problem = "is not valid YAML: " + error.msg;
    if (mark.column > 0) problem = "column " + std::to_string(mark.column) + ": " + problem;
    refuse(mark, problem);
  }
}

void find_duplicate_keys(const YamlNode& node, const std::string& path,
                         std::vector<ScenarioError>& errors) {
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    find_duplicate_keys(node.items[i], path + "[" + std::to_string(i) + "]", errors);
  }
  std::map<std::string_view, int> first_line;
  for (const YamlEntry& entry : node.entries) {
    const std::string entry_path = path.empty() ? entry.key : path + "." + entry.key;
    const auto [it, is_new] = first_line.emplace(entry.key, entry.mark.line);
    if (!is_new) {
      errors.push_back({entry.mark, entry_path,
                        "is given twice, first in line " + std::to_string(it->second), ""});
    }
    find_duplicate_keys(entry.value, entry_path, errors);
  }
}

std::string emit_yaml(const YamlNode& node) {
  YAML::Emitter out;
  emit(out, node);
  return std::string(out.c_str()) + "\n";
}

}  // namespace yonder::scenarios
