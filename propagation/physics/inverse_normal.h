#pragma once

namespace yonder::propagation {

/// Inverse complementary cumulative normal distribution I(x), by the rational approximation that
/// P.1812-8 and P.1546-6 prescribe (P.1812-8 Attachment 2, eqs. (96)-(97)); error below 0.00054.
/// 1e-6 <= x <= 1 - 1e-6.
double inverse_complementary_normal(double x);

}  // namespace yonder::propagation
