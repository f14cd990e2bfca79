#include "propagation/physics/deygout.h"

#include <cmath>
#include <limits>

#include "propagation/physics/knife_edge.h"

namespace yonder::propagation {
namespace {

/// A ray's end: distance along the path and height over the curved earth's chord.
struct End {
  std::size_t index;
  double height_m;
};

struct Edge {
  End at{};
  double nu = -std::numeric_limits<double>::infinity();
};

class Path {
 public:
  Path(const PathProfileView& profile, double earth_radius_m, double wavelength_m)
      : profile_(profile), earth_radius_m_(earth_radius_m), wavelength_m_(wavelength_m) {}

  /// The point between two ends with the highest nu.
  Edge worst(const End& left, const End& right) const {
    Edge worst;
    const double from = profile_.distance_m[left.index];
    const double to = profile_.distance_m[right.index];
    for (std::size_t i = left.index + 1; i < right.index; ++i) {
      const double d1 = profile_.distance_m[i] - from;
      const double d2 = to - profile_.distance_m[i];
      const double ray_m = (left.height_m * d2 + right.height_m * d1) / (d1 + d2);
      const double nu = (top_m(i) - ray_m) * std::sqrt(2.0 * (d1 + d2) / (wavelength_m_ * d1 * d2));
      if (nu > worst.nu) worst = {{i, top_m(i)}, nu};
    }
    return worst;
  }

 private:
  double top_m(std::size_t i) const {
    const double x = profile_.distance_m[i];
    return profile_.ground_amsl_m[i] + profile_.clutter_at(i) +
           x * (profile_.length_m() - x) / (2.0 * earth_radius_m_);
  }

  const PathProfileView& profile_;
  double earth_radius_m_;
  double wavelength_m_;
};

}  // namespace

double deygout_loss_db(const PathProfileView& profile, double tx_amsl_m, double rx_amsl_m,
                       double earth_radius_m, double wavelength_m) {
  const Path path(profile, earth_radius_m, wavelength_m);
  const End tx{0, tx_amsl_m};
  const End rx{profile.size() - 1, rx_amsl_m};
  const Edge main = path.worst(tx, rx);
  const double main_db = knife_edge_loss_db(main.nu);
  if (main_db == 0.0) return 0.0;
  return main_db + knife_edge_loss_db(path.worst(tx, main.at).nu) +
         knife_edge_loss_db(path.worst(main.at, rx).nu);
}

}  // namespace yonder::propagation
