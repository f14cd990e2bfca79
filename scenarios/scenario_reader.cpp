#include "scenarios/scenario_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>

#include "core/contracts.h"
#include "core/text.h"

namespace yonder::scenarios {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// [-+]?(digits[.digits] | .digits)([eE][-+]?digits)?
bool has_number_form(std::string_view text) {
  std::size_t i = 0;
  const auto digits = [&] {
    const std::size_t start = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    return i - start;
  };
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
  std::size_t count = digits();
  if (i < text.size() && text[i] == '.') {
    ++i;
    count += digits();
  }
  if (count == 0) return false;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    if (digits() == 0) return false;
  }
  return i == text.size();
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t kShown = 60;
  return "'" + std::string(text.substr(0, kShown)) + (text.size() > kShown ? "…'" : "'");
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

}  // namespace

void Problems::add(SourceMark mark, std::string key_path, std::string problem,
                   std::string example) {
  list_.push_back({std::move(mark), std::move(key_path), std::move(problem), std::move(example)});
}

void Problems::add_all(const std::vector<ScenarioError>& errors) {
  list_.insert(list_.end(), errors.begin(), errors.end());
}

std::vector<ScenarioError> Problems::sorted() const {
  std::vector<std::string> files;
  std::set<std::string> seen;
  std::vector<ScenarioError> result;
  for (const ScenarioError& error : list_) {
    if (!seen.insert(error.text()).second) continue;
    result.push_back(error);
    if (std::ranges::find(files, error.mark.file) == files.end()) files.push_back(error.mark.file);
  }
  const auto rank = [&](const ScenarioError& error) {
    return std::pair(std::ranges::find(files, error.mark.file) - files.begin(), error.mark.line);
  };
  std::ranges::stable_sort(result, {}, rank);
  return result;
}

std::optional<double> parse_number(const YamlNode& node, std::string& problem) {
  if (node.kind != YamlNode::Kind::scalar) {
    problem = "must be a number, not " + std::string(kind_text(node.kind));
    return std::nullopt;
  }
  const std::string_view text = node.text;
  if (node.quoted) {
    problem = "must be a number; \"" + node.text + "\" in quotes is text";
    return std::nullopt;
  }
  if (!has_number_form(text)) {
    const std::string word = lower(text);
    if (word == ".nan" || word == "nan" || word.ends_with(".inf") || word.ends_with("inf")) {
      problem = "must be a finite number, not " + in_quotes(text);
    } else if (text.find(',') != std::string_view::npos && is_digit(text.front())) {
      problem = "must be a number with a decimal point, not " + in_quotes(text);
    } else if (word.starts_with("0x") || word.starts_with("0o")) {
      problem = "must be a decimal number, not " + in_quotes(text);
    } else if (!text.empty() && (is_digit(text.front()) || text.front() == '-')) {
      problem = "must be a number alone (its unit is in the key), not " + in_quotes(text);
    } else {
      problem = "must be a number, not " + in_quotes(text);
    }
    return std::nullopt;
  }
  std::string_view digits = text;
  if (digits.front() == '+') digits.remove_prefix(1);
  const std::string_view magnitude = digits.substr(digits.front() == '-' ? 1 : 0);
  if (magnitude.size() > 1 && magnitude[0] == '0' && is_digit(magnitude[1])) {
    problem = "has a leading zero (" + node.text + "), which YAML readers may take as octal";
    return std::nullopt;
  }
  double value = kNaN;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(value)) {
    problem = "is too large or too small for a number (" + node.text + ")";
    return std::nullopt;
  }
  return value;
}

std::optional<std::string> parse_text(const YamlNode& node, std::string& problem) {
  if (node.kind != YamlNode::Kind::scalar) {
    problem = "must be text, not " + std::string(kind_text(node.kind));
    return std::nullopt;
  }
  if (!node.quoted && (node.text == "true" || node.text == "false")) {
    problem = "must be text; put quotes around " + node.text + " if that is meant";
    return std::nullopt;
  }
  if (node.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    problem = "must not be empty";
    return std::nullopt;
  }
  return node.text;
}

