#include "propagation/physics/p1812_closing.h"

#include <cmath>

#include "core/units.h"
#include "propagation/physics/effective_earth.h"
#include "propagation/physics/p1812_formulas.h"

namespace yonder::propagation::p1812 {

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
  // The approximation of section 5.8 gives 1e-9 at one half; section 4.3.5 wants the median there.
  inverse_time = p == 50.0 ? 0.0 : inverse_complementary_normal(p / 100.0);
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
  const Breakdown b = closing_formulas<Surfaces::mixed, Times::any>(g, k);
  if (terms != nullptr) {
    Terms& t = *terms;
    t.add("dlt_km", b.dlt, "distance from the transmitter to its horizon", "P.1812-8 eq. (80)");
    t.add("dlr_km", b.dlr, "distance from the receiver to its horizon", "P.1812-8 eq. (83)");
    t.add("theta_t_mrad", b.theta_t, "transmitter's horizon elevation", "P.1812-8 eq. (79)");
    t.add("theta_r_mrad", b.theta_r, "receiver's horizon elevation", "P.1812-8 eqs. (81), (82)");
    t.add("theta_mrad", b.theta, "angular distance of the path", "P.1812-8 eq. (84)");
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
    t.add("b0_percent", b.beta0, "time with strong refractivity gradients", "P.1812-8 eq. (5)");
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
    t.add("Fi", b.Fi, "interpolation between median and beta_0 time", "P.1812-8 eq. (40)");
    t.add("Fj", b.Fj, "interpolation by angular distance", "P.1812-8 eq. (57)");
    t.add("Fk", b.Fk, "interpolation by distance", "P.1812-8 eq. (58)");
    t.add("Lbfs_db", b.Lbfs, "free space", "P.1812-8 eq. (8)");
    t.add("Lb0p_db", b.Lb0p, "line of sight, p % of time", "P.1812-8 eq. (10)");
    t.add("Lb0b_db", b.Lb0b, "line of sight, beta_0 % of time", "P.1812-8 eq. (11)");
    // ITU's published intermediate results print these three under the median's names but for three
    // earth radii.
    t.add("Lbulla50_db", b.beta.actual_db, "Bullington loss, actual path, three earth radii",
          "P.1812-8 eq. (21)");
    t.add("Lbulls50_db", b.beta.smooth_db, "Bullington loss, smooth path, three earth radii",
          "P.1812-8 eq. (21)");
    t.add("Ldsph50_db", b.beta.spherical_db, "spherical-earth loss, three earth radii",
          "P.1812-8 eq. (27)");
    t.add("Lbulla_median_db", b.median.actual_db, "Bullington loss, actual path, median radius",
          "P.1812-8 eq. (21)");
    t.add("Lbulls_median_db", b.median.smooth_db, "Bullington loss, smooth path, median radius",
          "P.1812-8 eq. (21)");
    t.add("Ldsph_median_db", b.median.spherical_db, "spherical-earth loss, median radius",
          "P.1812-8 eq. (27)");
    t.add("Ld50_db", b.median.loss_db, "diffraction loss, median", "P.1812-8 eq. (39)");
    t.add("Ldb_db", b.beta.loss_db, "diffraction loss, beta_0 % of time", "P.1812-8 eq. (39)");
    t.add("Ldp_db", b.Ldp, "diffraction loss, p % of time", "P.1812-8 eq. (41)");
    t.add("Lbd50_db", b.Lbd50, "loss with diffraction, median", "P.1812-8 eq. (42)");
    t.add("Lb0p_plus_Ldp_db", b.Lbd, "loss with diffraction, p % of time", "P.1812-8 eq. (43)");
    t.add("Lminb0p_db", b.Lminb0p, "notional minimum: sight and diffraction over sea",
          "P.1812-8 eq. (59)");
    t.add("Lba_db", b.Lba, "ducting and layer reflection", "P.1812-8 eq. (46)");
    t.add("Lminbap_db", b.Lminbap, "notional minimum: sight and ducting", "P.1812-8 eq. (60)");
    t.add("Lbda_db", b.Lbda, "diffraction, sight or ducting", "P.1812-8 eq. (61)");
    // Those results also print L_bd after it was reduced to L_bda.
    t.add("Lbd_db", b.Lbda, "as Lbda_db, under the name of the published results",
          "P.1812-8 eqs. (43), (61)");
    t.add("Lbam_db", b.Lbam, "diffraction, sight, ducting, interpolated", "P.1812-8 eq. (62)");
    t.add("Lbs_db", b.Lbs, "troposcatter", "P.1812-8 eq. (44)");
    t.add("Lbc_db", b.Lbc, "loss for p % of time and half of the locations", "P.1812-8 eq. (63)");
    t.add("sigma_loc_db", b.sigma, "standard deviation over locations", "P.1812-8 eqs. (65), (66)");
    t.add("Lloc_db", b.Lloc, "location correction; none for a receiver at sea",
          "P.1812-8 section 4.8");
    t.add("Lb_db", b.Lb, "basic transmission loss", "P.1812-8 eq. (69)");
  }
  return b.Lb;
}

}  // namespace yonder::propagation::p1812
