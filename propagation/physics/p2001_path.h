#pragma once

#include "core/path_loss_model.h"
#include "propagation/physics/diffraction.h"
#include "propagation/physics/p2001_climate.h"
#include "propagation/physics/zones.h"

/// ITU-R P.2001-4 section 3: what all sub-models know of a path. Distances km, heights m, angles
/// mrad (slopes in m/km are taken for angles, as the Recommendation does).
namespace yonder::propagation::p2001 {

/// The percentage of time and its complement, kept off 0 and 100 (eqs. (3.1.1), (3.1.2)).
struct TimePercent {
  explicit TimePercent(double time_percent)
      : p(time_percent + 0.00001 * (50.0 - time_percent) / 50.0), q(100.0 - p) {}
  double p;
  double q;
};

/// One terminal, as the path sees it.
struct PathEnd {
  double ground_amsl_m = 0.0;
  double amsl_m = 0.0;            ///< antenna
  double horizon_mrad = 0.0;      ///< theta_t, theta_r, eqs. (3.7.5), (3.7.7), (3.7.10)
  double horizon_km = 0.0;        ///< eqs. (3.7.4), (3.7.6), (3.7.9)
  double horizon_ground_m = 0.0;  ///< terrain at the horizon
  double ducting_height_m = 0.0;  ///< h_tea, h_rea, eq. (3.8.6)
  double coast_km = 0.0;          ///< to the sea along the path; the whole path without sea
  double common_volume_km = 0.0;  ///< d_tcv, d_rcv, eq. (3.9.1)

  double positive_horizon_mrad() const { return horizon_mrad > 0.0 ? horizon_mrad : 0.0; }
};

struct Path {
  double distance_km = 0.0;
  PathEnd tx;
  PathEnd rx;
  LonLat middle;
  double middle_ground_m = 0.0;  ///< eq. (3.2.2)
  bool line_of_sight = false;    ///< at median refraction

  double nd1kmp = 0.0;            ///< refractivity gradient, p % of time, eq. (3.4.1.2)
  double median_radius_km = 0.0;  ///< eq. (3.5.1)
  double curvature_per_km = 0.0;  ///< C_p, eq. (3.5.2); not positive in ducts
  double radius_km = 0.0;         ///< R_effp, at most 1e6, eq. (3.5.3)

  double roughness_m = 0.0;           ///< eq. (3.8.7)
  double scatter_angle_mrad = 0.0;    ///< eq. (E.1)
  double common_volume_amsl_m = 0.0;  ///< eq. (3.9.2)
  ZoneSections zones;

  double higher_m() const { return tx.amsl_m > rx.amsl_m ? tx.amsl_m : rx.amsl_m; }
  double lower_m() const { return tx.amsl_m < rx.amsl_m ? tx.amsl_m : rx.amsl_m; }
};

/// What the Recommendation takes from the whole of a profile. The rest are maxima, for which those
/// points suffice that are them.
struct WholeProfile {
  SmoothEarthSums sums;
  ZoneSections zones;
  double middle_ground_m = 0.0;  ///< eq. (3.2.2)
  /// Distances of all points between the terminals.
  std::span<const double> interior_m;
};

/// Of a profile with at least three points.
WholeProfile whole_profile(const PathProfileView& profile);

/// Sections 3.4.1 and 3.5: the refractivity and the earths of `path`.
void fill_refraction(const Refractivity& climate, TimePercent time, Path& path);

/// Ends of the smooth surface for ducting (eqs. (3.8.3), (3.8.4)) from the grounds at the
/// terminals.
EndHeights ducting_smooth_heights(const SmoothEarthSums& sums, double length_m, EndHeights ground);

/// The path of a profile with at least three points, of which `input` may have only those that
/// decide; the profile's clutter is not looked at.
Path describe_path(const PathLossInput& input, const WholeProfile& whole,
                   const Refractivity& climate, TimePercent time, double wavelength_m);

/// Diffraction loss, p % of time, with its parts (Attachment A): delta-Bullington over bare ground,
/// on an earth that the refractivity gradient may make hollow.
DeltaBullington diffraction(const Path& path, const PathProfileView& profile,
                            const WholeProfile& whole, double frequency_ghz, double wavelength_m,
                            Polarization polarization);

}  // namespace yonder::propagation::p2001
