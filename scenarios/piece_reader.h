#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "core/path_loss_model.h"

namespace yonder::scenarios {

/// Reads a formula piece's case: every key once, with its range; what is missing, of the wrong
/// type, out of range or unknown becomes a CaseError of the case-file format. Ranges are RangeSpecs
/// in the case's own units.
class PieceReader {
 public:
  explicit PieceReader(const nlohmann::json& loss_case) : case_(loss_case) {}

  /// A number within `range`, whose name is the key.
  double number(const RangeSpec& range);
  /// Index of a word among `choices`.
  std::size_t choice(std::string_view key, std::span<const std::string_view> choices);
  /// Refuses keys that nobody asked for. `described` are keys that only describe the case.
  void finish(std::span<const std::string_view> described = {}) const;

 private:
  const nlohmann::json& value(std::string_view key);

  const nlohmann::json& case_;
  std::set<std::string, std::less<>> read_;
};

}  // namespace yonder::scenarios
