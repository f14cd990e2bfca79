#pragma once

#include <string>
#include <string_view>

#include "core/path_loss_model.h"

/// What the benchmarks of single models share.
namespace yonder::bench {

/// A path of the model's everyday use; the profile models share one, so that they compare.
struct Setting {
  double frequency_mhz = 773.0;
  double distance_m = 30000.0;
  double tx_m = 40.0;
  double rx_m = 1.5;
};

inline Setting setting(std::string_view model) {
  if (model == "okumura_hata") return {.distance_m = 10000.0};
  if (model == "cost231_hata") return {.frequency_mhz = 1800.0, .distance_m = 10000.0};
  if (model == "extended_hata") return {.frequency_mhz = 1800.0};
  if (model == "tr38901_rma") return {.distance_m = 3000.0};
  if (model == "tr38901_uma") return {.frequency_mhz = 2600.0, .distance_m = 500.0, .tx_m = 25.0};
  if (model == "tr38901_umi") return {.frequency_mhz = 2600.0, .distance_m = 200.0, .tx_m = 10.0};
  if (model == "tr36777_rma_av") return {.distance_m = 5000.0, .rx_m = 100.0};
  if (model == "two_ray_sea") return {.distance_m = 3000.0, .tx_m = 100.0, .rx_m = 20.0};
  if (model == "leaky_feeder") return {.distance_m = 500.0};
  if (model == "itu_p528") return {.distance_m = 100e3, .tx_m = 1000.0};
  return {};
}

/// Whether the model can do nothing without a file of the user's.
inline bool needs_a_file(const ModelInfo& info) {
  for (const ParameterSpec& parameter : info.parameters) {
    if (parameter.required && parameter.table != TableForm::none) return true;
  }
  return false;
}

/// Defaults, and for required parameters their example.
inline ParameterValues plain_parameters(const ModelInfo& info) {
  ParameterValues values;
  for (const ParameterSpec& parameter : info.parameters) {
    if (!parameter.required) continue;
    if (const double* number = std::get_if<double>(&parameter.default_value)) {
      values[std::string(parameter.name)] = *number;
    } else {
      values[std::string(parameter.name)] =
          std::string(std::get<std::string_view>(parameter.default_value));
    }
  }
  return values;
}

}  // namespace yonder::bench
