#pragma once

/// The formulas that Hata fitted to Okumura's curves, and COST 231's extension of them.
///
/// Sources: M. Hata, "Empirical formula for propagation loss in land mobile radio services", IEEE
/// Trans. Veh. Technol. VT-29 no. 3, August 1980; COST Action 231, "Digital mobile radio towards
/// future generation systems", final report, section 4.4.1. Arguments are in the papers' units;
/// none is checked here.
namespace yonder::propagation::hata {

/// Receiver height correction a(h_m) of a medium or small city, dB (Hata 1980 eq. (11)).
double height_correction_medium_city_db(double frequency_mhz, double rx_height_m);

/// a(h_m) of a large city, dB: Hata gives one formula up to 200 MHz (eq. (12)) and one from 400 MHz
/// (eq. (13)); this takes the first up to 200 MHz and the second otherwise. Between 200 and 400 MHz
/// the source defines none.
double height_correction_large_city_db(double frequency_mhz, double rx_height_m);

/// Urban median loss of Hata without a(h_m), dB (eq. (15)).
double urban_loss_db(double frequency_mhz, double tx_height_m, double distance_km);

/// What Hata subtracts from the urban loss in suburban (eq. (22)) and open areas (eq. (24)), dB.
double suburban_relief_db(double frequency_mhz);
double open_area_relief_db(double frequency_mhz);

/// COST 231-Hata median loss without a(h_m) and C_m, dB (final report eq. (4.4.3)).
double cost231_loss_db(double frequency_mhz, double tx_height_m, double distance_km);

/// Slope of Hata's loss over log10 d: 44.9 - 6.55 log10 h_b, dB a decade.
double distance_slope_db(double tx_height_m);

}  // namespace yonder::propagation::hata
