#pragma once

/// The extended Hata model of SEAMCAT: Hata's and COST 231's formulas carried to 30 MHz-3 GHz,
/// to 100 km and down to free space.
///
/// Source: Report ITU-R SM.2028-2 (06/2017) section 6.1, "Extended Hata propagation model", the
/// same as in ERC Report 68 and the SEAMCAT handbook. Arguments are in the report's units (MHz, km,
/// m); none is checked here. The report's base height is the larger of the two antenna heights, its
/// mobile height the smaller.
namespace yonder::propagation::seamcat_hata {

enum class Environment { urban, suburban, open };

struct Path {
  double frequency_mhz = 0.0;
  double distance_km = 0.0;
  double base_height_m = 0.0;    ///< H_b
  double mobile_height_m = 0.0;  ///< H_m, not above H_b
};

/// a(H_m), dB: Hata's correction of a medium city up to 10 m, 20 log10 above.
double mobile_height_correction_db(double frequency_mhz, double mobile_height_m);

/// b(H_b), dB: 0 from 30 m on, 20 log10(H_b / 30) below.
double base_height_correction_db(double base_height_m);

/// Exponent of log10 d: 1 to 20 km, above it more, by frequency and base height.
double distance_exponent(const Path& path);

/// What is subtracted from the urban loss, dB; the frequency is held to 150-2000 MHz.
double environment_relief_db(double frequency_mhz, Environment environment);

/// Free space over the straight line between the antennas, with the report's rounded 32.4 dB.
double free_space_db(const Path& path);

/// Median of the report's formulas before it is held to free space, dB: free space to 40 m, Hata
/// from 100 m, between them a straight line over log10 d.
double median_db(const Path& path, Environment environment);

/// Standard deviation of the loss, dB, where the signal passes above the roofs or below them.
double sigma_above_roof_db(double distance_km);
double sigma_below_roof_db(double distance_km);

}  // namespace yonder::propagation::seamcat_hata
