#pragma once

namespace yonder::propagation::itm {

/// The steepest line of sight from an antenna over the ground so far; a division only when it gets
/// steeper. Source: Hufford, "The ITS Irregular Terrain Model, version 1.2.2", subroutine hzns.
struct Horizon {
  double angle_rad;
  double distance_m;

  /// Ground `rise_m` above the antenna, `at_m` from it.
  void look_at(double rise_m, double at_m, double half_curvature) {
    const double seen_rise_m = rise_m - at_m * at_m * half_curvature;
    if (seen_rise_m > angle_rad * at_m) {
      angle_rad = seen_rise_m / at_m;
      distance_m = at_m;
    }
  }
};

/// Both antennas' view of each other: what their horizons are before ground gets in between.
struct DirectView {
  Horizon tx;
  Horizon rx;

  DirectView(double tx_amsl_m, double rx_amsl_m, double distance_m, double half_curvature)
      : tx{(rx_amsl_m - tx_amsl_m) / distance_m - distance_m * half_curvature, distance_m},
        rx{-((rx_amsl_m - tx_amsl_m) / distance_m) - distance_m * half_curvature, distance_m} {}
};

}  // namespace yonder::propagation::itm
