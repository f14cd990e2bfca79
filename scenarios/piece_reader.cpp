#include "scenarios/piece_reader.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/text.h"
#include "scenarios/loss_cases.h"

namespace yonder::scenarios {
namespace {

constexpr auto kCaseKeys =
    std::to_array<std::string_view>({"id", "model", "expected", "edition", "comment"});

[[noreturn]] void refuse(std::string kind, std::string_view key, const std::string& problem) {
  throw CaseError{std::move(kind), std::string(key), "'" + std::string(key) + "' " + problem};
}

}  // namespace

const nlohmann::json* PieceReader::find(std::string_view key) const {
  const nlohmann::json* node = &case_;
  for (std::size_t begin = 0;;) {
    const std::size_t dot = key.find('.', begin);
    const std::string part(key.substr(begin, dot - begin));
    const auto it = node->is_object() ? node->find(part) : node->end();
    if (it == node->end() || it->is_null()) return nullptr;
    node = &*it;
    if (dot == std::string_view::npos) return node;
    begin = dot + 1;
  }
}

const nlohmann::json& PieceReader::value(std::string_view key) {
  const nlohmann::json* found = find(key);
  if (found == nullptr) refuse("missing", key, "is missing");
  read_.emplace(key);
  return *found;
}

std::vector<double> PieceReader::numbers(std::string_view key) {
  const nlohmann::json& given = value(key);
  if (!given.is_array()) refuse("wrong_type", key, "must be a list of numbers");
  std::vector<double> list;
  for (const nlohmann::json& item : given) {
    if (!item.is_number()) refuse("wrong_type", key, "must hold numbers only");
    list.push_back(item.get<double>());
  }
  return list;
}

double PieceReader::number(const RangeSpec& range) {
  const nlohmann::json& given = value(range.name);
  if (!given.is_number()) refuse("wrong_type", range.name, "must be a number");
  const double number = given.get<double>();
  if (range.holds(number)) return number;
  const bool below = !range.above(number);
  const double limit = below ? range.min : range.max;
  std::string message = "'" + std::string(range.name) + "' " + number_text(number) +
                        (below ? " is below " : " is above ") + number_text(limit);
  if (!range.unit.empty()) message += " " + std::string(range.unit);
  if (!range.source.empty()) message += " (" + std::string(range.source) + ")";
  throw CaseError{"out_of_range",
                  std::string(range.name),
                  std::move(message),
                  {{"bound", below ? "min" : "max"},
                   {"limit", limit},
                   {"limit_itself_allowed", below ? range.min_allowed : range.max_allowed}}};
}

std::size_t PieceReader::choice(std::string_view key, std::span<const std::string_view> choices) {
  const nlohmann::json& given = value(key);
  if (!given.is_string()) refuse("wrong_type", key, "must be a word");
  const std::string word = given.get<std::string>();
  const auto it = std::find(choices.begin(), choices.end(), word);
  if (it != choices.end()) return static_cast<std::size_t>(it - choices.begin());
  std::string listed;
  for (const std::string_view one : choices)
    listed += (listed.empty() ? "" : ", ") + std::string(one);
  refuse("wrong_value", key, "cannot be '" + word + "'; valid: " + listed);
}

void PieceReader::finish(std::span<const std::string_view> described) const {
  const auto holds = [](std::span<const std::string_view> keys, const std::string& key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  };
  const auto check = [&](const auto& self, const nlohmann::json& node,
                         const std::string& prefix) -> void {
    for (const auto& [name, child] : node.items()) {
      const std::string key = prefix + name;
      if (read_.contains(key) || holds(described, key)) continue;
      if (prefix.empty() && holds(kCaseKeys, key)) continue;
      const auto inner = read_.lower_bound(key + ".");
      if (child.is_object() && inner != read_.end() && inner->starts_with(key + ".")) {
        self(self, child, key + ".");
        continue;
      }
      std::vector<std::string_view> known(read_.begin(), read_.end());
      std::string problem = "is no key of this formula";
      const std::string_view near = nearest_word(key, known);
      if (!near.empty()) problem += "; did you mean '" + std::string(near) + "'?";
      refuse("unknown_key", key, problem);
    }
  };
  check(check, case_, "");
}

}  // namespace yonder::scenarios
