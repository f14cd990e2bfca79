#include "scenarios/scenario_overrides.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/text.h"
#include "propagation/models.h"
#include "scenarios/scenario_files.h"
#include "scenarios/scenario_keys.h"

namespace yonder::scenarios {
namespace {

/// "sites[0].cells[S01-2].azimuth_deg" in steps; a step is a key, or an index or id in brackets.
struct Step {
  std::string word;
  bool in_brackets = false;
};

std::optional<std::vector<Step>> split_path(const std::string& path) {
  std::vector<Step> steps;
  std::size_t i = 0;
  bool key_wanted = true;
  while (i < path.size()) {
    if (path[i] == '[') {
      const std::size_t end = path.find(']', i);
      if (key_wanted || end == std::string::npos || end == i + 1) return std::nullopt;
      steps.push_back({path.substr(i + 1, end - i - 1), true});
      i = end + 1;
    } else {
      if (path[i] == '.') {
        if (key_wanted) return std::nullopt;
        ++i;
      } else if (!key_wanted) {
        return std::nullopt;
      }
      const std::size_t end = std::min(path.find_first_of(".[", i), path.size());
      if (end == i) return std::nullopt;
      steps.push_back({path.substr(i, end - i), false});
      i = end;
    }
    key_wanted = false;
  }
  if (steps.empty()) return std::nullopt;
  return steps;
}

/// The item that brackets name, or -1: an index, else the item with that id.
std::ptrdiff_t item_index(const YamlNode& list, const std::string& word) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), index);
  if (error == std::errc() && end == word.data() + word.size()) {
    return index < list.items.size() ? static_cast<std::ptrdiff_t>(index) : -1;
  }
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const YamlEntry* id = list.items[i].find("id");
    if (id != nullptr && id->value.text == word) return static_cast<std::ptrdiff_t>(i);
  }
  return -1;
}

/// Whether some model takes a file for the parameter.
bool is_table_parameter(std::string_view key_path) {
  constexpr std::string_view kParameters = "propagation.parameters.";
  if (!key_path.starts_with(kParameters)) return false;
  for (const ModelInfo* model : propagation::all_models()) {
    for (const ParameterSpec& spec : model->parameters) {
      if (spec.table != TableForm::none && spec.name == key_path.substr(kParameters.size())) {
        return true;
      }
    }
  }
  return false;
}

/// Makes relative file names absolute, wherever the table of keys or a model says that a value is a
/// path.
void resolve_paths(YamlNode& node, const std::string& key_path, const std::filesystem::path& base) {
  const ScenarioKey* key = find_key(key_path);
  const bool is_path = key != nullptr && key->kind == KeyKind::path;
  const bool is_table = is_table_parameter(key_path);
  const bool is_source = key_path == "terrain.sources" || key_path == "terrain.sources[]";
  if (node.kind == YamlNode::Kind::scalar && (is_path || is_source || is_table)) {
    node.text = resolve_path(base, node.text).string();
  }
  for (YamlNode& item : node.items) resolve_paths(item, key_path + "[]", base);
  for (YamlEntry& entry : node.entries) {
    resolve_paths(entry.value, key_path.empty() ? entry.key : key_path + "." + entry.key, base);
  }
}

void set_marks(YamlNode& node, const SourceMark& mark) {
  node.mark = mark;
  for (YamlNode& item : node.items) set_marks(item, mark);
  for (YamlEntry& entry : node.entries) {
    entry.mark = mark;
    set_marks(entry.value, mark);
  }
}

/// A value to be put at a key path, and where it was written.
struct Setting {
  std::string key_path;
  YamlNode value;
  SourceMark mark;
  std::string shown_path;  ///< key path as messages show it
  std::string in_list;     ///< a valid example of a value within a list
  std::filesystem::path base;
};

