#include "propagation/physics/inverse_normal.h"

#include <cmath>

#include "core/contracts.h"

namespace yonder::propagation {
double inverse_complementary_normal(double x) {
  YONDER_EXPECTS(x >= 1e-6 && x <= 1.0 - 1e-6);
  return x <= 0.5 ? inverse_complementary_normal_of_log(std::log(x))
                  : -inverse_complementary_normal_of_log(std::log(1.0 - x));  // eqs. (96a), (96b)
}

}  // namespace yonder::propagation
