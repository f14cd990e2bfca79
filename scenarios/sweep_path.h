#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/path_loss_model.h"
#include "scenarios/sweep_models.h"

namespace yonder::scenarios {

/// The quantities of a path, in planners' units, as far as they are given.
struct SweepPath {
  std::optional<double> frequency_mhz, distance_m, tx_height_agl_m, rx_height_agl_m;
  LonLat tx, rx;
  std::optional<double> tx_distance_to_coast_m, rx_distance_to_coast_m;
  Polarization polarization = Polarization::vertical;

  /// As models take it, without a profile; what is not given is 0.
  PathLossInput input() const;
};

/// Keys of the path's quantities: "frequency_mhz", "tx.height_agl_m", ..., "polarization".
std::span<const std::string_view> sweep_path_keys();
bool is_path_key(std::string_view key);
/// Whether it can be swept: all but the polarization.
bool is_numeric_path_key(std::string_view key);

/// Sets one quantity. Throws ScenarioErrors for a word in place of a number and the reverse, and
/// for coordinates and distances that cannot be; `option` is what the user wrote.
void set_path_key(SweepPath& path, const SweepSetting& setting, const std::string& option);

}  // namespace yonder::scenarios
