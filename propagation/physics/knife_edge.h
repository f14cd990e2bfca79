#pragma once

#include "propagation/physics/lane_math.h"

namespace yonder::propagation {

/// Diffraction loss of one knife edge, dB, from the dimensionless parameter nu (P.526-15 eq. (31),
/// P.1812-8 eq. (12)); 0 for nu <= -0.78, where the approximation ends.
YONDER_LANE double knife_edge_loss_db(double nu) {
  const double u = lane::max(nu, -0.78) - 0.1;
  const double loss_db = 6.9 + 20.0 * lane::log10(std::sqrt(u * u + 1.0) + u);
  return nu <= -0.78 ? 0.0 : loss_db;
}

}  // namespace yonder::propagation
