#pragma once

/// Pathloss formulas of 3GPP TR 38.901 V17.0.0 table 7.4.1-1, LOS probabilities of table 7.4.2-1.
/// Frequencies in GHz, lengths in metres, losses in dB; the velocity of light is 3e8 m/s, as note 1
/// of the table defines it. Valid ranges are the callers' matter.
namespace yonder::propagation::tr38901 {

inline constexpr double kLightMPerS = 3.0e8;

/// Where the path lies: 2D distance and antenna heights above ground.
struct Link {
  double frequency_ghz = 0.0;
  double distance_2d_m = 0.0;
  double bs_height_m = 0.0;
  double ut_height_m = 0.0;

  double distance_3d_m() const;
};

/// Surroundings of the rural macro cell.
struct RuralSurroundings {
  double building_height_m = 5.0;
  double street_width_m = 20.0;
};

double rma_breakpoint_m(const Link& link);
double rma_los_db(const Link& link, double building_height_m);
double rma_nlos_db(const Link& link, const RuralSurroundings& surroundings);
double rma_los_probability(const Link& link);

/// Breakpoint of UMa and UMi for an effective environment height h_E (note 1 of the table).
double urban_breakpoint_m(const Link& link, double environment_height_m);

double uma_los_db(const Link& link, double environment_height_m);
double uma_nlos_db(const Link& link, double environment_height_m);
double uma_los_probability(const Link& link);

/// Probability that the UMa environment height is 1 m (note 1: 1 / (1 + C(d_2D, h_UT))); 1 below
/// h_UT = 13 m.
double uma_low_environment_probability(const Link& link);

double umi_los_db(const Link& link);
double umi_nlos_db(const Link& link);
double umi_los_probability(const Link& link);

}  // namespace yonder::propagation::tr38901
