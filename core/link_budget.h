#pragma once

#include "core/cell.h"

namespace yonder {

/// Energy per resource element in dBm: P_total - 10 log10(12 N_RB) (TS 38.214 section 4.1 with the
/// power spread evenly). `total_power_dbm` is summed over all ports. Precondition: resource_blocks
/// > 0.
double epre_dbm(double total_power_dbm, int resource_blocks);

/// SS-RSRP in dBm = EPRE + G_bs + broadcast offset - L_feeder - L_b + G_ue - L_body -
/// L_penetration.
double ss_rsrp_dbm(const Cell& cell, double antenna_gain_dbi, double path_loss_db,
                   const Receiver& receiver);

}  // namespace yonder
