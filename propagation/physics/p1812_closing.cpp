#include "propagation/physics/p1812_closing.h"

#include <algorithm>
#include <cmath>

#include "core/units.h"
#include "propagation/physics/bullington.h"
#include "propagation/physics/ducting.h"
#include "propagation/physics/effective_earth.h"
#include "propagation/physics/inverse_normal.h"
#include "propagation/physics/knife_edge.h"
#include "propagation/physics/spherical_earth.h"

namespace yonder::propagation::p1812 {
namespace {

using ducting::exp10;

/// Delta-Bullington diffraction for one effective radius.
struct Diffraction {
  double actual_db = 0.0;     ///< L_bulla
  double smooth_db = 0.0;     ///< L_bulls
  double spherical_db = 0.0;  ///< L_dsph
  double loss_db = 0.0;       ///< L_d
};

Diffraction delta_bullington(const PathGeometry& g, const Constants& k, double radius_km,
                             double cbrt_radius, double actual, double smooth) {
  const double d_km = g.distance_m / 1000.0;
  Diffraction out;
  out.actual_db = bullington_loss_db(knife_edge_loss_db(actual * k.nu_per_obstruction), d_km);
  out.smooth_db = bullington_loss_db(knife_edge_loss_db(smooth * k.nu_per_obstruction), d_km);
  const double h1 = g.tx_amsl_m - g.diffraction_tx_amsl_m;  // eq. (38a)
  const double h2 = g.rx_amsl_m - g.diffraction_rx_amsl_m;  // eq. (38b)
  const auto first_term = [&](double cbrt_a) {              // eq. (28)
    double loss_db = 0.0;
    if (g.sea_fraction < 1.0) {
      loss_db +=
          (1.0 - g.sea_fraction) *
          spherical_earth_first_term_db(d_km, h1, h2, cbrt_a, k.cbrt_frequency, k.land_admittance);
    }
    if (g.sea_fraction > 0.0) {
      loss_db += g.sea_fraction * spherical_earth_first_term_db(d_km, h1, h2, cbrt_a,
                                                                k.cbrt_frequency, k.sea_admittance);
    }
    return loss_db;
  };
  out.spherical_db =
      spherical_earth_loss(d_km, h1, h2, radius_km, cbrt_radius, k.wavelength_m, first_term)
          .loss_db;
  out.loss_db = out.actual_db + std::max(out.spherical_db - out.smooth_db, 0.0);  // eq. (39)
  return out;
}

/// Ducting and layer reflection, section 4.5: L_ba.
double ducting_loss_db(const PathGeometry& g, const Constants& k, double theta_t, double theta_r,
                       double beta0, double tau) {
  const double d = g.distance_m / 1000.0;
  const double dlt = g.tx_horizon_m / 1000.0;
  const double dlr = g.rx_horizon_m / 1000.0;

  const auto shielding_db = [&](double horizon_mrad, double horizon_km) {  // eq. (48)
    return ducting::site_shielding_db(horizon_mrad, horizon_km, k.frequency_ghz,
                                      k.site_shielding_per_mrad);
  };
  const double fixed_db =  // eq. (47)
      k.ducting_constant_db + 20.0 * std::log10(dlt + dlr) + shielding_db(theta_t, dlt) +
      shielding_db(theta_r, dlr) +
      ducting::sea_coupling_db(g.tx_coast_m / 1000.0, dlt, g.sea_fraction, g.tx_amsl_m) +
      ducting::sea_coupling_db(g.rx_coast_m / 1000.0, dlr, g.sea_fraction, g.rx_amsl_m);

  const double theta =  // eqs. (52), (52a)
      1000.0 * d / k.median_radius_km + std::min(theta_t, 0.1 * dlt) + std::min(theta_r, 0.1 * dlr);

  const ducting::Shape shape = {.distance_km = d,
                                .tx_horizon_km = dlt,
                                .rx_horizon_km = dlr,
                                .tx_height_m = g.ducting_tx_height_m,
                                .rx_height_m = g.ducting_rx_height_m,
                                .roughness_m = g.roughness_m,
                                .median_radius_km = k.median_radius_km};
  const double log_beta = ducting::log_time_percent(shape, beta0, tau);   // eq. (54)
  const double time_db = ducting::time_loss_db(log_beta, k.log_time, d);  // eq. (53)
  return fixed_db + k.ducting_per_mrad_db * theta + time_db;              // eqs. (46), (50)
}

/// Standard deviation over locations, eqs. (65), (66).
double location_deviation_db(const PathGeometry& g, const Constants& k) {
  const double over_clutter_m = g.rx_height_agl_m - g.rx_clutter_m;
  return k.location_deviation_db * std::clamp(1.0 - over_clutter_m / 10.0, 0.0, 1.0);
}

}  // namespace

Constants::Constants(const Settings& chosen, double frequency_hz, Polarization polarization)
    : settings(chosen) {
  const double f = hz_to_ghz(frequency_hz);
  const double log_f = std::log10(f);
  frequency_ghz = f;
  median_radius_km = median_effective_radius_km(settings.delta_n_per_km);
  cbrt_median_radius = std::cbrt(median_radius_km);
  cbrt_beta_radius = std::cbrt(kEarthRadiusKm * kBetaRadiusFactor);
  wavelength_m = 0.2998 / f;
  cbrt_frequency = std::cbrt(f);
  nu_per_obstruction = std::sqrt(2.0 / wavelength_m);
  land_admittance = surface_admittance(kLandGround, f, polarization);
  sea_admittance = surface_admittance(kSeaGround, f, polarization);
  free_space_constant_db = 92.4 + 20.0 * log_f;
  const double p = settings.time_percent;
  inverse_time = inverse_complementary_normal(p / 100.0);
  log_time = std::log10(p);
  log_time_over_50 = std::log10(p / 50.0);
  const double log_half_f = std::log10(f / 2.0);
  troposcatter_constant_db =  // eqs. (44), (45), all that does not depend on the path
      190.1 + 25.0 * log_f - 2.5 * log_half_f * log_half_f - 0.15 * settings.n0 -
      10.125 * std::pow(std::log10(50.0 / p), 0.7);
  ducting_constant_db = 102.45 + 20.0 * log_f + ducting::low_frequency_loss_db(f);  // eq. (47a)
  site_shielding_per_mrad = 0.264 * cbrt_frequency;
  ducting_per_mrad_db = 5e-5 * median_radius_km * cbrt_frequency;
  location_deviation_db = settings.cell_width_m > 0.0
                              ? (0.52 + 0.024 * f) * std::pow(settings.cell_width_m, 0.28)
                              : 0.0;
  location_factor = -inverse_complementary_normal(settings.location_percent / 100.0);
}

double basic_loss_db(const PathGeometry& g, const Constants& k, Terms* terms) {
  const double d = g.distance_m / 1000.0;
  const double dlt = g.tx_horizon_m / 1000.0;
  const double dlr = g.rx_horizon_m / 1000.0;
  const double theta_t = 1000.0 * std::atan(g.tx_horizon_slope);
  const double theta_r = 1000.0 * std::atan(g.rx_horizon_slope);
  const double theta = 1000.0 * d / k.median_radius_km + theta_t + theta_r;  // eq. (84)
  const double tau = ducting::inland_factor(g.longest_inland_m / 1000.0);
  const double beta0 =
      ducting::anomalous_time_percent(g.centre_latitude_deg, g.longest_land_m / 1000.0, tau);

  // Line of sight, section 4.2.
  const double rise_km = (g.tx_amsl_m - g.rx_amsl_m) / 1000.0;
  const double Lbfs = k.free_space_constant_db + 10.0 * std::log10(d * d + rise_km * rise_km);
  const double enhancement = 2.6 * (1.0 - std::exp(-0.1 * (dlt + dlr)));
  const double Lb0p = Lbfs + enhancement * k.log_time_over_50;        // eqs. (9a), (10)
  const double Lb0b = Lbfs + enhancement * std::log10(beta0 / 50.0);  // eqs. (9b), (11)

  // Diffraction, section 4.3.
  const bool beyond_beta = k.settings.time_percent >= beta0;
  const double Fi =
      beyond_beta ? k.inverse_time / inverse_complementary_normal(beta0 / 100.0) : 1.0;  // (40a)
  const Diffraction median = delta_bullington(g, k, k.median_radius_km, k.cbrt_median_radius,
                                              g.actual_median, g.smooth_median);
  const Diffraction beta = delta_bullington(g, k, kEarthRadiusKm * kBetaRadiusFactor,
                                            k.cbrt_beta_radius, g.actual_beta, g.smooth_beta);
  const double Ldp = median.loss_db + Fi * (beta.loss_db - median.loss_db);  // eq. (41)
  const double Lbd50 = Lbfs + median.loss_db;                                // eq. (42)
  const double Lbd = Lb0p + Ldp;                                             // eq. (43)

  // Sea diffraction and sight, eq. (59).
  const double land_Ldp = (1.0 - g.sea_fraction) * Ldp;
  const double Lminb0p = beyond_beta ? Lbd50 + (Lb0b + land_Ldp - Lbd50) * Fi : Lb0p + land_Ldp;

  // Ducting, combined with sight (eq. (60), written so that large losses do not overflow) and with
  // diffraction (61).
  const double Lba = ducting_loss_db(g, k, theta_t, theta_r, beta0, tau);
  constexpr double kEta = 2.5;
  const double Lminbap =
      std::max(Lba, Lb0p) + kEta * std::log1p(std::exp(-std::abs(Lba - Lb0p) / kEta));
  const double Fk = 1.0 - 0.5 * (1.0 + std::tanh(3.0 * 0.5 * (d - 20.0) / 20.0));  // eq. (58)
  const double Lbda = Lminbap <= Lbd ? Lminbap + (Lbd - Lminbap) * Fk : Lbd;

  const double Fj = 1.0 - 0.5 * (1.0 + std::tanh(3.0 * 0.8 * (theta - 0.3) / 0.3));  // eq. (57)
  const double Lbam = Lbda + (Lminb0p - Lbda) * Fj;                                  // eq. (62)

  // Troposcatter, section 4.4, in the form of eq. (44) of P.1812-6 to which -8 returned.
  const double Lbs = k.troposcatter_constant_db + 20.0 * std::log10(d) + 0.573 * theta;
  const double Lbc =
      std::min(Lbs, Lbam) - 5.0 * std::log10(1.0 + exp10(-0.2 * std::abs(Lbs - Lbam)));  // eq. (63)

  // Locations, sections 4.7-4.9; over the sea they do not vary.
  const double sigma = g.rx_at_sea ? 0.0 : location_deviation_db(g, k);
  const double Lloc = k.location_factor * sigma;
  const double Lb = std::max(Lb0p, Lbc + Lloc);  // eq. (69)

  if (terms != nullptr) {
    Terms& t = *terms;
    t.add("dlt_km", dlt, "distance from the transmitter to its horizon", "P.1812-8 eq. (80)");
    t.add("dlr_km", dlr, "distance from the receiver to its horizon", "P.1812-8 eq. (83)");
    t.add("theta_t_mrad", theta_t, "transmitter's horizon elevation", "P.1812-8 eq. (79)");
    t.add("theta_r_mrad", theta_r, "receiver's horizon elevation", "P.1812-8 eqs. (81), (82)");
    t.add("theta_mrad", theta, "angular distance of the path", "P.1812-8 eq. (84)");
    t.add_text("path_type", g.transhorizon ? "transhorizon" : "line_of_sight",
               "whether bare terrain hides the receiver at median refraction",
               "P.1812-8 section 5.3");
    t.add("omega", g.sea_fraction, "fraction of the path over sea", "P.1812-8 eq. (1)");
    t.add("dtm_km", g.longest_land_m / 1000.0, "longest land section", "P.1812-8 section 3.6");
    t.add("dlm_km", g.longest_inland_m / 1000.0, "longest inland section", "P.1812-8 section 3.6");
    t.add("dct_km", g.tx_coast_m / 1000.0, "transmitter's distance to the coast",
          "P.1812-8 table 5");
    t.add("dcr_km", g.rx_coast_m / 1000.0, "receiver's distance to the coast", "P.1812-8 table 5");
    t.add("phi_deg", g.centre_latitude_deg, "latitude of the path's centre", "P.1812-8 eq. (4)");
    t.add("b0_percent", beta0, "time with strong refractivity gradients", "P.1812-8 eq. (5)");
    t.add("ae_km", k.median_radius_km, "median effective earth radius", "P.1812-8 eq. (7a)");
    t.add("hstd_m", g.diffraction_tx_amsl_m, "smooth earth under the transmitter, for diffraction",
          "P.1812-8 eq. (91)");
    t.add("hsrd_m", g.diffraction_rx_amsl_m, "smooth earth under the receiver, for diffraction",
          "P.1812-8 eq. (91)");
    t.add("hte_m", g.ducting_tx_height_m, "transmitter's effective height for ducting",
          "P.1812-8 eq. (94a)");
    t.add("hre_m", g.ducting_rx_height_m, "receiver's effective height for ducting",
          "P.1812-8 eq. (94b)");
    t.add("hm_m", g.roughness_m, "terrain roughness between the horizons", "P.1812-8 eq. (95)");
    t.add("Fi", Fi, "interpolation between median and beta_0 time", "P.1812-8 eq. (40)");
    t.add("Fj", Fj, "interpolation by angular distance", "P.1812-8 eq. (57)");
    t.add("Fk", Fk, "interpolation by distance", "P.1812-8 eq. (58)");
    t.add("Lbfs_db", Lbfs, "free space", "P.1812-8 eq. (8)");
    t.add("Lb0p_db", Lb0p, "line of sight, p % of time", "P.1812-8 eq. (10)");
    t.add("Lb0b_db", Lb0b, "line of sight, beta_0 % of time", "P.1812-8 eq. (11)");
    // ITU's published intermediate results print these three under the median's names but for three
    // earth radii.
    t.add("Lbulla50_db", beta.actual_db, "Bullington loss, actual path, three earth radii",
          "P.1812-8 eq. (21)");
    t.add("Lbulls50_db", beta.smooth_db, "Bullington loss, smooth path, three earth radii",
          "P.1812-8 eq. (21)");
    t.add("Ldsph50_db", beta.spherical_db, "spherical-earth loss, three earth radii",
          "P.1812-8 eq. (27)");
    t.add("Lbulla_median_db", median.actual_db, "Bullington loss, actual path, median radius",
          "P.1812-8 eq. (21)");
    t.add("Lbulls_median_db", median.smooth_db, "Bullington loss, smooth path, median radius",
          "P.1812-8 eq. (21)");
    t.add("Ldsph_median_db", median.spherical_db, "spherical-earth loss, median radius",
          "P.1812-8 eq. (27)");
    t.add("Ld50_db", median.loss_db, "diffraction loss, median", "P.1812-8 eq. (39)");
    t.add("Ldb_db", beta.loss_db, "diffraction loss, beta_0 % of time", "P.1812-8 eq. (39)");
    t.add("Ldp_db", Ldp, "diffraction loss, p % of time", "P.1812-8 eq. (41)");
    t.add("Lbd50_db", Lbd50, "loss with diffraction, median", "P.1812-8 eq. (42)");
    t.add("Lb0p_plus_Ldp_db", Lbd, "loss with diffraction, p % of time", "P.1812-8 eq. (43)");
    t.add("Lminb0p_db", Lminb0p, "notional minimum: sight and diffraction over sea",
          "P.1812-8 eq. (59)");
    t.add("Lba_db", Lba, "ducting and layer reflection", "P.1812-8 eq. (46)");
    t.add("Lminbap_db", Lminbap, "notional minimum: sight and ducting", "P.1812-8 eq. (60)");
    t.add("Lbda_db", Lbda, "diffraction, sight or ducting", "P.1812-8 eq. (61)");
    // Those results also print L_bd after it was reduced to L_bda.
    t.add("Lbd_db", Lbda, "as Lbda_db, under the name of the published results",
          "P.1812-8 eqs. (43), (61)");
    t.add("Lbam_db", Lbam, "diffraction, sight, ducting, interpolated", "P.1812-8 eq. (62)");
    t.add("Lbs_db", Lbs, "troposcatter", "P.1812-8 eq. (44)");
    t.add("Lbc_db", Lbc, "loss for p % of time and half of the locations", "P.1812-8 eq. (63)");
    t.add("sigma_loc_db", sigma, "standard deviation over locations", "P.1812-8 eqs. (65), (66)");
    t.add("Lloc_db", Lloc, "location correction; none for a receiver at sea",
          "P.1812-8 section 4.8");
    t.add("Lb_db", Lb, "basic transmission loss", "P.1812-8 eq. (69)");
  }
  return Lb;
}

}  // namespace yonder::propagation::p1812
