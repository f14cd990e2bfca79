#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/scenario_error.h"

/// A YAML document as a plain tree in which every value and every key knows its line. Unlike
/// yaml-cpp's nodes it keeps duplicate keys and whether a scalar was quoted, and converts nothing:
/// what "010" or "1e6" means is decided by whoever reads the value.
namespace yonder::scenarios {

struct YamlEntry;

struct YamlNode {
  enum class Kind { null, scalar, list, map };
  Kind kind = Kind::null;
  bool quoted = false;  ///< of a scalar: written in quotes or as a block, hence text
  std::string text;     ///< of a scalar
  SourceMark mark;
  std::vector<YamlNode> items;     ///< of a list
  std::vector<YamlEntry> entries;  ///< of a map, in order

  const YamlEntry* find(std::string_view key) const;
  YamlEntry* find(std::string_view key);
};

struct YamlEntry {
  std::string key;
  SourceMark mark;
  YamlNode value;
};

/// "a mapping", "a list", "text", "empty": for messages.
std::string_view kind_text(YamlNode::Kind kind);

/// Parses one YAML document; `file` is only for the marks. Problems of syntax, and what a scenario
/// may not use (a second document, tags, keys that are no scalars, aliases that multiply without
/// bound), are thrown as ScenarioErrors with file:line:column. An empty text gives a null node.
YamlNode parse_yaml(std::string_view text, const std::string& file);

/// Adds an error for each key given twice in one map; the path of `node` is `path`.
void find_duplicate_keys(const YamlNode& node, const std::string& path,
                         std::vector<ScenarioError>& errors);

/// The tree as YAML text that parse_yaml reads back to an equal tree (marks aside).
std::string emit_yaml(const YamlNode& node);

}  // namespace yonder::scenarios
