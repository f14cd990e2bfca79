#pragma once

#include <span>

/// Pieces of NTIA's extended Hata model.
///
/// Sources: NTIA Report TR-15-517, "3.5 GHz exclusion zone analyses and methodology" (06/2015),
/// appendix A, and the terrain corrections of Y. Okumura et al., "Field strength and its
/// variability in VHF and UHF land-mobile radio service", Rev. Elec. Commun. Lab. 16 (1968), as
/// NTIA's reference implementation evaluates them.
///
/// Profiles here run from the *mobile* (index 0) to the base station and are equidistant.
namespace yonder::propagation::extended_hata {

enum class Environment { urban, suburban, rural };

/// An equidistant profile from the mobile to the base station; at least two points.
struct MobileProfile {
  std::span<const double> ground_m;
  double step_m = 0.0;

  std::size_t intervals() const { return ground_m.size() - 1; }
  double length_m() const { return static_cast<double>(intervals()) * step_m; }
};

/// What each terminal's antenna gains over the mean ground 3 to 15 km away from it (0 below 3 km,
/// in full from 15 km), metres: {mobile, base}.
struct MeanGroundRise {
  double mobile_m = 0.0;
  double base_m = 0.0;
};
MeanGroundRise mean_ground_rise(const MobileProfile& profile);

/// Terrain heights exceeded at 10, 50 and 90 % of the points within 10 km of the mobile, and their
/// spread Delta-h; on shorter paths scaled to the 10 km asymptote.
struct Undulation {
  double height_10_m = 0.0;
  double height_50_m = 0.0;
  double height_90_m = 0.0;
  double delta_h_m = 0.0;
};
/// `scratch` holds at least as many values as the profile.
Undulation undulation(const MobileProfile& profile, std::span<double> scratch);

/// Slope of the terrain at the mobile, mrad, positive when the ground falls away towards the base;
/// 0 on paths shorter than 5 km.
double slope_at_mobile_mrad(const MobileProfile& profile);

/// Horizons seen from both ends over the effective earth, and, when they are one point, its height
/// over the direct ray.
struct Horizons {
  double mobile_m = 0.0;  ///< distance from the mobile to its horizon
  double base_m = 0.0;
  bool single = false;          ///< one obstacle is the horizon of both ends
  double ridge_height_m = 0.0;  ///< of that obstacle above the direct ray, not below 0
};
Horizons horizons(const MobileProfile& profile, double mobile_height_m, double base_height_m);

/// Median basic transmission loss over quasi-smooth terrain, dB.
struct Median {
  double loss_db = 0.0;
  double breakpoint_km =
      0.0;  ///< where Hata's distance exponent gives way to the long-distance one
  double attenuation_1km_db = 0.0;  ///< reference urban attenuation relative to free space
  double attenuation_100km_db = 0.0;
};
Median median_loss(double frequency_mhz, double base_height_m, double mobile_height_m,
                   double distance_km, Environment environment);

/// Standard deviation over locations, dB.
double location_sigma_db(double frequency_mhz, Environment environment);

/// Corrections, dB, all to be subtracted from the loss.
double rolling_hills_median_db(double delta_h_m);
double rolling_hills_fine_db(const Undulation& undulation, double mobile_ground_m);
double slope_db(double slope_mrad, double distance_km);
double isolated_ridge_db(const Horizons& horizons);

/// Which end of the path lies nearer to the sea.
enum class SeaEnd { base = 0, mobile = 1, neither = 2 };
/// `sea_fraction` of the path's points are sea.
double mixed_path_db(double distance_km, double sea_fraction, SeaEnd end);

}  // namespace yonder::propagation::extended_hata
