#include "propagation/physics/p2001_anomalous.h"

#include <algorithm>
#include <cmath>

#include "propagation/physics/ducting.h"

namespace yonder::propagation::p2001 {

AnomalousLoss anomalous_loss(const Path& path, TimePercent time, double frequency_ghz) {
  const double f = frequency_ghz;
  const double cbrt_f = std::cbrt(f);
  const PathEnd& tx = path.tx;
  const PathEnd& rx = path.rx;
  const double tau = ducting::inland_factor(path.zones.longest_inland_m / 1000.0);
  const double log_beta0 = ducting::log_anomalous_time_percent(
      path.middle.lat_deg, path.zones.longest_land_m / 1000.0, tau);
  const auto site_db = [&](const PathEnd& end) {  // sections D.3, D.4
    return ducting::site_shielding_db(end.horizon_mrad, end.horizon_km, f, 0.264 * cbrt_f) +
           ducting::sea_coupling_db(end.coast_km, end.horizon_km, path.zones.sea_fraction,
                                    end.amsl_m);
  };
  AnomalousLoss out;
  out.coupling_db = 102.45 + 20.0 * std::log10(f * (tx.horizon_km + rx.horizon_km)) +
                    ducting::low_frequency_loss_db(f) * path.zones.sea_fraction + site_db(tx) +
                    site_db(rx);
  const double angle_mrad =  // eqs. (D.6.2), (D.6.3)
      1000.0 * path.distance_km / path.median_radius_km +
      std::min(tx.horizon_mrad, 0.1 * tx.horizon_km) +
      std::min(rx.horizon_mrad, 0.1 * rx.horizon_km);
  out.angular_db = angle_mrad > 0.0 ? 5e-5 * path.median_radius_km * cbrt_f * angle_mrad : 0.0;
  const ducting::Shape shape = {.distance_km = path.distance_km,
                                .tx_horizon_km = tx.horizon_km,
                                .rx_horizon_km = rx.horizon_km,
                                .tx_height_m = tx.ducting_height_m,
                                .rx_height_m = rx.ducting_height_m,
                                .roughness_m = path.roughness_m,
                                .median_radius_km = path.median_radius_km};
  const double log_beta = ducting::log_time_percent(shape, log_beta0, tau);
  out.time_db =
      ducting::time_loss_db(log_beta, std::log10(time.p), path.distance_km) + 50.0 / time.q;
  return out;
}

}  // namespace yonder::propagation::p2001
