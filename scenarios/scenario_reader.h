#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/scenario.h"
#include "scenarios/scenario_keys.h"
#include "scenarios/yaml_tree.h"

/// Typed, checked access to the sections of a scenario document. Nothing here throws: what is wrong
/// is noted, so that all of it can be shown at once.
namespace yonder::scenarios {

/// All that was found wrong so far.
class Problems {
 public:
  void add(SourceMark mark, std::string key_path, std::string problem, std::string example = {});
  void add_all(const std::vector<ScenarioError>& errors);
  bool empty() const { return list_.empty(); }
  /// Each once, in the order of files and lines.
  std::vector<ScenarioError> sorted() const;

 private:
  std::vector<ScenarioError> list_;
};

/// Where a value was found: its node, its full key path as shown to the user, and the mark of its
/// key.
struct FoundValue {
  const YamlNode* node = nullptr;
  const ScenarioKey* key = nullptr;
  std::string key_path;
};

/// How the key paths of a section are shown: "sites[0].lon_deg", or "row 3, column lon_deg".
enum class PathStyle { dotted, row_and_column };

/// One mapping of the document, with the keys that `section_path` allows (scenario_keys.h). On
/// construction unknown keys and empty values are noted.
class SectionReader {
 public:
  /// `fallback`: where keys that are not given here are looked for (cell_defaults). `node` and
  /// `fallback` must outlive the reader.
  SectionReader(Problems& problems, const YamlNode& node, std::string section_path,
                std::string shown_path, PathStyle style = PathStyle::dotted,
                const SectionReader* fallback = nullptr);

  /// Written here (not in the fallback). An empty value does not count.
  bool has(std::string_view key) const;
  /// Written here or in the fallback.
  bool given(std::string_view key) const;
  /// The value, from here or from the fallback; node is nullptr when there is none.
  FoundValue find(std::string_view key) const;
  /// Of an absent key that is required or has a default, the default; NaN when nothing valid is
  /// there, with the problem noted unless the key is optional and absent.
  double number(std::string_view key) const;
  std::optional<double> number_if_given(std::string_view key) const;
  int integer(std::string_view key) const;
  bool boolean(std::string_view key, bool fallback_value) const;
  std::string text(std::string_view key) const;
  std::string text_or(std::string_view key, std::string_view fallback_value) const;
  Label label(std::string_view key, std::string_view fallback_value) const;
  /// The items of a list; noted as missing when required and absent.
  std::vector<FoundValue> items(std::string_view key) const;
  /// A mapping below this one, or nullopt when it is absent or no mapping (noted as needed).
  std::optional<SectionReader> section(std::string_view key) const;

  /// Notes a problem of the key's value, or of the whole section for a key that is not given.
  void fail(std::string_view key, std::string problem) const;
  void fail(std::string_view key, std::string problem, std::string example) const;
  void fail_missing(std::string_view key) const;
  std::string path_of(std::string_view key) const;
  const SourceMark& mark() const { return node_->mark; }
  SourceMark mark_of(std::string_view key) const;
  const YamlNode& node() const { return *node_; }
  const std::string& shown_path() const { return shown_path_; }
  Problems& problems() const { return *problems_; }

 private:
  const ScenarioKey& spec(std::string_view key) const;

  Problems* problems_;
  const YamlNode* node_;
  std::string section_path_;
  std::string shown_path_;
  PathStyle style_;
  const SectionReader* fallback_;
};

/// A number as scenarios write it: decimal, with an optional exponent. Otherwise nullopt and in
/// `problem` why: quoted, leading zero, decimal comma, a unit, infinite.
std::optional<double> parse_number(const YamlNode& node, std::string& problem);

/// The value as text; nullopt and a problem for lists, mappings, true and false.
std::optional<std::string> parse_text(const YamlNode& node, std::string& problem);

/// The column of a sites CSV file for a key of "sites[]" or "sites[].cells[]".
std::string csv_column(std::string_view section_path, std::string_view key);

}  // namespace yonder::scenarios
