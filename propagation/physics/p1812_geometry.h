#pragma once

#include "core/path_loss_model.h"
#include "core/units.h"
#include "propagation/physics/effective_earth.h"
#include "propagation/physics/lane_math.h"
#include "propagation/physics/smooth_earth.h"
#include "propagation/physics/zones.h"

/// ITU-R P.1812-8, first half: what a path looks like. Independent of frequency, polarization and
/// percentages, so that one geometry serves several carriers, and a radial sweep can make it
/// incrementally and go on with the same closing formulas (p1812_closing.h).
namespace yonder::propagation::p1812 {

/// Everything the closing formulas need to know of a path. Metres; slopes are rise over run;
/// obstructions in sqrt(m) as defined in bullington.h.
struct PathGeometry {
  double distance_m = 0.0;
  double tx_amsl_m = 0.0;  ///< antenna, h_ts
  double rx_amsl_m = 0.0;  ///< antenna, h_rs

  // Horizons over bare terrain at the median effective radius (Attachment 1, sections 5.2-5.5).
  bool transhorizon = false;
  double tx_horizon_slope = 0.0;  ///< tan theta_t, eq. (79)
  double rx_horizon_slope = 0.0;  ///< tan theta_r, eq. (81) or (82)
  double tx_horizon_m = 0.0;      ///< d_lt, eq. (80)
  double rx_horizon_m = 0.0;      ///< d_lr, eq. (83)

  // Smooth earth (section 5.6).
  double diffraction_tx_amsl_m = 0.0;  ///< h_std, eq. (91)
  double diffraction_rx_amsl_m = 0.0;  ///< h_srd
  double ducting_tx_height_m = 0.0;    ///< h_te, eq. (94a)
  double ducting_rx_height_m = 0.0;    ///< h_re, eq. (94b)
  double roughness_m = 0.0;            ///< h_m, eq. (95)

  // Bullington constructions over terrain with clutter ("actual") and over the smooth path, each
  // for the median effective radius and for three earth radii (exceeded for beta_0 % of time).
  double actual_median = 0.0;
  double actual_beta = 0.0;
  double smooth_median = 0.0;
  double smooth_beta = 0.0;

  // Radio-climatic zones along the path (section 3.2 and 3.6).
  double sea_fraction = 0.0;       ///< omega; exactly 1 when no land is met
  double longest_land_m = 0.0;     ///< d_tm
  double longest_inland_m = 0.0;   ///< d_lm
  double tx_coast_m = 500e3;       ///< d_ct
  double rx_coast_m = 500e3;       ///< d_cr
  double centre_latitude_deg = 0;  ///< phi

  // Receiver's surroundings, for location variability (sections 4.7 and 4.8).
  bool rx_at_sea = false;
  double rx_height_agl_m = 0.0;
  double rx_clutter_m = 0.0;
};

/// Geometry of a path whose profile has at least three points. `median_radius_m` is a_e.
/// `centre_latitude_deg` is taken from the terminals' positions.
PathGeometry path_geometry(const PathLossInput& input, double median_radius_m);

/// Puts the zones of a path into its geometry.
void fill_zones(const ZoneSections& sections, PathGeometry& geometry);

/// Curvature 1 / (2 a) of three earth radii, 1/m.
inline constexpr double kBetaCurvature = 1.0 / (2.0 * 1000.0 * kEarthRadiusKm * kBetaRadiusFactor);

/// Latitude, degrees, of the point half of `distance_m` along the great circle from tx towards rx;
/// tx's latitude when both are at one position.
YONDER_LANE double centre_latitude_deg(double tx_lon_deg, double tx_lat_deg, double rx_lon_deg,
                                       double rx_lat_deg, double distance_m) {
  const double tx_lat = deg_to_rad(tx_lat_deg);
  const double rx_lat = deg_to_rad(rx_lat_deg);
  const double delta_lon = deg_to_rad(rx_lon_deg - tx_lon_deg);
  const double cos_rx = lane::cos(rx_lat);
  const double north =
      ::cos(tx_lat) * ::sin(rx_lat) - ::sin(tx_lat) * cos_rx * lane::cos(delta_lon);
  const double east = cos_rx * ::sin(delta_lon);
  const double length = std::sqrt(north * north + east * east);
  const double half_angle = 0.5 * distance_m / kEarthRadiusM;
  const double toward_north = north / (length == 0.0 ? 1.0 : length);
  const double sine =
      ::sin(tx_lat) * lane::cos(half_angle) + ::cos(tx_lat) * ::sin(half_angle) * toward_north;
  const double latitude_deg = rad_to_deg(::asin(lane::clamp(sine, -1.0, 1.0)));
  return length == 0.0 ? tx_lat_deg : latitude_deg;
}

}  // namespace yonder::propagation::p1812
