#pragma once

#include "propagation/physics/p2001_path.h"

/// Reflection by sporadic-E layers, ITU-R P.2001-4 Attachment G.
namespace yonder::propagation::p2001 {

struct SporadicELoss {
  double one_hop_db = 0.0;
  double two_hop_db = 0.0;
  double loss_db = 0.0;  ///< of both, eq. (G.4.1)
};
/// Losses may be infinite: a terminal whose horizon stands upright sees no layer.
SporadicELoss sporadic_e_loss(const Path& path, const Climate& climate, TimePercent time,
                              double frequency_ghz);

}  // namespace yonder::propagation::p2001
