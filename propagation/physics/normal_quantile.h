#pragma once

namespace yonder::propagation {

/// Quantile of the standard normal distribution: the x with P(X <= x) = probability, to about 1e-15
/// relative. For the Recommendations that ask for the inverse normal itself; P.1812 and P.1546
/// prescribe an approximation. Precondition: 0 < probability < 1.
double normal_quantile(double probability);

}  // namespace yonder::propagation
