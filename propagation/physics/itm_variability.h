#pragma once

#include <cstdint>

#include "propagation/physics/itm_geometry.h"

/// How the loss varies in time, between locations and between situations, in the Irregular Terrain
/// Model.
namespace yonder::propagation::itm {

enum class Climate : std::uint8_t {
  equatorial = 1,
  continental_subtropical = 2,
  maritime_subtropical = 3,
  desert = 4,
  continental_temperate = 5,
  maritime_temperate_over_land = 6,
  maritime_temperate_over_sea = 7
};

/// Which of the three variabilities are treated together.
enum class VariabilityKind : std::uint8_t { single_message, accidental, mobile, broadcast };

struct VariabilityMode {
  VariabilityKind kind = VariabilityKind::mobile;
  bool has_location = true;   ///< false: location variability is eliminated (mdvar + 10)
  bool has_situation = true;  ///< false: direct situation variability is eliminated (mdvar + 20)
};

/// Fractions 0..1 (exclusive) of time, locations and situations in which the loss is not exceeded.
struct Fractions {
  double time = 0.5;
  double location = 0.5;
  double situation = 0.5;
};

/// The standard normal deviate exceeded with probability `fraction` (0..1, exclusive), as
/// approximated by the source: Abramowitz and Stegun 26.2.23, error below 4.5e-4.
double normal_deviate_exceeded(double fraction);

/// A quantity that grows with effective distance and settles, TN 101 eqs. (III.69), (III.70).
struct DistanceCurve {
  double c1_db, c2_db, x1_m, x2_m, x3_m;

  double at(double distance_m) const {
    const double bump = (distance_m - x2_m) / x3_m;
    const double ratio = distance_m / x1_m;
    const double squared = ratio * ratio;
    return (c1_db + c2_db / (1.0 + bump * bump)) * squared / (1.0 + squared);
  }
};

/// What the attenuation's deviations from the median are made of, but for the path.
struct Deviations {
  VariabilityMode mode;
  const DistanceCurve* median = nullptr;
  const DistanceCurve* time = nullptr;  ///< on the side of the median that is asked for
  double time_factor = 1.0;             ///< of the frequency, and of the far tail
  double z_time = 0.0;
  double z_location = 0.0;
  double z_situation = 0.0;
};

class Variability {
 public:
  Variability(Climate climate, const VariabilityMode& mode, const Fractions& fractions);

  /// Attenuation above free space at the fractions, dB (may be negative), from the reference
  /// attenuation. Source: Hufford, "The ITS Irregular Terrain Model, version 1.2.2", section 5; TN
  /// 101 vol. 2 annex III.
  double attenuation_db(const Geometry& g, double frequency_mhz, double reference_db) const;

  /// The same for many paths, which then need `at()` of two curves and a few operations.
  Deviations deviations(double frequency_mhz) const;

  /// A fraction lies further than 3.1 standard deviations out.
  bool is_extreme() const;

 private:
  std::size_t climate_;
  VariabilityMode mode_;
  double z_time_;
  double z_location_;
  double z_situation_;
};

}  // namespace yonder::propagation::itm
