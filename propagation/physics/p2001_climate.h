#pragma once

/// What ITU-R P.2001-4 reads from the maps of its section 3.4 and Attachments C, E and G, as
/// numbers for the points along a path where it looks them up.
namespace yonder::propagation::p2001 {

/// Refractivity at the middle of the path (section 3.4).
struct Refractivity {
  double dn_median = 0.0;     ///< N_d1km50 = -dn_median, N-units/km
  double dn_sup_slope = 0.0;  ///< S_dNsup
  double dn_sub_slope = 0.0;  ///< S_dNsub
  double dndz_65m_1 = 0.0;    ///< N_d65m1: lowest 65 m, 1 % of time; negative: falls with height
};

/// Rain around a point (Attachment C.2).
struct RainClimate {
  double pr6_percent = 0.0;            ///< probability of rain in 6 hours
  double mt_mm_per_year = 0.0;         ///< yearly rain
  double beta = 0.0;                   ///< convective share of it
  double zero_degree_height_km = 0.0;  ///< mean 0 degree isotherm h_0, above sea level
};

/// Critical frequency foEs exceeded for a percentage of time, MHz (Attachment G).
struct SporadicE {
  double foes_0p1_mhz = 0.0;
  double foes_1_mhz = 0.0;
  double foes_10_mhz = 0.0;
  double foes_50_mhz = 0.0;
};

/// Troposcatter climate zones 0 (sea) to 6 (table E.1).
struct ScatterZones {
  int tx = 0;
  int rx = 0;
  int common_volume = 0;
};

struct Climate {
  Refractivity mid;
  double mid_water_vapour_g_per_m3 = 0.0;  ///< at the surface, like the next two
  double tx_water_vapour_g_per_m3 = 0.0;
  double rx_water_vapour_g_per_m3 = 0.0;
  RainClimate mid_rain;
  RainClimate tx_to_common_volume_rain;
  RainClimate rx_to_common_volume_rain;
  SporadicE mid_foes;
  SporadicE quarter_foes;
  SporadicE three_quarter_foes;
  ScatterZones zones;
};

}  // namespace yonder::propagation::p2001
