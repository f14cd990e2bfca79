#pragma once

#include "core/path_profile.h"

namespace yonder::propagation {

/// Diffraction loss of up to three knife edges by Deygout's construction, dB: the edge with the
/// highest nu of the whole path, then the worst one on either side of it, whose losses add up (J.
/// Deygout, IEEE Trans. Antennas Propag. AP-14 no. 4, 1966; knife edges by P.526-15 eq. (31),
/// without later corrections of the sum). Edges are the profile's interior points, ground plus
/// clutter, over an earth of `earth_radius_m`. 0 where no point comes near the ray (nu <= -0.78).
double deygout_loss_db(const PathProfileView& profile, double tx_amsl_m, double rx_amsl_m,
                       double earth_radius_m, double wavelength_m);

}  // namespace yonder::propagation
