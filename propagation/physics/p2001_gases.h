#pragma once

#include "propagation/physics/p2001_path.h"

/// Attenuation by atmospheric gases, ITU-R P.2001-4 Attachment F.
namespace yonder::propagation::p2001 {

struct GasLoss {
  double oxygen_db = 0.0;
  double water_db = 0.0;       ///< water vapour without rain
  double water_rain_db = 0.0;  ///< water vapour while it rains

  double dry_weather_db() const { return oxygen_db + water_db; }
};

/// Along the surface (section F.2); vapour at the middle of the path.
GasLoss surface_gas_loss(const Path& path, double water_vapour_g_per_m3, double frequency_ghz);

/// Up to the common volume and down again (sections F.3, F.4); vapour at the terminals.
GasLoss troposcatter_gas_loss(const Path& path, double tx_water_vapour_g_per_m3,
                              double rx_water_vapour_g_per_m3, double frequency_ghz);

}  // namespace yonder::propagation::p2001