std::string csv_column(std::string_view section_path, std::string_view key) {
  if (section_path == "sites[]" && (key == "id" || key == "name"))
    return "site_" + std::string(key);
  if (section_path == "sites[].name") return key == "zh" ? "site_name_zh" : "site_name";
  if (section_path == "sites[].cells[]" && key == "id") return "cell_id";
  return std::string(key);
}

SectionReader::SectionReader(Problems& problems, const YamlNode& node, std::string section_path,
                             std::string shown_path, PathStyle style, const SectionReader* fallback)
    : problems_(&problems),
      node_(&node),
      section_path_(std::move(section_path)),
      shown_path_(std::move(shown_path)),
      style_(style),
      fallback_(fallback) {
  if (style_ == PathStyle::row_and_column) return;  // the CSV reader has checked the columns
  const std::vector<std::string_view> valid = keys_under(section_path_);
  const bool any_key = std::ranges::find(valid, "*") != valid.end();
  for (const YamlEntry& entry : node.entries) {
    if (!any_key && std::ranges::find(valid, entry.key) == valid.end()) {
      UnknownKey unknown = explain_unknown_key(section_path_, entry.key);
      problems_->add(entry.mark, path_of(entry.key), unknown.problem, unknown.valid_example);
    } else if (entry.value.kind == YamlNode::Kind::null) {
      problems_->add(entry.mark, path_of(entry.key), "has no value",
                     any_key ? std::string() : std::string(spec(entry.key).example));
    }
  }
}

const ScenarioKey& SectionReader::spec(std::string_view key) const {
  const std::string path =
      section_path_.empty() ? std::string(key) : section_path_ + "." + std::string(key);
  const ScenarioKey* found = find_key(path);
  if (found == nullptr) throw ContractViolation("undeclared scenario key " + path);
  return *found;
}

std::string SectionReader::path_of(std::string_view key) const {
  if (style_ == PathStyle::row_and_column) {
    return shown_path_ + ", column " + csv_column(section_path_, key);
  }
  return shown_path_.empty() ? std::string(key) : shown_path_ + "." + std::string(key);
}

bool SectionReader::has(std::string_view key) const {
  const YamlEntry* entry = node_->find(key);
  return entry != nullptr && entry->value.kind != YamlNode::Kind::null;
}

bool SectionReader::given(std::string_view key) const {
  return has(key) || (fallback_ != nullptr && fallback_->given(key));
}

FoundValue SectionReader::find(std::string_view key) const {
  if (has(key)) return {&node_->find(key)->value, &spec(key), path_of(key)};
  if (fallback_ != nullptr) return fallback_->find(key);
  return {};
}

SourceMark SectionReader::mark_of(std::string_view key) const {
  const FoundValue found = find(key);
  return found.node == nullptr ? node_->mark : found.node->mark;
}

void SectionReader::fail(std::string_view key, std::string problem) const {
  fail(key, std::move(problem), std::string(spec(key).example));
}

void SectionReader::fail(std::string_view key, std::string problem, std::string example) const {
  const FoundValue found = find(key);
  problems_->add(found.node == nullptr ? node_->mark : found.node->mark,
                 found.node == nullptr ? path_of(key) : found.key_path, std::move(problem),
                 std::move(example));
}

void SectionReader::fail_missing(std::string_view key) const {
  // A key written without a value has been noted already.
  if (style_ == PathStyle::dotted && node_->find(key) != nullptr) return;
  fail(key, "is missing");
}

std::optional<double> SectionReader::number_if_given(std::string_view key) const {
  const FoundValue found = find(key);
  if (found.node == nullptr) return std::nullopt;
  std::string problem;
  const std::optional<double> value = parse_number(*found.node, problem);
  if (!value) {
    fail(key, problem);
    return kNaN;
  }
  const RangeSpec& range = spec(key).range;
  if (!range.holds(*value)) {
    const bool negative = *value < 0 && range.min == 0;
    fail(key, negative
                  ? "is negative (" + number_text(*value) + "); it must be " + range_text(range)
                  : "must be " + range_text(range) + ", not " + number_text(*value));
    return kNaN;
  }
  return value;
}

double SectionReader::number(std::string_view key) const {
  if (const std::optional<double> value = number_if_given(key)) return *value;
  const ScenarioKey& key_spec = spec(key);
  if (key_spec.required) fail_missing(key);
  return key_spec.default_number;
}

