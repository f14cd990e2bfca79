#pragma once

#include <cmath>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "core/path_loss_model.h"
#include "core/units.h"

/// The contract of an addition: a loss that a path-loss model does not contain and that is added to
/// its basic transmission loss (a wood around the receiver, the wall of a building, rain).
///
/// An addition is an immutable object made from named parameters. It sees a path's scalars and end
/// points only, never the terrain between them, so that it costs the same in a sweep as on one
/// path.
namespace yonder::propagation {

/// What an addition knows of a path.
struct AdditionPath {
  PathLossInput input;         ///< frequency, polarization, distance, terminals; its profile is
                               ///< not to be read
  double elevation_deg = 0.0;  ///< of the straight line from the lower to the higher antenna
  Zone rx_zone = Zone::inland;

  /// Length of that line, km.
  double slant_km() const {
    return input.distance_m / std::cos(deg_to_rad(elevation_deg)) / 1000.0;
  }
};

/// An addition's loss, or the reason why there is none.
struct AdditionResult {
  double loss_db = 0.0;       ///< certain loss, or the median of a statistical one
  double deviation_db = 0.0;  ///< of a statistical one: loss at percent() less the median
  LossStatus status = LossStatus::ok;
  std::uint8_t bound = 0;  ///< index into AdditionInfo::ranges or ::refusals

  bool ok() const { return status == LossStatus::ok; }
};

/// What an addition stands for. The order is that in which additions are applied.
enum class AdditionKind : std::uint8_t {
  medium,        ///< the air between the terminals
  surroundings,  ///< what stands around a terminal
  shell          ///< what the receiver is inside of; at most one
};

class LossAddition;

/// What an addition is: written once per addition as a constant table.
struct AdditionInfo {
  std::string_view id;        ///< "building_entry_p2109"
  std::string_view term_key;  ///< of its row among the terms: "building_entry_p2109_db"
  std::string_view source;    ///< "ITU-R P.2109-2 (08/2023)"
  std::string_view title;     ///< one line for `yonder models`
  std::string_view label;     ///< a few words for a row of a link budget
  AdditionKind kind = AdditionKind::medium;
  bool statistical = false;  ///< has a percentage of locations
  std::span<const RangeSpec> ranges;
  std::span<const ParameterSpec> parameters;
  std::span<const std::string_view> refusals;
  /// Absent parameters take their defaults. Throws ParameterError.
  std::unique_ptr<LossAddition> (*make)(const ParameterValues&) = nullptr;
};

class LossAddition {
 public:
  virtual ~LossAddition() = default;
  virtual const AdditionInfo& info() const = 0;

  /// Thread-safe, allocates nothing. Never gives NaN with status ok.
  virtual AdditionResult evaluate(const AdditionPath& path) const = 0;

  /// Locations for which a statistical addition's loss is not exceeded; 50 of a certain one.
  virtual double percent() const { return 50.0; }

  /// Heights above ground that the model is to take instead of the antennas' own, where the
  /// source's method asks for it.
  virtual double model_tx_height_m(double tx_height_m) const { return tx_height_m; }
  virtual double model_rx_height_m(double rx_height_m) const { return rx_height_m; }
};

/// Checks rows [first, first + count) of an addition's ranges, as check_ranges() does.
AdditionResult check_rows(const AdditionInfo& info, const PathLossInput& input, std::size_t first,
                          std::size_t count);
inline AdditionResult check_all_rows(const AdditionInfo& info, const PathLossInput& input) {
  return check_rows(info, input, 0, info.ranges.size());
}

/// Parameters of an addition, checked.
ParameterReader read_parameters(const AdditionInfo& info, const ParameterValues& values);

/// The percentage of a statistical addition; one name for all, so that they can be held against
/// each other.
inline constexpr std::string_view kLocationPercent = "location_percent";
inline constexpr ParameterSpec kLocationPercentSpec = {
    .name = kLocationPercent,
    .unit = "%",
    .default_value = 50.0,
    .range = {{}, "%", 0.0, 100.0, false, false, "a probability"},
    .meaning = "locations at which the loss is not exceeded"};

}  // namespace yonder::propagation
