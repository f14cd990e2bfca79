#pragma once

namespace yonder::propagation::itu_p2109 {

enum class BuildingType { traditional, thermally_efficient };

/// Building entry loss not exceeded with `probability_percent`, dB (ITU-R P.2109-2 (08/2023)
/// section 3, eqs. (1)-(10)). 0.08 to 100 GHz, probability above 0 and below 100 %, elevation of
/// the path at the facade -90 to 90 degrees; not checked here. May be slightly negative at small
/// probabilities.
double building_entry_loss_db(double frequency_ghz, double probability_percent,
                              double elevation_deg, BuildingType type);

}  // namespace yonder::propagation::itu_p2109
