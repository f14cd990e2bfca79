#pragma once

#include "propagation/physics/p2001_path.h"

/// Ducting and layer reflection, ITU-R P.2001-4 Attachment D.
namespace yonder::propagation::p2001 {

struct AnomalousLoss {
  double coupling_db = 0.0;  ///< A_ac, eq. (D.5.1)
  double angular_db = 0.0;   ///< A_ad, eq. (D.6.4)
  double time_db = 0.0;      ///< A_at, eq. (D.7.7)

  double loss_db() const { return coupling_db + angular_db + time_db; }  // eq. (D.8.1)
};
AnomalousLoss anomalous_loss(const Path& path, TimePercent time, double frequency_ghz);

}  // namespace yonder::propagation::p2001
