#pragma once

namespace yonder::propagation {

/// Diffraction loss of one knife edge, dB, from the dimensionless parameter nu (P.526-15 eq. (31),
/// P.1812-8 eq. (12)); 0 for nu <= -0.78, where the approximation ends.
double knife_edge_loss_db(double nu);

}  // namespace yonder::propagation
