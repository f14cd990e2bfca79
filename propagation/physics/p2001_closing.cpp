#include "propagation/physics/p2001_closing.h"

#include <algorithm>
#include <cmath>

#include "core/units.h"
#include "propagation/physics/great_circle.h"
#include "propagation/physics/p2001_anomalous.h"
#include "propagation/physics/p2001_fading.h"
#include "propagation/physics/p2001_gases.h"
#include "propagation/physics/p2001_multipath.h"
#include "propagation/physics/p2001_path.h"
#include "propagation/physics/p2001_rain.h"
#include "propagation/physics/p2001_sporadic_e.h"
#include "propagation/physics/p2001_troposcatter.h"

namespace yonder::propagation::p2001 {
namespace {

/// Losses of mechanisms added up as powers, `scale` 0.1 for correlated and 0.2 for uncorrelated
/// ones (eqs. (5.1.1), (5.2.1)); infinite ones count for nothing.
template <typename... Loss>
double power_sum_db(double scale, Loss... loss_db) {
  const double least = std::min({loss_db...});
  const double sum = (std::pow(10.0, -scale * (loss_db - least)) + ...);
  return least - std::log10(sum) / scale;
}

/// Fading in rain and in dry weather, q % of time (eqs. (4.1.3), (4.3.5)).
template <typename ClearAir>
double combined_fade_db(double q, const RainFading& rain, ClearAir&& clear_air_percent) {
  const double share = rain.rain_percent() / 100.0;
  return fade_exceeded_db(q, [&](double fade_db) {
    return rain.percent_exceeding(fade_db) * share + clear_air_percent(fade_db) * (1.0 - share);
  });
}

/// Everything the sub-models come to.
struct SubModels {
  double free_space_db = 0.0;
  DeltaBullington diffraction;
  double zero_fade_percent = 0.0;
  double fade1_db = 0.0;
  double fade2_db = 0.0;
  double vapour1 = 0.0;
  double vapour_tx = 0.0;
  double vapour_rx = 0.0;
  GasLoss surface_gas;
  GasLoss scatter_gas;
  AnomalousLoss anomalous;
  int scatter_zone = 0;
  double troposcatter_db = 0.0;
  SporadicELoss sporadic_e;
  double loss1_db = 0.0;
  double loss2_db = 0.0;
  double loss3_db = 0.0;
};

void add_terms(const Path& path, const SubModels& m, double loss12_db, Terms& t) {
  const PathEnd& tx = path.tx;
  const PathEnd& rx = path.rx;
  t.add("free_space_db", m.free_space_db, "free space", "P.2001-4 eq. (3.11.1)");
  t.add("diffraction_db", m.diffraction.loss_db, "diffraction", "P.2001-4 eq. (A.1.1)");
  t.add("diffraction_spherical_db", m.diffraction.spherical_db, "spherical-earth diffraction",
        "P.2001-4 section A.2");
  t.add("bullington_actual_db", m.diffraction.actual_db, "Bullington loss, actual profile",
        "P.2001-4 eq. (A.4.9)");
  t.add("bullington_smooth_db", m.diffraction.smooth_db, "Bullington loss, smooth profile",
        "P.2001-4 eq. (A.5.9)");
  t.add("fading_a1_db", m.fade1_db, "fading close to the surface; negative: enhancement",
        "P.2001-4 eq. (4.1.2)");
  t.add("fading_a2_db", m.fade2_db, "fading on the troposcatter path", "P.2001-4 eq. (4.3.6)");
  t.add("anomalous_db", m.anomalous.loss_db(), "ducting and layer reflection",
        "P.2001-4 eq. (D.8.1)");
  t.add("anomalous_coupling_db", m.anomalous.coupling_db, "coupling to ducts",
        "P.2001-4 eq. (D.5.1)");
  t.add("anomalous_angular_db", m.anomalous.angular_db, "angular distance in ducts",
        "P.2001-4 eq. (D.6.4)");
  t.add("anomalous_time_db", m.anomalous.time_db, "rarity of ducts", "P.2001-4 eq. (D.7.7)");
  t.add("troposcatter_db", m.troposcatter_db, "troposcatter, at least free space",
        "P.2001-4 eqs. (E.16), (E.17)");
  t.add("lbm1_db", m.loss1_db, "sub-model 1: close to the surface", "P.2001-4 eq. (4.1.4)");
  t.add("lbm2_db", m.loss2_db, "sub-model 2: anomalous propagation", "P.2001-4 eq. (4.2.1)");
  t.add("lbm3_db", m.loss3_db, "sub-model 3: troposcatter", "P.2001-4 eq. (4.3.8)");
  t.add("lbm4_db", m.sporadic_e.loss_db, "sub-model 4: sporadic E", "P.2001-4 eq. (G.4.1)");
  t.add("lbm12_db", loss12_db, "sub-models 1 and 2", "P.2001-4 eq. (5.1.1)");
  t.add("sporadic_e_1hop_db", m.sporadic_e.one_hop_db, "sporadic E, one hop",
        "P.2001-4 eq. (G.2.8)");
  t.add("sporadic_e_2hop_db", m.sporadic_e.two_hop_db, "sporadic E, two hops",
        "P.2001-4 eq. (G.3.8)");
  t.add("gas_surface_db", m.surface_gas.dry_weather_db(), "gases along the surface",
        "P.2001-4 eq. (3.10.1)");
  t.add("gas_surface_oxygen_db", m.surface_gas.oxygen_db, "oxygen", "P.2001-4 eq. (F.2.2a)");
  t.add("gas_surface_water_db", m.surface_gas.water_db, "water vapour", "P.2001-4 eq. (F.2.2b)");
  t.add("gas_surface_water_rain_db", m.surface_gas.water_rain_db, "water vapour in rain",
        "P.2001-4 eq. (F.2.2c)");
  t.add("gas_troposcatter_db", m.scatter_gas.dry_weather_db(), "gases on the troposcatter path",
        "P.2001-4 eq. (4.3.7)");
  t.add("fwvr", m.vapour1, "weight of rain's water vapour, surface path", "P.2001-4 eq. (C.2.14)");
  t.add("fwvr_tx_cv", m.vapour_tx, "the same, transmitter to common volume",
        "P.2001-4 eq. (C.2.14)");
  t.add("fwvr_rx_cv", m.vapour_rx, "the same, receiver to common volume", "P.2001-4 eq. (C.2.14)");
  t.add("q0ca_percent", m.zero_fade_percent, "notional time of zero fade", "P.2001-4 section B.2");
  t.add("nd1kmp_n_per_km", path.nd1kmp, "refractivity gradient of the lowest kilometre",
        "P.2001-4 eq. (3.4.1.2)");
  t.add("reff50_km", path.median_radius_km, "median effective earth radius",
        "P.2001-4 eq. (3.5.1)");
  t.add("reffp_km", path.radius_km, "effective earth radius, p % of time", "P.2001-4 eq. (3.5.3)");
  t.add("theta_tx_mrad", tx.horizon_mrad, "transmitter's horizon", "P.2001-4 section 3.7");
  t.add("theta_rx_mrad", rx.horizon_mrad, "receiver's horizon", "P.2001-4 section 3.7");
  t.add("horizon_tx_km", tx.horizon_km, "distance of the transmitter's horizon",
        "P.2001-4 section 3.7");
  t.add("horizon_rx_km", rx.horizon_km, "distance of the receiver's horizon",
        "P.2001-4 section 3.7");
  t.add("scatter_angle_mrad", std::max(path.scatter_angle_mrad, 1e-6), "scatter angle",
        "P.2001-4 eq. (E.1)");
  t.add("troposcatter_climate_zone", m.scatter_zone, "climate zone of the path, 0: sea",
        "P.2001-4 section E.2");
  t.add("htep_m", tx.amsl_m - m.diffraction.smooth.tx_m,
        "transmitter over the smooth earth, for diffraction", "P.2001-4 eq. (3.8.11a)");
  t.add("hrep_m", rx.amsl_m - m.diffraction.smooth.rx_m,
        "receiver over the smooth earth, for diffraction", "P.2001-4 eq. (3.8.11b)");
  t.add("htea_m", tx.ducting_height_m, "transmitter over the smooth earth, for ducting",
        "P.2001-4 eq. (3.8.6a)");
  t.add("hrea_m", rx.ducting_height_m, "receiver over the smooth earth, for ducting",
        "P.2001-4 eq. (3.8.6b)");
  t.add("hm_m", path.roughness_m, "terrain roughness", "P.2001-4 eq. (3.8.7)");
  t.add("common_volume_height_amsl_m", path.common_volume_amsl_m,
        "height of the troposcatter common volume", "P.2001-4 eq. (3.9.2)");
  t.add("tx_common_volume_km", tx.common_volume_km, "transmitter to common volume",
        "P.2001-4 eq. (3.9.1a)");
  t.add("rx_common_volume_km", rx.common_volume_km, "receiver to common volume",
        "P.2001-4 eq. (3.9.1b)");
  t.add("coast_tx_km", tx.coast_km, "transmitter to the sea", "P.2001-4 section D.4");
  t.add("coast_rx_km", rx.coast_km, "receiver to the sea", "P.2001-4 section D.4");
  t.add("dtm_km", path.zones.longest_land_m / 1000.0, "longest land section",
        "P.2001-4 section D.1");
  t.add("dlm_km", path.zones.longest_inland_m / 1000.0, "longest inland section",
        "P.2001-4 section D.1");
  t.add("sea_fraction", path.zones.sea_fraction, "share of the path over sea",
        "P.2001-4 section 3.2");
  t.add("los_median", path.line_of_sight ? 1.0 : 0.0, "1: in sight at median refraction",
        "P.2001-4 section 3.7");
  t.add("mid_lon_deg", path.middle.lon_deg, "longitude of the path's middle",
        "P.2001-4 eq. (H.3.5)");
  t.add("mid_lat_deg", path.middle.lat_deg, "latitude of the path's middle",
        "P.2001-4 eq. (H.3.3)");
}

}  // namespace

double basic_loss_db(const PathLossInput& input, const WholeProfile& whole,
                     const Settings& settings, Terms* terms) {
  const double f = hz_to_ghz(input.frequency_hz);
  const double wavelength_m = 0.2998 / f;  // eq. (3.6.1)
  Climate climate = settings.climate;
  if (settings.maps) {
    climate.mid = settings.maps->refractivity(point_on_great_circle(
        input.tx.position, input.rx.position, 0.5 * input.profile.length_m()));
  }
  const TimePercent time(settings.time_percent);
  const Path path = describe_path(input, whole, climate.mid, time, wavelength_m);
  if (settings.maps) climate = settings.maps->along(input, path);
  const double d = path.distance_km;

  SubModels m;
  const double rise_km = (path.tx.amsl_m - path.rx.amsl_m) / 1000.0;
  m.free_space_db = 92.4 + 20.0 * std::log10(f) + 10.0 * std::log10(d * d + rise_km * rise_km);
  m.surface_gas = surface_gas_loss(path, climate.mid_water_vapour_g_per_m3, f);

  // Sub-model 1, section 4.1.
  m.diffraction = diffraction(path, input.profile, whole, f, wavelength_m, input.polarization);
  m.zero_fade_percent = zero_fade_percent(path, climate.mid.dndz_65m_1, f);
  const auto rain = [&](const RainClimate& where, const RainSection& section) {
    return RainFading(where, section, f, input.polarization, time.q);
  };
  const RainFading surface_rain = rain(climate.mid_rain, {d, path.lower_m(), path.higher_m()});
  const ClearAirFading clear_air(m.zero_fade_percent);
  m.fade1_db = combined_fade_db(
      time.q, surface_rain, [&](double fade_db) { return clear_air.percent_exceeding(fade_db); });
  m.vapour1 = surface_rain.vapour_factor();
  m.loss1_db = m.free_space_db + m.diffraction.loss_db + m.fade1_db +
               m.vapour1 * (m.surface_gas.water_rain_db - m.surface_gas.water_db) +
               m.surface_gas.dry_weather_db();

  // Sub-model 2, section 4.2.
  m.anomalous = anomalous_loss(path, time, f);
  m.loss2_db = m.anomalous.loss_db() + m.surface_gas.dry_weather_db();

  // Sub-model 3, section 4.3.
  m.scatter_zone = troposcatter_zone(climate.zones);
  m.troposcatter_db = std::max(m.free_space_db,  // eq. (E.17)
                               troposcatter_loss_db(path, m.scatter_zone, time, f,
                                                    settings.tx_gain_dbi + settings.rx_gain_dbi));
  const auto slant_rain = [&](const RainClimate& where, const PathEnd& end) {
    return rain(where, {end.common_volume_km, end.amsl_m, path.common_volume_amsl_m});
  };
  const RainFading tx_rain = slant_rain(climate.tx_to_common_volume_rain, path.tx);
  const RainFading rx_rain = slant_rain(climate.rx_to_common_volume_rain, path.rx);
  const double tx_fade_db = combined_fade_db(time.q, tx_rain, troposcatter_clear_air_percent);
  const double rx_fade_db = combined_fade_db(time.q, rx_rain, troposcatter_clear_air_percent);
  m.fade2_db = (tx_fade_db * (1.0 + 0.018 * path.tx.common_volume_km) +
                rx_fade_db * (1.0 + 0.018 * path.rx.common_volume_km)) /
               (1.0 + 0.018 * d);
  m.vapour_tx = tx_rain.vapour_factor();
  m.vapour_rx = rx_rain.vapour_factor();
  m.scatter_gas = troposcatter_gas_loss(path, climate.tx_water_vapour_g_per_m3,
                                        climate.rx_water_vapour_g_per_m3, f);
  m.loss3_db =
      m.troposcatter_db + m.fade2_db +
      0.5 * (m.vapour_tx + m.vapour_rx) * (m.scatter_gas.water_rain_db - m.scatter_gas.water_db) +
      m.scatter_gas.dry_weather_db();

  // Sub-model 4 and all of them, sections 4.4 and 5.
  m.sporadic_e = sporadic_e_loss(path, climate, time, f);
  const double loss12_db = power_sum_db(0.1, m.loss1_db, m.loss2_db);
  if (terms != nullptr) add_terms(path, m, loss12_db, *terms);
  return power_sum_db(0.2, loss12_db, m.loss3_db, m.sporadic_e.loss_db);
}

}  // namespace yonder::propagation::p2001
