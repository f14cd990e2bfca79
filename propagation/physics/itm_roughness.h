#pragma once

#include <span>

/// How rough the terrain is, in the Irregular Terrain Model: one number, the interdecile range
/// delta h.
namespace yonder::propagation::itm {

/// delta h(d): the interdecile range of heights over a distance, from its value over an infinite
/// one, m. Source: ERL 79-ITS 67 eq. (3).
double roughness_over(double distance_m, double delta_h_m);

/// sigma_h: standard deviation of heights within the first Fresnel zone of the reflecting plane, m.
/// Source: ERL 79-ITS 67 eq. (3.6a).
double reflecting_plane_deviation_m(double roughness_m);

/// The number of heights beyond either decile, 4..25, for a part of a profile of so many steps: it
/// is resampled to ten times that less 5.
int heights_per_decile(double steps);

/// delta h over an infinite distance from an interdecile range found over a finite one. What is
/// left of a straight profile after rounding is no irregularity.
double delta_h_of_range_m(double range_m, double over_m);

/// delta h of a profile between two positions, m, extended to an infinite distance: the range
/// between the 10 % and the 90 % quantile of the heights above the fitted line. 0 when the
/// positions are less than two steps apart. Source: Hufford, "The ITS Irregular Terrain Model,
/// version 1.2.2", subroutine dlthx.
double profile_delta_h_m(std::span<const double> heights_m, double step_m, double from_m,
                         double to_m);

}  // namespace yonder::propagation::itm
