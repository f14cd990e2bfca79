#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>

#include "core/units.h"
#include "propagation/models.h"

/// Random inputs within a model's own tables: paths, terrain and parameters.
namespace yonder::propagation {

/// Small and the same on every machine, which std::uniform_real_distribution is not.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  double unit() {  // SplitMix64; in [0, 1)
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return static_cast<double>((z ^ (z >> 31U)) >> 11U) * 0x1p-53;
  }
  bool chance(double p) { return unit() < p; }
  double between(double low, double high) { return low + (high - low) * unit(); }
  double log_between(double low, double high) { return low * std::pow(high / low, unit()); }
  std::size_t below(std::size_t count) {
    return std::min(count - 1, static_cast<std::size_t>(unit() * static_cast<double>(count)));
  }

 private:
  std::uint64_t state_;
};

/// The row of the model's own quantity that holds for every path: its first one of that name.
inline RangeSpec row_of(const ModelInfo& info, std::string_view name, double min, double max) {
  for (const RangeSpec& row : info.ranges) {
    if (row.name == name) return row;
  }
  return {.name = name, .min = min, .max = max};
}

/// Logarithmic over a row, at its very limits now and then; from `least` where the row begins at 0.
inline double draw(Dice& dice, const RangeSpec& row, double least) {
  if (row.min_allowed && dice.chance(0.02)) return row.min;
  if (row.max_allowed && dice.chance(0.02)) return row.max;
  const double low = std::max(row.min, least);
  const double value = std::clamp(dice.log_between(low, row.max), low, row.max);
  return row.holds(value) ? value : std::sqrt(low * row.max);
}

/// A value of a parameter within its range.
inline ParameterValue draw(Dice& dice, const ParameterSpec& parameter) {
  if (!parameter.choices.empty()) {
    return std::string(parameter.choices[dice.below(parameter.choices.size())]);
  }
  const RangeSpec& row = parameter.range;
  const double usual = std::get<double>(parameter.default_value);
  if (dice.chance(0.05) && row.min_allowed) return row.min;
  if (dice.chance(0.05) && row.max_allowed) return row.max;
  double value = usual * dice.between(0.5, 2.0);
  if (std::isfinite(row.min) && std::isfinite(row.max)) value = dice.between(row.min, row.max);
  if (dice.chance(0.5)) value = std::round(value);
  return row.holds(value) ? value : usual;
}

/// A model with its required parameters and some others; a mix it refuses is drawn again.
inline std::unique_ptr<PathLossModel> draw_model(Dice& dice, const ModelInfo& info) {
  for (double share = dice.unit();; share *= 0.7) {
    ParameterValues values;
    for (const ParameterSpec& parameter : info.parameters) {
      if (parameter.table != TableForm::none) continue;  // a file of the user's
      if (parameter.required || dice.chance(share)) {
        values[std::string(parameter.name)] = draw(dice, parameter);
      }
    }
    try {
      return info.make(values);
    } catch (const ParameterError&) {
      if (share < 1e-9) throw;  // by then nothing optional was drawn for long
    }
  }
}

/// The defaults; for required parameters their example.
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

/// One path over its own terrain.
class RandomPath {
 public:
  RandomPath(const ModelInfo& info, std::uint64_t seed)
      : dice(seed),
        frequency_(row_of(info, "frequency_mhz", 30.0, 6000.0)),
        distance_(row_of(info, "distance_m", 1.0, 1e5)),
        tx_(row_of(info, "tx.height_agl_m", 0.5, 3000.0)),
        rx_(row_of(info, "rx.height_agl_m", 0.5, 3000.0)),
        needs_profile_(info.uses_profile) {}

  RandomPath(const RandomPath&) = delete;
  RandomPath& operator=(const RandomPath&) = delete;

  /// `same_terminals` keeps frequency and heights, for models that prepare these at some expense.
  const PathLossInput& next(bool same_terminals = false) {
    if (!same_terminals || input_.frequency_hz == 0.0) {
      input_.frequency_hz = mhz_to_hz(draw(dice, frequency_, 1e-3));
      // The unit's change may step over the limit by a rounding.
      if (!frequency_.holds(hz_to_mhz(input_.frequency_hz))) {
        input_.frequency_hz = mhz_to_hz(std::sqrt(frequency_.min * frequency_.max));
      }
      input_.tx.height_agl_m = draw(dice, tx_, 0.01);
      input_.rx.height_agl_m = dice.chance(0.1) && rx_.holds(input_.tx.height_agl_m)
                                   ? input_.tx.height_agl_m
                                   : draw(dice, rx_, 0.01);
    }
    input_.polarization = dice.chance(0.5) ? Polarization::horizontal : Polarization::vertical;
    input_.distance_m = draw(dice, distance_, 1.0);
    input_.tx.position = {dice.between(-180.0, 180.0), dice.between(-90.0, 90.0)};
    input_.rx.position = {input_.tx.position.lon_deg + dice.unit(),
                          std::clamp(input_.tx.position.lat_deg + dice.unit(), -90.0, 90.0)};
    input_.profile = {};
    if (input_.distance_m > 0.0 && (needs_profile_ || dice.chance(0.3))) draw_profile();
    return input_;
  }

  Dice dice;

 private:
  void draw_profile() {
    const auto n = static_cast<std::size_t>(dice.log_between(3.0, 40.0));
    profile_.resize(n);
    const bool even = dice.chance(0.6);
    double at = 0.0;
    for (double& x : profile_.distance_m) {
      x = at;
      at += even ? 1.0 : 0.05 + dice.unit();
    }
    const double stretch = input_.distance_m / profile_.distance_m.back();
    for (double& x : profile_.distance_m) x *= stretch;
    profile_.distance_m.back() = input_.distance_m;
    // Plains, noise, slopes, single spikes and steps, from the Dead Sea to Tibet.
    const double base_m = dice.chance(0.3) ? 0.0 : dice.between(-400.0, 5000.0);
    const double relief_m = dice.chance(0.3) ? 0.0 : dice.log_between(0.1, 3000.0);
    const double slope_m = dice.chance(0.7) ? 0.0 : relief_m * dice.between(-1.0, 1.0);
    const double bumpy = dice.chance(0.3) ? 0.05 : dice.unit();
    const double zone_change = dice.chance(0.5) ? 0.0 : 0.3;
    const bool clutter = dice.chance(0.5);
    Zone zone = draw_zone();
    for (std::size_t i = 0; i < n; ++i) {
      const double t = profile_.distance_m[i] / input_.distance_m;
      profile_.ground_amsl_m[i] =
          base_m + slope_m * t + (dice.chance(bumpy) ? relief_m * dice.unit() : 0.0);
      profile_.clutter_height_m[i] = clutter && dice.chance(0.5) ? dice.between(0.0, 40.0) : 0.0;
      if (dice.chance(zone_change)) zone = draw_zone();
      profile_.zone[i] = zone;
    }
    input_.profile = profile_.view();
    if (dice.chance(0.2)) input_.profile.clutter_height_m = {};
    if (dice.chance(0.2)) input_.profile.zone = {};
  }
  Zone draw_zone() { return static_cast<Zone>(dice.below(3)); }

  RangeSpec frequency_;
  RangeSpec distance_;
  RangeSpec tx_;
  RangeSpec rx_;
  bool needs_profile_;
  PathProfile profile_;
  PathLossInput input_;
};

}  // namespace yonder::propagation
