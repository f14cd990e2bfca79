#pragma once

#include <optional>

#include "core/path_loss_model.h"
#include "propagation/physics/smooth_earth.h"
#include "propagation/physics/spherical_earth.h"

/// Diffraction over a terrain profile, ITU-R P.526-15 sections 4.4 and 4.5: the parts and the whole
/// methods, losses in dB relative to free space. Obstacles are ground plus clutter of the interior
/// points; smooth-earth heights are of the ground. Profiles need three points.
namespace yonder::propagation {

/// A profile with antennas over an earth of curvature 1 / (2 a_e).
struct DiffractionPath {
  PathProfileView profile;
  double tx_amsl_m = 0.0;
  double rx_amsl_m = 0.0;
  double curvature_per_m = 0.0;

  double distance_m() const { return profile.length_m(); }
  double obstacle_amsl_m(std::size_t i) const {
    return profile.ground_amsl_m[i] + profile.clutter_at(i);
  }
};

/// An obstacle seen as a knife edge; `obstruction` as defined in bullington.h.
struct Edge {
  std::size_t index = 0;
  double obstruction = 0.0;
};

/// The point strictly between profile points `first` and `last` with the largest diffraction
/// parameter over the line between heights `first_amsl_m` and `last_amsl_m` at these (P.526-15
/// section 4.4.2); none when the two are neighbours. The earliest of equals.
std::optional<Edge> strongest_edge(const DiffractionPath& path, std::size_t first,
                                   double first_amsl_m, std::size_t last, double last_amsl_m);

/// Obstruction of the equivalent Bullington edge (P.526-15 section 4.5.1).
double bullington_obstruction(const DiffractionPath& path);

/// Smooth-earth heights for diffraction under both terminals (P.526-15 section 4.5.2, as
/// P.1812-8 eqs. (85)-(91)).
EndHeights diffraction_smooth_heights(const DiffractionPath& path);

/// The same with the sums over all segments known; of the profile, the points that stand highest
/// over the straight line, and look highest from either end, suffice.
EndHeights diffraction_smooth_heights(const DiffractionPath& path, const SmoothEarthSums& sums);

/// The principal edge of a path and the strongest ones on either side of it, nu of each
/// (minus infinity where there is none, also for a profile without interior points).
struct ThreeEdges {
  double principal_nu = 0.0;
  double tx_side_nu = 0.0;
  double rx_side_nu = 0.0;
  std::size_t principal_index = 0;
};
ThreeEdges three_edges(const DiffractionPath& path, double nu_per_obstruction);

/// Deygout's construction of at most three edges: the losses of the principal edge and, when it
/// stands over the line of sight, of the strongest edge on either side of it add up, without later
/// corrections of the sum. (J. Deygout, "Multiple knife-edge diffraction of microwaves", IEEE
/// Trans. AP-14, 1966.) The one Deygout of the library; its corrected form is the next function.
double deygout_loss_db(const ThreeEdges& edges);

/// Cascaded knife edges (P.526-15 section 4.4.2): Deygout's three edges, the secondary ones also in
/// sight, with the section's empirical correction C and its blending T.
double cascaded_knife_edge_loss_db(const ThreeEdges& edges, double distance_m);

/// What an electrical path is beside its geometry.
struct DiffractionWave {
  double frequency_ghz = 1.0;
  double wavelength_m = 0.2998;  ///< the Recommendations' results have c = 2.998e8 m/s
  Polarization polarization = Polarization::vertical;
  GroundConstants land = kLandGround;
  double sea_fraction = 0.0;  ///< of the path: this part has kSeaGround's first term
};

/// Spherical-earth loss with land and sea weighted (P.526-15 section 3.2, P.1812-8 eq. (28)).
SphericalEarthLoss spherical_earth_loss(double distance_km, double h1_m, double h2_m,
                                        double radius_km, const DiffractionWave& wave);

/// The delta-Bullington method (P.526-15 section 4.5.2) with its parts.
struct DeltaBullington {
  double actual_db = 0.0;     ///< Bullington over the profile
  double smooth_db = 0.0;     ///< Bullington over the smooth path
  double spherical_db = 0.0;  ///< spherical earth
  EndHeights smooth;          ///< smooth earth under the terminals
  double loss_db = 0.0;
};
DeltaBullington delta_bullington(const DiffractionPath& path, const DiffractionWave& wave);

/// The same from smooth-earth heights formed before. `sphere_radius_km` is the earth of the smooth
/// path and the spherical earth, which P.2001 keeps finite where the profile's is flat or hollow.
DeltaBullington delta_bullington(const DiffractionPath& path, const DiffractionWave& wave,
                                 const EndHeights& smooth, double sphere_radius_km);

/// The same where `path` has only those points of a profile that decide its Bullington
/// construction; `interior_m` are the distances of all points between the terminals, which the
/// smooth path is looked at.
DeltaBullington delta_bullington(const DiffractionPath& path, const DiffractionWave& wave,
                                 const EndHeights& smooth, double sphere_radius_km,
                                 std::span<const double> interior_m);

}  // namespace yonder::propagation
