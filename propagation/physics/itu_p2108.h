#pragma once

/// Clutter loss at a terminal, ITU-R P.2108-1 (09/2021) annex 1 section 3. Ranges are the callers'
/// matter.
namespace yonder::propagation::itu_p2108 {

/// Clutter types of table 3. Over water and open land the height gain is a power law (eq. (2b)),
/// elsewhere the loss of a knife edge at the street's far side (eq. (2a)).
enum class ClutterType { water_sea, open_rural, suburban, urban, trees_forest, dense_urban };

/// Section 3.1, dB: 30 MHz to 3 GHz. 0 where the antenna stands at or above the clutter. Infinite
/// for a height of 0 over water or open land.
double height_gain_db(double frequency_ghz, double height_agl_m, double street_width_m,
                      double clutter_height_m, ClutterType type);

/// Section 3.2, dB not exceeded at `location_percent` of locations: 0.5 to 67 GHz, paths of 0.25 km
/// and more. The Recommendation itself ends the growth with distance at 2 km (eq. (6)).
double terrestrial_statistical_db(double frequency_ghz, double distance_km,
                                  double location_percent);

/// Section 3.3, dB not exceeded at `location_percent` of locations on slant paths: 10 to 100 GHz,
/// elevation 0 to 90 degrees. Negative at small percentages, as in the Recommendation.
double slant_statistical_db(double frequency_ghz, double elevation_deg, double location_percent);

}  // namespace yonder::propagation::itu_p2108
