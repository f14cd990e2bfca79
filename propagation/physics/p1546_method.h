#pragma once

#include <optional>

#include "propagation/physics/p1546_curves.h"

/// The formulas of ITU-R P.1546-6 Annex 5, in its units: f MHz, d km, heights m, angles degrees,
/// field strengths dB(uV/m) for 1 kW e.r.p. Sections and equation numbers are those of Annex 5.
namespace yonder::propagation::p1546 {

/// Surroundings of the receiver (section 9).
enum class Area { rural, suburban, urban, dense_urban, sea };

/// Free-space field strength, eq. (2).
double free_space_field_dbuv(double distance_km);

/// Largest field strength over a path of which `sea_km` is sea: between eqs. (1a) and (1b),
/// linearly by the share of sea (Annex 6 step 19).
double maximum_field_dbuv(double distance_km, double sea_km, double time_percent);

/// J(nu), eq. (12a); 0 for nu <= -0.7806.
double knife_edge_db(double nu);

/// Approximate inverse complementary cumulative normal distribution, 0 < x < 1 (section 16).
double inverse_normal(double x);

/// Approximate distance at which 0.6 of the first Fresnel zone is just clear over a smooth earth,
/// km, at least 0.001 (section 18).
double fresnel_clearance_km(double frequency_mhz, double h1_m, double h2_m);

/// h1 of a land or mixed path without terrain: from the height above ground to the effective height
/// between 3 and 15 km (section 3.1.1, eqs. (4), (5); section 3.2, eq. (7)).
double height_without_terrain_m(double distance_km, double height_agl_m, double effective_height_m);

/// What sections 4 to 7 need to know of a path beside the surface.
struct CurvePath {
  double frequency_mhz = 0.0;
  double time_percent = 0.0;  ///< 1..50
  double distance_km = 0.0;   ///< 1..1000
  double h1_m = 0.0;          ///< up to 3000; over sea at least 1
  double maximum_dbuv = 0.0;  ///< E_max at this path
};

/// Field strength of the curves over one surface: distance, height (also below 10 m and negative),
/// frequency and time (sections 4 to 7; Annex 6 steps 6 to 10).
double curve_field_dbuv(const Curves& curves, Surface surface, const CurvePath& path);

/// Field strength of a path partly over sea out of the fields as if it were all land or all sea
/// (section 8). `sea_share` 0..1.
double mixed_field_dbuv(double land_dbuv, double sea_dbuv, double sea_share);

/// Correction for the receiver's antenna height among clutter of height `clutter_m` (section 9).
/// h2 at least 1 m; at sea at least 3 m.
double receiver_height_correction_db(double frequency_mhz, double distance_km, double h1_m,
                                     double h2_m, double clutter_m, Area area);

/// Correction for clutter around the transmitter, never positive (section 10).
double transmitter_clutter_correction_db(double frequency_mhz, double height_agl_m,
                                         double clutter_m);

/// Correction for the terrain clearance angle at the receiver, which the method limits to 0.55..40
/// degrees (section 11).
double clearance_angle_correction_db(double frequency_mhz, double angle_deg);

/// Standard deviation over places (section 12): with the terrain known by the width of the square,
/// without by the surroundings; 0 at sea.
double location_deviation_db(double frequency_mhz, Area area, std::optional<double> cell_width_m);

/// Scatter angle, at least 0 (section 13, eq. (35)); the angles are the terminals' clearance
/// angles.
double scatter_angle_deg(double distance_km, double tx_angle_deg, double rx_angle_deg);

/// Field strength of tropospheric scatter, eq. (36).
double troposcatter_field_dbuv(double frequency_mhz, double distance_km, double time_percent,
                               double scatter_angle_deg);

/// Length of the slanting path between antennas `height_difference_m` apart, km (section 14).
double slope_distance_km(double distance_km, double height_difference_m);

/// Field strength below 1 km, from free space at 0.04 km to `at_1_km_dbuv` (section 15, eq. (38)).
double short_path_field_dbuv(double distance_km, double height_difference_m, double at_1_km_dbuv);

/// Basic transmission loss of a field strength, eq. (40).
double basic_loss_db(double frequency_mhz, double field_dbuv);

}  // namespace yonder::propagation::p1546
