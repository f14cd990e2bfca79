#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/path_loss_model.h"
#include "scenarios/loss_cases.h"

namespace yonder::scenarios {

/// KEY=VALUE of a sweep: a number where VALUE is one, else a word.
struct SweepSetting {
  std::string key;
  std::variant<double, std::string> value;

  std::string text() const;  ///< "time_percent=1"
};

/// Reads KEY=VALUE; `option` is what the user wrote, for messages. Throws ScenarioErrors.
SweepSetting parse_setting(std::string_view text, const std::string& option);

/// One curve of a comparison: a model, or a piece of a method, with the settings of its own.
struct SweepModel {
  const ModelInfo* model = nullptr;
  const FormulaPiece* piece = nullptr;  ///< when `model` is null
  std::vector<SweepSetting> own;        ///< [KEY=VALUE,...] behind the id

  std::string_view id() const { return model != nullptr ? model->id : piece->id; }
  std::string overrides() const;  ///< "time_percent=1, n0=340", or empty
  std::string label() const;      ///< "itu_p1812[time_percent=1]"
};

/// Reads "ID,ID[KEY=VALUE,KEY=VALUE],...". Throws ScenarioErrors: unknown ids (with the nearest),
/// brackets that do not match, one curve named twice, too many.
std::vector<SweepModel> parse_sweep_models(std::string_view text);

/// More curves cannot be told apart in a picture.
inline constexpr std::size_t kMostCurves = 18;

}  // namespace yonder::scenarios
