#include "propagation/physics/knife_edge.h"

#include <cmath>

namespace yonder::propagation {

double knife_edge_loss_db(double nu) {
  if (nu <= -0.78) return 0.0;
  const double u = nu - 0.1;
  return 6.9 + 20.0 * std::log10(std::sqrt(u * u + 1.0) + u);
}

}  // namespace yonder::propagation
