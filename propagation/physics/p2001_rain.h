#pragma once

#include <array>
#include <cstddef>

#include "core/path_loss_model.h"
#include "propagation/physics/p2001_climate.h"

/// Fading by rain and wet snow, ITU-R P.2001-4 Attachment C.
namespace yonder::propagation::p2001 {

/// A section of the path that precipitation can fade.
struct RainSection {
  double length_km = 0.0;
  double low_amsl_m = 0.0;
  double high_amsl_m = 0.0;
};

/// Attenuation by precipitation on one section, for heights of the rain that vary in time.
class RainFading {
 public:
  /// `exceeded_percent` is q: the percentage of time for which the loss is exceeded.
  RainFading(const RainClimate& climate, const RainSection& section, double frequency_ghz,
             Polarization polarization, double exceeded_percent);

  /// Q_0ra, percentage of a year in which it rains (eq. (C.2.4)); 0 where it never does.
  double rain_percent() const { return rain_percent_; }
  /// Percentage of the rainy time for which a fade is exceeded (section C.3).
  double percent_exceeding(double fade_db) const;
  /// F_wvr, weight of the additional water vapour of rainy weather (eqs. (C.2.13), (C.2.14)).
  double vapour_factor() const { return vapour_factor_; }

 private:
  static constexpr std::size_t kHeights = 49;  // lines of table C.2.1

  double rain_percent_ = 0.0;
  double vapour_factor_ = 0.0;
  double b_ = 0.0;  ///< of the rain rate's distribution, eq. (C.2.5)
  double c_ = 0.0;
  double inverse_alpha_ = 0.0;
  std::size_t count_ = 0;
  std::array<double, kHeights> rate_per_fade_{};  ///< R_m = rate_per_fade A^(1/alpha), (C.3.1d)
  std::array<double, kHeights> probability_{};    ///< P_m
};

/// Attenuation relative to rain of a path section under a rain height, by melting snow and by what
/// lies above it (sections C.4, C.5).
double path_averaged_multiplier(double low_amsl_m, double high_amsl_m, double rain_height_m);

}  // namespace yonder::propagation::p2001
