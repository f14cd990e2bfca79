#pragma once

namespace yonder::propagation {

/// Diffraction loss of one knife edge, dB, by the exact complex Fresnel integral (P.526-15 section
/// 4.1); it swings about 0 over clear paths. For any finite nu; error below 1e-7 dB.
double knife_edge_fresnel_db(double nu);

}  // namespace yonder::propagation
