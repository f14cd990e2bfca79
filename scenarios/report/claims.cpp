#include "scenarios/report/claims.h"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "scenarios/yaml_tree.h"

namespace yonder::scenarios {
namespace {

using nlohmann::ordered_json;

[[noreturn]] void refuse(const SourceMark& mark, const std::string& key, const std::string& problem,
                         const std::string& valid) {
  throw ScenarioErrors({{mark, key, problem, valid}});
}

std::optional<double> number_of(const YamlNode& node) {
  if (node.kind != YamlNode::Kind::scalar || node.text.empty()) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(node.text.c_str(), &end);
  if (end != node.text.c_str() + node.text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<double> number_at(const ordered_json& records, const YamlNode& pointer) {
  try {
    const ordered_json::json_pointer at(pointer.text);
    if (!records.contains(at)) return std::nullopt;
    const ordered_json& found = records.at(at);
    if (found.is_boolean()) return found.get<bool>() ? 1.0 : 0.0;
    return found.is_number() ? std::optional(found.get<double>()) : std::nullopt;
  } catch (const ordered_json::exception& error) {
    refuse(pointer.mark, "at", std::string("is no JSON pointer: ") + error.what(),
           "at: /shapes/routes/highway/terminals/car/covered_share");
  }
}

std::string text_of(const YamlNode& entry, std::string_view key) {
  const YamlEntry* found = entry.find(key);
  return found != nullptr && found->value.kind == YamlNode::Kind::scalar ? found->value.text : "";
}

ordered_json claim_json(const YamlNode& entry, const ordered_json& records) {
  const YamlEntry* at = entry.find("at");
  if (entry.kind != YamlNode::Kind::map || at == nullptr) {
    refuse(entry.mark, "at", "is missing", "{what: …, claim: …, at: /kpis/…, band: [0.5, 0.9]}");
  }
  ordered_json claim = {{"what", text_of(entry, "what")}, {"source", text_of(entry, "source")}};
  const YamlEntry* said = entry.find("claim");
  const bool is_claim = said != nullptr && said->value.kind == YamlNode::Kind::scalar &&
                        (said->value.quoted || said->value.text != "null");
  claim["claim"] = is_claim ? ordered_json(said->value.text) : ordered_json();
  for (const char* const key : {"what_zh", "claim_zh"}) {
    if (std::string chinese = text_of(entry, key); !chinese.empty()) claim[key] = chinese;
  }
  const std::vector<YamlNode> pointers =
      at->value.kind == YamlNode::Kind::list ? at->value.items : std::vector<YamlNode>{at->value};
  std::optional<double> value = number_at(records, pointers.front());
  const bool ratio = pointers.size() == 2;
  if (ratio) {
    const std::optional<double> base = number_at(records, pointers.back());
    value = value && base && *base != 0.0 ? std::optional(*value / *base) : std::nullopt;
  }
  claim["at"] = pointers.front().text;
  claim["ratio"] = ratio;
  claim["value"] = value ? ordered_json(*value) : ordered_json();
  if (const YamlEntry* band = entry.find("band");
      band != nullptr && band->value.items.size() == 2) {
    const auto low = number_of(band->value.items[0]);
    const auto high = number_of(band->value.items[1]);
    if (low && high) claim["band"] = {*low, *high};
  }
  return claim;
}

}  // namespace

ordered_json read_claims(const std::filesystem::path& file, const ordered_json& records) {
  std::ifstream in(file);
  if (!in) {
    refuse({file.string()}, "", "cannot be read", "a list as docs/cases.md shows it");
  }
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const YamlNode document = parse_yaml(text, file.string());
  if (document.kind != YamlNode::Kind::list) {
    refuse({file.string(), 1, 1}, "", "is no list of claims",
           "- {what: …, claim: …, at: /kpis/…, band: [0.5, 0.9]}");
  }
  ordered_json claims = ordered_json::array();
  for (const YamlNode& entry : document.items) claims.push_back(claim_json(entry, records));
  return claims;
}

}  // namespace yonder::scenarios