int SectionReader::integer(std::string_view key) const {
  const double value = number(key);
  if (std::isnan(value)) return 0;
  if (value != std::floor(value)) {
    fail(key, "must be a whole number, not " + number_text(value));
    return 0;
  }
  return static_cast<int>(value);  // in the range of the table
}

bool SectionReader::boolean(std::string_view key, bool fallback_value) const {
  const FoundValue found = find(key);
  if (found.node == nullptr) return fallback_value;
  if (found.node->kind == YamlNode::Kind::scalar && !found.node->quoted) {
    if (found.node->text == "true") return true;
    if (found.node->text == "false") return false;
  }
  fail(key, "must be true or false" + (found.node->kind == YamlNode::Kind::scalar
                                           ? ", not " + in_quotes(found.node->text)
                                           : std::string()));
  return fallback_value;
}

std::string SectionReader::text(std::string_view key) const {
  const FoundValue found = find(key);
  const ScenarioKey& key_spec = spec(key);
  if (found.node == nullptr) {
    if (key_spec.required) fail_missing(key);
    return std::string();
  }
  std::string problem;
  const std::optional<std::string> value = parse_text(*found.node, problem);
  if (!value) {
    fail(key, problem);
    return std::string();
  }
  if (!key_spec.choices.empty() &&
      std::ranges::find(key_spec.choices, *value) == key_spec.choices.end()) {
    std::string words;
    for (const std::string_view word : key_spec.choices) {
      words += (words.empty() ? "" : ", ") + std::string(word);
    }
    problem = "cannot be " + in_quotes(*value) + "; it is one of " + words;
    const std::string_view near = nearest_word(*value, key_spec.choices);
    fail(key, problem,
         std::string(key) + ": " + std::string(near.empty() ? key_spec.choices[0] : near));
    return std::string();
  }
  return *value;
}

std::string SectionReader::text_or(std::string_view key, std::string_view fallback_value) const {
  return given(key) ? text(key) : std::string(fallback_value);
}

Label SectionReader::label(std::string_view key, std::string_view fallback_value) const {
  const FoundValue found = find(key);
  if (found.node == nullptr) return {std::string(fallback_value), {}};
  if (found.node->kind != YamlNode::Kind::map) return {text(key), {}};
  const std::string path =
      section_path_.empty() ? std::string(key) : section_path_ + "." + std::string(key);
  const SectionReader languages(*problems_, *found.node, path,
                                style_ == PathStyle::dotted ? found.key_path : shown_path_, style_);
  Label label{languages.text("en"), languages.text("zh")};
  if (!languages.has("en") && !languages.has("zh")) fail(key, "says it in no language");
  if (label.en.empty()) label.en = label.zh;
  return label;
}

std::vector<FoundValue> SectionReader::items(std::string_view key) const {
  const FoundValue found = find(key);
  const ScenarioKey& key_spec = spec(key);
  std::vector<FoundValue> result;
  if (found.node == nullptr) {
    if (key_spec.required) fail_missing(key);
    return result;
  }
  if (found.node->kind != YamlNode::Kind::list) {
    fail(key, "must be a list, not " + std::string(kind_text(found.node->kind)));
    return result;
  }
  if (found.node->items.empty()) fail(key, "is an empty list");
  for (std::size_t i = 0; i < found.node->items.size(); ++i) {
    result.push_back(
        {&found.node->items[i], &key_spec, found.key_path + "[" + std::to_string(i) + "]"});
  }
  return result;
}

std::optional<SectionReader> SectionReader::section(std::string_view key) const {
  const FoundValue found = find(key);
  if (found.node == nullptr) {
    if (spec(key).required) fail_missing(key);
    return std::nullopt;
  }
  if (found.node->kind != YamlNode::Kind::map) {
    fail(key, "must be a mapping of keys, not " + std::string(kind_text(found.node->kind)));
    return std::nullopt;
  }
  const std::string path =
      section_path_.empty() ? std::string(key) : section_path_ + "." + std::string(key);
  return SectionReader(*problems_, *found.node, path, found.key_path);
}

}  // namespace yonder::scenarios
