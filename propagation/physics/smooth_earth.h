#pragma once

/// The smooth surface under a profile: heights of the least-squares line at both ends, and what of
/// it the diffraction method uses (P.1812-8 Attachment 1 section 5.6, P.526-15 section 4.5.3,
/// P.2001).
namespace yonder::propagation {

/// A pair of heights, m above sea level, under the transmitter and under the receiver.
struct EndHeights {
  double tx_m = 0.0;
  double rx_m = 0.0;
};

/// Sums over the profile's segments, of which the least-squares line is made (P.1812-8 eqs. (85),
/// (86)).
struct SmoothEarthSums {
  double v1 = 0.0;  ///< m^2
  double v2 = 0.0;  ///< m^3

  void add_segment(double from_m, double from_height_m, double to_m, double to_height_m) {
    const double length = to_m - from_m;
    v1 += length * (to_height_m + from_height_m);
    v2 += length * (to_height_m * (2.0 * to_m + from_m) + from_height_m * (to_m + 2.0 * from_m));
  }
};

/// Ends of the least-squares line (P.1812-8 eqs. (87), (88)).
inline EndHeights smooth_earth_ends(const SmoothEarthSums& sums, double distance_m) {
  const double square = distance_m * distance_m;
  return {(2.0 * sums.v1 * distance_m - sums.v2) / square,
          (sums.v2 - sums.v1 * distance_m) / square};
}

/// Highest obstruction of the straight line between the antennas, without earth curvature.
struct StraightLineObstruction {
  double height_m = 0.0;    ///< h_obs, P.1812-8 eq. (89a)
  double tx_elevation = 0;  ///< alpha_obt, eq. (89b), rise over run above the line
  double rx_elevation = 0;  ///< alpha_obr, eq. (89c)
};

/// Smooth-surface heights for the diffraction model (P.1812-8 eqs. (90), (91)): the line is lowered
/// where terrain stands in the way, and never lies above the ground at the terminals.
inline EndHeights diffraction_smooth_heights(EndHeights line,
                                             const StraightLineObstruction& obstruction,
                                             EndHeights ground) {
  const double sum = obstruction.tx_elevation + obstruction.rx_elevation;
  if (obstruction.height_m > 0.0 && sum > 0.0) {  // rounding may leave a height without elevation
    line.tx_m -= obstruction.height_m * obstruction.tx_elevation / sum;
    line.rx_m -= obstruction.height_m * obstruction.rx_elevation / sum;
  }
  return {line.tx_m < ground.tx_m ? line.tx_m : ground.tx_m,
          line.rx_m < ground.rx_m ? line.rx_m : ground.rx_m};
}

}  // namespace yonder::propagation
