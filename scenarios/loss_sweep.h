#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/sweep_axis.h"
#include "scenarios/sweep_models.h"

/// `yonder loss --sweep`: models compared along one quantity (docs/loss-sweep.md).
namespace yonder::scenarios {

struct SweepRequest {
  SweepAxis axis;
  std::vector<SweepModel> models;
  std::vector<std::string> settings;  ///< KEY=VALUE, or MODEL.KEY=VALUE for one model
  std::string surface = "flat";       ///< as LossSurface takes it
  bool reference = true;              ///< add free space where it can be compared
};

/// A run of neighbouring points that a model refuses for one reason.
struct SweepGap {
  std::size_t first = 0, last = 0;  ///< points of the axis
  std::string reason;               ///< "distance_m is below 250 m (P.1812-8 section 1)"
};

/// What one model says along the axis.
struct SweepCurve {
  SweepModel model;
  bool is_reference = false;       ///< free space that nobody asked for
  std::vector<double> values;      ///< NaN in gaps
  std::vector<SweepGap> gaps;      ///< in order
  std::vector<std::string> fixed;  ///< parameters that were set, "time_percent=1"

  /// The gap that holds the point, or nullptr.
  const SweepGap* gap_at(std::size_t point) const;
};

struct LossSweep {
  SweepAxis axis;                    ///< over a given profile: the distances of its points
  std::string axis_unit;             ///< "m"
  std::string shown;                 ///< "loss_db", or the term or answer that was asked for
  std::string surface;               ///< description; empty where nobody looks at it
  std::vector<std::string> fixed;    ///< "frequency_mhz=700", ...
  std::vector<std::string> remarks;  ///< what was taken without being asked for
  std::vector<SweepCurve> curves;
};

/// Evaluates all models at all points. Throws ScenarioErrors where the request makes no sense:
/// missing or unknown quantities, values that a model cannot take at any point, a profile that ends
/// before the sweep does, no value anywhere.
LossSweep run_loss_sweep(const SweepRequest& request);

/// Unit that a name ends in: "distance_m" -> "m"; empty when it names none.
std::string unit_in_name(std::string_view name);

/// Readable table with the reasons of gaps below.
std::string sweep_table(const LossSweep& sweep);
/// One row a point, one column a curve; gaps are empty, their reasons in the last column.
std::string sweep_csv(const LossSweep& sweep);
nlohmann::ordered_json sweep_json(const LossSweep& sweep);
/// A PNG of the curves. Throws std::runtime_error when it cannot be written.
void write_sweep_picture(const LossSweep& sweep, const std::string& title,
                         const std::filesystem::path& file);

}  // namespace yonder::scenarios
