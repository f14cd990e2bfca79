#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/path_loss_model.h"

namespace yonder::scenarios {

/// Reads a formula piece's case: every key once, with its range; what is missing, of the wrong
/// type, out of range or unknown becomes a CaseError of the case-file format. Ranges are RangeSpecs
/// in the case's own units. A dotted key reaches into an object: "tx.height_agl_m".
class PieceReader {
 public:
  explicit PieceReader(const nlohmann::json& loss_case) : case_(loss_case) {}

  /// A number within `range`, whose name is the key.
  double number(const RangeSpec& range);
  /// All numbers of a list.
  std::vector<double> numbers(std::string_view key);
  /// Whether a case has a key.
  bool has(std::string_view key) const { return find(key) != nullptr; }
  /// Index of a word among `choices`.
  std::size_t choice(std::string_view key, std::span<const std::string_view> choices);
  /// Refuses keys that nobody asked for. `described` are keys that only describe the case.
  void finish(std::span<const std::string_view> described = {}) const;

 private:
  const nlohmann::json& value(std::string_view key);
  const nlohmann::json* find(std::string_view key) const;

  const nlohmann::json& case_;
  std::set<std::string, std::less<>> read_;
};

}  // namespace yonder::scenarios
