#include "scenarios/scenario_variants.h"

#include <algorithm>
#include <map>

#include "core/text.h"
#include "scenarios/file_name.h"

namespace yonder::scenarios {
namespace {

VariantSettings decode_variant(const SectionReader& section) {
  VariantSettings variant;
  variant.config.mark = section.mark();
  variant.config.id = section.text("id");
  variant.config.name = section.label("name", variant.config.id);
  const std::string problem = file_name_problem(variant.config.id);
  if (!problem.empty() && !variant.config.id.empty()) section.fail("id", problem);
  variant.shown_path = section.path_of("set");
  variant.settings.kind = YamlNode::Kind::map;
  const FoundValue settings = section.find("set");
  if (settings.node == nullptr) return variant;
  if (settings.node->kind != YamlNode::Kind::map) {
    section.fail("set",
                 "must be a mapping of keys, not " + std::string(kind_text(settings.node->kind)));
    return variant;
  }
  variant.settings = *settings.node;
  for (const YamlEntry& entry : variant.settings.entries) {
    const std::string_view key = entry.key;
    if (key == "variants" || key.starts_with("variants[") || key.starts_with("variants.")) {
      section.problems().add(entry.mark, variant.shown_path + "." + entry.key,
                             "a variant has no variants of its own",
                             "cell_defaults.height_agl_m: 80");
    }
  }
  return variant;
}

}  // namespace

std::vector<VariantSettings> take_variants(YamlNode& document, Problems& problems) {
  std::vector<VariantSettings> variants;
  const YamlEntry* const entry = document.find("variants");
  if (entry == nullptr) return variants;
  if (entry->value.kind == YamlNode::Kind::null) return variants;  // the document's reader notes it
  std::map<std::string, int> lines;
  if (entry->value.kind != YamlNode::Kind::list || entry->value.items.empty()) {
    problems.add(entry->mark, "variants",
                 entry->value.kind == YamlNode::Kind::list
                     ? "is an empty list"
                     : "must be a list, not " + std::string(kind_text(entry->value.kind)),
                 "variants: [{id: baseline}, {id: taller, set: {cell_defaults.height_agl_m: 80}}]");
  }
  for (std::size_t i = 0; i < entry->value.items.size(); ++i) {
    const YamlNode& item = entry->value.items[i];
    const std::string path = "variants[" + std::to_string(i) + "]";
    if (item.kind != YamlNode::Kind::map) {
      problems.add(item.mark, path,
                   "must be a mapping of keys, not " + std::string(kind_text(item.kind)),
                   "{id: taller, set: {cell_defaults.height_agl_m: 80}}");
      continue;
    }
    const SectionReader section(problems, item, "variants[]", path);
    VariantSettings variant = decode_variant(section);
    if (variant.config.id.empty()) continue;  // noted
    const auto [first, is_new] = lines.emplace(variant.config.id, item.mark.line);
    if (!is_new) {
      section.fail("id", "variant '" + variant.config.id + "' is defined twice, first in line " +
                             std::to_string(first->second));
      continue;
    }
    variants.push_back(std::move(variant));
  }
  std::erase_if(document.entries, [](const YamlEntry& one) { return one.key == "variants"; });
  return variants;
}

void check_variant_id(std::string_view id, const std::vector<VariantConfig>& variants) {
  std::vector<std::string_view> ids;
  std::string list;
  for (const VariantConfig& one : variants) {
    if (one.id == id) return;
    ids.push_back(one.id);
    list += (list.empty() ? "--variant " : ", ") + one.id;
  }
  std::string problem = variants.empty() ? "the scenario has no variants"
                                         : "there is no variant '" + std::string(id) + "'";
  const std::string_view near = nearest_word(id, ids);
  if (!near.empty()) problem += "; did you mean '" + std::string(near) + "'?";
  throw ScenarioErrors({{{}, "--variant", problem, list}});
}

std::string variant_text(const VariantConfig& variant) {
  const Label& name = variant.name;
  return name.zh.empty() || name.zh == name.en ? name.en : name.en + " " + name.zh;
}

Label full_title(const Scenario& scenario) {
  Label title = scenario.title;
  const VariantConfig* const variant = scenario.chosen_variant();
  if (variant == nullptr) return title;
  title.en += " · " + variant->name.en;
  const std::string& zh = variant->name.zh.empty() ? variant->name.en : variant->name.zh;
  if (!title.zh.empty()) title.zh += " · " + zh;
  return title;
}

}  // namespace yonder::scenarios