/// Whether the setting could be applied; if not, it is noted and `document` may be half changed.
bool apply(YamlNode& document, Setting set, Problems& problems) {
  const SourceMark& mark = set.mark;
  const auto steps = split_path(set.key_path);
  if (!steps) {
    problems.add(mark, set.shown_path, "is not a key path", set.in_list);
    return false;
  }
  YamlNode& value = set.value;
  const auto whole_list = [&](const std::string& path) {
    return mark.line > 0 ? "'" + path + "': […] sets a whole list"
                         : "--set '" + path + "=[…]' sets a whole list";
  };

  YamlNode* node = &document;
  std::string table_path;
  std::string walked;
  for (std::size_t i = 0; i < steps->size(); ++i) {
    const Step& step = (*steps)[i];
    const bool is_last = i + 1 == steps->size();
    if (step.in_brackets) {
      if (node->kind == YamlNode::Kind::null) {
        problems.add(
            mark, set.shown_path,
            "there is no list " + walked + " in the scenario file" +
                (walked == "sites" ? "; the rows of sites_csv are changed in the table" : ""),
            whole_list(walked));
        return false;
      }
      if (node->kind != YamlNode::Kind::list) {
        problems.add(mark, set.shown_path,
                     walked + " is " + std::string(kind_text(node->kind)) + ", not a list",
                     whole_list(walked));
        return false;
      }
      const std::ptrdiff_t index = item_index(*node, step.word);
      if (index < 0) {
        std::vector<std::string_view> ids;
        for (const YamlNode& item : node->items) {
          if (const YamlEntry* id = item.find("id")) ids.push_back(id->value.text);
        }
        std::string problem = walked + " has no item '" + step.word + "'; it has " +
                              std::to_string(node->items.size()) + ", counted from 0";
        const std::string_view near = nearest_word(step.word, ids);
        if (!near.empty()) problem += "; did you mean " + walked + "[" + std::string(near) + "]?";
        problems.add(mark, set.shown_path, problem, set.in_list);
        return false;
      }
      table_path += "[]";
      walked += "[" + step.word + "]";
      if (is_last && value.kind == YamlNode::Kind::null) {
        node->items.erase(node->items.begin() + index);
        return true;
      }
      node = &node->items[static_cast<std::size_t>(index)];
      continue;
    }
    if (node->kind == YamlNode::Kind::null) {
      node->kind = YamlNode::Kind::map;
      node->mark = mark;
    }
    if (node->kind != YamlNode::Kind::map) {
      problems.add(mark, set.shown_path,
                   (walked.empty() ? "the document" : walked) + " is " +
                       std::string(kind_text(node->kind)) + ", which has no key '" + step.word +
                       "'");
      return false;
    }
    // Parameters belong to the model, and their names may have dots.
    const bool to_parameters = table_path == "propagation.parameters";
    std::string key = step.word;
    if (to_parameters) {
      for (; i + 1 < steps->size() && !(*steps)[i + 1].in_brackets; ++i) {
        key += "." + (*steps)[i + 1].word;
      }
    }
    table_path += (table_path.empty() ? "" : ".") + key;
    walked += (walked.empty() ? "" : ".") + key;
    const bool at_end = i + 1 == steps->size();
    if (at_end && value.kind == YamlNode::Kind::null) {
      std::erase_if(node->entries, [&](const YamlEntry& entry) { return entry.key == key; });
      return true;
    }
    YamlEntry* entry = node->find(key);
    if (entry == nullptr) {
      node->entries.push_back({key, mark, {}});
      entry = &node->entries.back();
      entry->value.mark = mark;
    }
    if (at_end) entry->mark = mark;
    node = &entry->value;
  }
  resolve_paths(value, table_path, set.base);
  *node = std::move(value);
  return true;
}

/// Applies a setting wholly or not at all.
void apply_whole(YamlNode& document, Setting set, Problems& problems) {
  YamlNode changed = document;
  if (apply(changed, std::move(set), problems)) document = std::move(changed);
}

/// The value of an override, or nullopt with the problem noted.
std::optional<YamlNode> parse_value(const Override& set, const SourceMark& mark,
                                    Problems& problems) {
  try {
    YamlNode value = parse_yaml(set.value, mark.file);
    std::vector<ScenarioError> twice;
    find_duplicate_keys(value, set.key_path, twice);
    for (const ScenarioError& error : twice) problems.add(mark, error.key_path, "is given twice");
    set_marks(value, mark);
    return value;
  } catch (const ScenarioErrors& errors) {
    for (ScenarioError error : errors.list()) {
      error.problem += "; put quotes around values with characters that YAML reserves";
      problems.add(mark, set.key_path, error.problem, "--set 'terrain.sources=[\"tiles/*.tif\"]'");
    }
    return std::nullopt;
  }
}

}  // namespace

void apply_overrides(YamlNode& document, const std::vector<Override>& overrides,
                     const std::filesystem::path& current_directory, Problems& problems) {
  const SourceMark mark{"--set", 0, 0};
  for (const Override& set : overrides) {
    if (!split_path(set.key_path)) {
      problems.add(mark, set.key_path, "is not a key path",
                   "--set sites[0].cells[1].azimuth_deg=120");
      continue;
    }
    std::optional<YamlNode> value = parse_value(set, mark, problems);
    if (!value) continue;
    apply_whole(document,
                {.key_path = set.key_path,
                 .value = std::move(*value),
                 .mark = mark,
                 .shown_path = set.key_path,
                 .in_list = "--set 'sites[0].cells[1].azimuth_deg=120'",
                 .base = current_directory},
                problems);
  }
}

void apply_settings(YamlNode& document, const YamlNode& settings, const std::string& shown_path,
                    const std::filesystem::path& base, Problems& problems) {
  for (const YamlEntry& entry : settings.entries) {
    apply_whole(document,
                {.key_path = entry.key,
                 .value = entry.value,
                 .mark = entry.mark,
                 .shown_path = shown_path + "." + entry.key,
                 .in_list = "\"sites[0].cells[1].azimuth_deg\": 120",
                 .base = base},
                problems);
  }
}

}  // namespace yonder::scenarios
