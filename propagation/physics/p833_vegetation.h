#pragma once

/// Attenuation in vegetation, ITU-R P.833-10 (09/2021) annex 1. Ranges are the callers' matter.
namespace yonder::propagation::p833 {

/// Excess loss where one terminal stands in woodland and `depth_m` of the path lie in it, dB
/// (section 2.1, eq. (1)). It saturates at the maximum: then the ray comes over or around the
/// trees.
double woodland_loss_db(double depth_m, double specific_attenuation_db_per_m,
                        double maximum_attenuation_db);

/// Specific attenuation measured in mixed woodland near St. Petersburg, dB/m (table 1), between its
/// five frequencies on a straight line of both logarithms. 105.9 to 2117.5 MHz.
double measured_specific_attenuation_db_per_m(double frequency_mhz);

/// Maximum attenuation A_m = A_1 f^alpha of the same measurements, dB (section 2.1, eq. (2):
/// A_1 = 1.37, alpha = 0.42). 105.9 to 2117.5 MHz.
double measured_maximum_attenuation_db(double frequency_mhz);

}  // namespace yonder::propagation::p833
