#pragma once

#include "propagation/physics/p2001_path.h"

/// Troposcatter, ITU-R P.2001-4 Attachment E.
namespace yonder::propagation::p2001 {

/// The climate zone of a path: the common volume's or, over the sea, the terminals' (section E.2).
int troposcatter_zone(const ScatterZones& zones);

/// Basic transmission loss by troposcatter, dB, eq. (E.16). Antenna gains are those towards the
/// horizon; high ones lose coupling.
double troposcatter_loss_db(const Path& path, int zone, TimePercent time, double frequency_ghz,
                            double gain_sum_db);

}  // namespace yonder::propagation::p2001
