#include "core/link_budget.h"

#include <cmath>

#include "core/contracts.h"

namespace yonder {

double epre_dbm(double total_power_dbm, int resource_blocks) {
  YONDER_EXPECTS(resource_blocks > 0);
  return total_power_dbm - 10.0 * std::log10(12.0 * resource_blocks);
}

double ss_rsrp_dbm(const Cell& cell, double antenna_gain_dbi, double path_loss_db,
                   const Receiver& receiver) {
  return cell.epre_dbm + antenna_gain_dbi + cell.broadcast_offset_db - cell.feeder_loss_db -
         path_loss_db + receiver.gain_dbi - receiver.body_loss_db - receiver.penetration_loss_db;
}

}  // namespace yonder
