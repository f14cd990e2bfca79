#pragma once

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/path_loss_model.h"

/// Every key of a scenario file, in one table: the parser, the messages, the documentation's table
/// and the test of the JSON Schema all read it.
namespace yonder::scenarios {

enum class KeyKind {
  section,  ///< a mapping with keys of its own
  list,     ///< a list; its items' keys have "[]" in their path
  number,
  integer,
  boolean,
  text,   ///< a word or a name; numbers written without quotes are taken as they stand
  label,  ///< text, or {en: …, zh: …}
  path    ///< a file or folder
};

struct ScenarioKey {
  std::string_view path;  ///< "sites[].cells[].power_w"; "[]" any item, "*" any key
  KeyKind kind = KeyKind::section;
  bool required = false;
  std::string_view default_text;  ///< as documented; empty when there is none
  std::string_view example;       ///< "power_w: 240"
  std::string_view meaning;
  RangeSpec range{};  ///< of numbers and integers; `name` is left empty
  double default_number = std::numeric_limits<double>::quiet_NaN();
  std::span<const std::string_view> choices{};  ///< of text: the only words allowed

  /// The last part of the path.
  std::string_view name() const;
};

std::span<const ScenarioKey> scenario_keys();

/// The key of that path, or nullptr.
const ScenarioKey* find_key(std::string_view path);

/// Names of the keys directly under a section's path ("" is the document).
std::vector<std::string_view> keys_under(std::string_view section_path);

/// What to say about a key that does not exist where it was written, and the nearest valid one.
struct UnknownKey {
  std::string problem;
  std::string valid_example;
};
UnknownKey explain_unknown_key(std::string_view section_path, std::string_view key);

/// "30 to 6000 MHz", "above 0, up to 100 km", "above 0, below 100 %", "0 dB or more"; empty when
/// there is no bound.
std::string range_text(const RangeSpec& range);

}  // namespace yonder::scenarios
