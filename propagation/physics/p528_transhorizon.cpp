#include "propagation/physics/p528_transhorizon.h"

namespace yonder::propagation::p528 {

Transhorizon find_crossover(const Terminal& low, const Terminal& high, const Line& diffraction,
                            double frequency_mhz) {
  constexpr int kMostSteps = 100;
  constexpr double kLeastScatterDb = 20.0;  // below it scatter is not in its valid part
  const double horizons_km = low.horizon_km + high.horizon_km;
  Transhorizon result{.diffraction = diffraction};

  int valid = 0;
  double before_db = 0.0;
  double at_km = horizons_km + 3.0;  // (3-8)
  for (int i = 0; i < kMostSteps; ++i, at_km += 1.0) {
    const double scatter_db = troposcatter(low, high, at_km, frequency_mhz).loss_db;
    // The first two valid points make a slope, (3-10); scatter takes over where it rises no faster
    // than diffraction.
    const bool has_slope = scatter_db >= kLeastScatterDb && ++valid >= 2;
    if (has_slope && scatter_db - before_db <= diffraction.slope_db_per_km) {
      const double before_km = at_km - 1.0;
      result.crossover_km = at_km;
      result.is_lower_taken = before_db >= diffraction.at(before_km);  // (3-11)
      if (!result.is_lower_taken) {                                    // (3-12), (3-13)
        const double slope = (before_db - diffraction.at(horizons_km)) / (before_km - horizons_km);
        result.diffraction = {slope, before_db - slope * before_km};
      }
      return result;
    }
    before_db = scatter_db;
  }
  result.is_found = false;
  result.is_lower_taken = true;
  result.crossover_km = at_km - 1.0;
  return result;
}

}  // namespace yonder::propagation::p528
