#pragma once

#include "propagation/physics/bullington.h"
#include "propagation/physics/ducting.h"
#include "propagation/physics/inverse_normal.h"
#include "propagation/physics/knife_edge.h"
#include "propagation/physics/p1812_closing.h"
#include "propagation/physics/spherical_earth.h"

/// The closing formulas of P.1812-8 as lane functions: written once, called for one path by the
/// point model and for many at once by the sweep.
namespace yonder::propagation::p1812 {

/// Delta-Bullington diffraction for one effective radius.
struct Diffraction {
  double actual_db = 0.0;     ///< L_bulla
  double smooth_db = 0.0;     ///< L_bulls
  double spherical_db = 0.0;  ///< L_dsph
  double loss_db = 0.0;       ///< L_d
};

/// All terms of a path, in the Recommendation's symbols.
struct Breakdown {
  double dlt, dlr, theta_t, theta_r, theta, beta0;
  double Fi, Fj, Fk;
  double Lbfs, Lb0p, Lb0b;
  Diffraction median, beta;
  double Ldp, Lbd50, Lbd, Lminb0p, Lba, Lminbap, Lbda, Lbam, Lbs, Lbc;
  double sigma, Lloc, Lb;
};

/// Which surfaces a path meets. Known for a whole radial, it saves the formulas of the other one.
enum class Surfaces { land, mixed };

/// Which time percentages are asked for. Known for all lanes, the median saves the diffraction over
/// three earth radii, whose weight F_i is zero there; Breakdown::beta then stays empty.
enum class Times { median, any };

template <Surfaces surfaces>
YONDER_LANE Diffraction delta_bullington(const PathGeometry& g, const Constants& k,
                                         double radius_km, double cbrt_radius, double actual,
                                         double smooth) {
  const double d_km = g.distance_m / 1000.0;
  Diffraction out;
  out.actual_db = bullington_loss_db(knife_edge_loss_db(actual * k.nu_per_obstruction), d_km);
  out.smooth_db = bullington_loss_db(knife_edge_loss_db(smooth * k.nu_per_obstruction), d_km);
  const double h1 = g.tx_amsl_m - g.diffraction_tx_amsl_m;  // eq. (38a)
  const double h2 = g.rx_amsl_m - g.diffraction_rx_amsl_m;  // eq. (38b)
  // Captured by value: a reference would keep a loop over this from being vectorised.
  const auto first_term = [
    d_km, h1, h2, sea = g.sea_fraction, cbrt_f = k.cbrt_frequency,
    land_admittance = k.land_admittance, sea_admittance = k.sea_admittance
  ](double cbrt_a) __attribute__((always_inline)) {  // eq. (28)
    const double land_db =
        spherical_earth_first_term_db(d_km, h1, h2, cbrt_a, cbrt_f, land_admittance);
    if constexpr (surfaces == Surfaces::land) return land_db;
    const double sea_db =
        spherical_earth_first_term_db(d_km, h1, h2, cbrt_a, cbrt_f, sea_admittance);
    return (1.0 - sea) * land_db + sea * sea_db;
  };
  out.spherical_db =
      spherical_earth_loss(d_km, h1, h2, radius_km, cbrt_radius, k.wavelength_m, first_term)
          .loss_db;
  out.loss_db = out.actual_db + lane::max(out.spherical_db - out.smooth_db, 0.0);  // eq. (39)
  return out;
}

/// Ducting and layer reflection, section 4.5: L_ba.
template <Surfaces surfaces>
YONDER_LANE double ducting_loss_db(const PathGeometry& g, const Constants& k, double theta_t,
                                   double theta_r, double log_beta0, double tau) {
  const double d = g.distance_m / 1000.0;
  const double dlt = g.tx_horizon_m / 1000.0;
  const double dlr = g.rx_horizon_m / 1000.0;

  double fixed_db =  // eqs. (47), (48)
      k.ducting_constant_db + 20.0 * lane::log10(dlt + dlr) +
      ducting::site_shielding_db(theta_t, dlt, k.frequency_ghz, k.site_shielding_per_mrad) +
      ducting::site_shielding_db(theta_r, dlr, k.frequency_ghz, k.site_shielding_per_mrad);
  if constexpr (surfaces == Surfaces::mixed) {
    fixed_db += ducting::sea_coupling_db(g.tx_coast_m / 1000.0, dlt, g.sea_fraction, g.tx_amsl_m) +
                ducting::sea_coupling_db(g.rx_coast_m / 1000.0, dlr, g.sea_fraction, g.rx_amsl_m);
  }

  const double theta =  // eqs. (52), (52a)
      1000.0 * d / k.median_radius_km + lane::min(theta_t, 0.1 * dlt) +
      lane::min(theta_r, 0.1 * dlr);

  const ducting::Shape shape = {.distance_km = d,
                                .tx_horizon_km = dlt,
                                .rx_horizon_km = dlr,
                                .tx_height_m = g.ducting_tx_height_m,
                                .rx_height_m = g.ducting_rx_height_m,
                                .roughness_m = g.roughness_m,
                                .median_radius_km = k.median_radius_km};
  const double log_beta = ducting::log_time_percent(shape, log_beta0, tau);  // eq. (54)
  const double time_db = ducting::time_loss_db(log_beta, k.log_time, d);     // eq. (53)
  return fixed_db + k.ducting_per_mrad_db * theta + time_db;                 // eqs. (46), (50)
}

/// Standard deviation over locations, eqs. (65), (66).
YONDER_LANE double location_deviation_db(const PathGeometry& g, const Constants& k) {
  const double over_clutter_m = g.rx_height_agl_m - g.rx_clutter_m;
  return k.location_deviation_db * lane::clamp(1.0 - over_clutter_m / 10.0, 0.0, 1.0);
}

template <Surfaces surfaces, Times times>
YONDER_LANE Breakdown closing_formulas(const PathGeometry& g, const Constants& k) {
  Breakdown b;
  const double d = g.distance_m / 1000.0;
  b.dlt = g.tx_horizon_m / 1000.0;
  b.dlr = g.rx_horizon_m / 1000.0;
  b.theta_t = 1000.0 * ::atan(g.tx_horizon_slope);
  b.theta_r = 1000.0 * ::atan(g.rx_horizon_slope);
  b.theta = 1000.0 * d / k.median_radius_km + b.theta_t + b.theta_r;  // eq. (84)
  const double tau = ducting::inland_factor(g.longest_inland_m / 1000.0);
  const double log_beta0 =
      ducting::log_anomalous_time_percent(g.centre_latitude_deg, g.longest_land_m / 1000.0, tau);
  b.beta0 = lane::exp10(log_beta0);

  // Line of sight, section 4.2.
  const double rise_km = (g.tx_amsl_m - g.rx_amsl_m) / 1000.0;
  b.Lbfs = k.free_space_constant_db + 10.0 * lane::log10(d * d + rise_km * rise_km);
  const double enhancement = 2.6 * (1.0 - lane::exp(-0.1 * (b.dlt + b.dlr)));
  constexpr double kLog50 = 1.6989700043360187;
  b.Lb0p = b.Lbfs + enhancement * k.log_time_over_50;    // eqs. (9a), (10)
  b.Lb0b = b.Lbfs + enhancement * (log_beta0 - kLog50);  // eqs. (9b), (11)

  // Diffraction, section 4.3.
  b.median = delta_bullington<surfaces>(g, k, k.median_radius_km, k.cbrt_median_radius,
                                        g.actual_median, g.smooth_median);
  const bool beyond_beta = times == Times::median || k.settings.time_percent >= b.beta0;
  if constexpr (times == Times::median) {
    b.Fi = 0.0;
    b.beta = {};
    b.Ldp = b.median.loss_db;
  } else {
    // Where beta_0 is rarer than p the interpolation is not used, and need only not fail.
    const double ln_rare = lane::kLn10 * (lane::min(log_beta0, kLog50) - 2.0);
    b.Fi = beyond_beta ? k.inverse_time / inverse_complementary_normal_of_log(ln_rare)
                       : 1.0;  // eq. (40)
    b.beta = delta_bullington<surfaces>(g, k, kEarthRadiusKm * kBetaRadiusFactor,
                                        k.cbrt_beta_radius, g.actual_beta, g.smooth_beta);
    b.Ldp = b.median.loss_db + b.Fi * (b.beta.loss_db - b.median.loss_db);  // eq. (41)
  }
  b.Lbd50 = b.Lbfs + b.median.loss_db;  // eq. (42)
  b.Lbd = b.Lb0p + b.Ldp;               // eq. (43)

  // Sea diffraction and sight, eq. (59).
  const double land_Ldp = (1.0 - g.sea_fraction) * b.Ldp;
  b.Lminb0p = beyond_beta ? b.Lbd50 + (b.Lb0b + land_Ldp - b.Lbd50) * b.Fi : b.Lb0p + land_Ldp;

  // Ducting, combined with sight (eq. (60), written so that large losses do not overflow) and with
  // diffraction (61).
  b.Lba = ducting_loss_db<surfaces>(g, k, b.theta_t, b.theta_r, log_beta0, tau);
  constexpr double kEta = 2.5;
  b.Lminbap =
      lane::max(b.Lba, b.Lb0p) + kEta * lane::log1p(lane::exp(-std::abs(b.Lba - b.Lb0p) / kEta));
  b.Fk = 1.0 - 0.5 * (1.0 + lane::tanh(3.0 * 0.5 * (d - 20.0) / 20.0));  // eq. (58)
  b.Lbda = b.Lminbap <= b.Lbd ? b.Lminbap + (b.Lbd - b.Lminbap) * b.Fk : b.Lbd;

  b.Fj = 1.0 - 0.5 * (1.0 + lane::tanh(3.0 * 0.8 * (b.theta - 0.3) / 0.3));  // eq. (57)
  b.Lbam = b.Lbda + (b.Lminb0p - b.Lbda) * b.Fj;                             // eq. (62)

  // Troposcatter, section 4.4, in the form of eq. (44) of P.1812-6 to which -8 returned.
  b.Lbs = k.troposcatter_constant_db + 20.0 * lane::log10(d) + 0.573 * b.theta;
  b.Lbc = lane::min(b.Lbs, b.Lbam) -  // eq. (63)
          5.0 * lane::kLog10E * lane::log1p(lane::exp10(-0.2 * std::abs(b.Lbs - b.Lbam)));

  // Locations, sections 4.7-4.9; over the sea they do not vary.
  const double land_sigma = location_deviation_db(g, k);
  b.sigma = g.rx_at_sea ? 0.0 : land_sigma;
  b.Lloc = k.location_factor * b.sigma;
  b.Lb = lane::max(b.Lb0p, b.Lbc + b.Lloc);  // eq. (69)
  return b;
}

}  // namespace yonder::propagation::p1812
