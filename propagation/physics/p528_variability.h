#pragma once

namespace yonder::propagation::p528 {

struct LongTermVariation {
  double at_percent_db = 0.0;  ///< Y_e at the time percentage; positive: less loss
  double at_median_db = 0.0;   ///< Y_e at 50 %
  double excess_db = 0.0;      ///< A_Y, taken off so that levels do not exceed free space too much
};

/// Long-term (hourly median) variation. `horizons_km`: sum of both terminals' horizons;
/// `elevation_factor`: f_theta_h, 1 for low rays; `gain_db`: the path's median over free space, A_T
/// (negative: loss). 1 <= time_percent <= 99. P.528-5 annex 2 section 14.
LongTermVariation long_term_variation(double horizons_km, double distance_km, double frequency_mhz,
                                      double time_percent, double elevation_factor, double gain_db);

/// Variation of two independent causes together at a percentage, from each one's variation there
/// and at the median. P.528-5 annex 2, step 7.
double combine_variations_db(double a_median_db, double a_db, double b_median_db, double b_db,
                             double time_percent);

}  // namespace yonder::propagation::p528
