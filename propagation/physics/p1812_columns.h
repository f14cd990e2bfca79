#pragma once

#include <cstddef>
#include <span>

#include "core/workspace.h"
#include "propagation/physics/lane_math.h"
#include "propagation/physics/p1812_closing.h"
#include "propagation/physics/p1812_geometry.h"

namespace yonder::propagation::p1812 {

/// Geometries of many receivers, one array a quantity, for the closing formulas to run over.
class GeometryColumns {
 public:
  /// Arrays are filled up to a multiple of this with copies of the last receiver, so that no lane
  /// is computed by a scalar remainder of a loop, whose last bits would differ.
  static constexpr std::size_t kLanes = 8;

  /// Lends memory from `workspace`, which must not be reset while the columns live.
  GeometryColumns(Workspace& workspace, std::size_t capacity)
      : stride_((capacity + kLanes - 1) / kLanes * kLanes),
        values_(workspace.doubles(stride_ * kCount).data()) {}

  /// Adds a receiver; its centre's latitude is not looked at, but follows from its position.
  void push(const PathGeometry& g, LonLat position) {
    store(size_, g);
    values_[kLatitude * stride_ + size_] = position.lat_deg;
    values_[kLongitude * stride_ + size_] = position.lon_deg;
    ++size_;
    all_land_ = all_land_ && g.sea_fraction == 0.0;
  }

  std::size_t size() const { return size_; }
  std::size_t padded_size() const { return (size_ + kLanes - 1) / kLanes * kLanes; }
  bool all_land() const { return all_land_; }

  /// Fills the last group of lanes and puts the latitudes of the centres of the paths from `tx` in
  /// the place of the receivers' own. Call it once, when all receivers are in.
  void finish(LonLat tx);

  YONDER_LANE PathGeometry load(std::size_t i) const {
    const double* const v = values_ + i;
    const std::size_t n = stride_;
    return {.distance_m = v[0 * n],
            .tx_amsl_m = v[1 * n],
            .rx_amsl_m = v[2 * n],
            .tx_horizon_slope = v[3 * n],
            .rx_horizon_slope = v[4 * n],
            .tx_horizon_m = v[5 * n],
            .rx_horizon_m = v[6 * n],
            .diffraction_tx_amsl_m = v[7 * n],
            .diffraction_rx_amsl_m = v[8 * n],
            .ducting_tx_height_m = v[9 * n],
            .ducting_rx_height_m = v[10 * n],
            .roughness_m = v[11 * n],
            .actual_median = v[12 * n],
            .actual_beta = v[13 * n],
            .smooth_median = v[14 * n],
            .smooth_beta = v[15 * n],
            .sea_fraction = v[16 * n],
            .longest_land_m = v[17 * n],
            .longest_inland_m = v[18 * n],
            .tx_coast_m = v[19 * n],
            .rx_coast_m = v[20 * n],
            .centre_latitude_deg = v[21 * n],
            .rx_at_sea = v[22 * n] != 0.0,
            .rx_height_agl_m = v[23 * n],
            .rx_clutter_m = v[24 * n]};
  }

 private:
  static constexpr std::size_t kCount = 26;
  static constexpr std::size_t kLatitude = 21;
  static constexpr std::size_t kLongitude = 25;  // no part of a geometry

  void store(std::size_t i, const PathGeometry& g) {
    double* const v = values_ + i;
    const std::size_t n = stride_;
    v[0 * n] = g.distance_m;
    v[1 * n] = g.tx_amsl_m;
    v[2 * n] = g.rx_amsl_m;
    v[3 * n] = g.tx_horizon_slope;
    v[4 * n] = g.rx_horizon_slope;
    v[5 * n] = g.tx_horizon_m;
    v[6 * n] = g.rx_horizon_m;
    v[7 * n] = g.diffraction_tx_amsl_m;
    v[8 * n] = g.diffraction_rx_amsl_m;
    v[9 * n] = g.ducting_tx_height_m;
    v[10 * n] = g.ducting_rx_height_m;
    v[11 * n] = g.roughness_m;
    v[12 * n] = g.actual_median;
    v[13 * n] = g.actual_beta;
    v[14 * n] = g.smooth_median;
    v[15 * n] = g.smooth_beta;
    v[16 * n] = g.sea_fraction;
    v[17 * n] = g.longest_land_m;
    v[18 * n] = g.longest_inland_m;
    v[19 * n] = g.tx_coast_m;
    v[20 * n] = g.rx_coast_m;
    v[21 * n] = g.centre_latitude_deg;
    v[22 * n] = g.rx_at_sea ? 1.0 : 0.0;
    v[23 * n] = g.rx_height_agl_m;
    v[24 * n] = g.rx_clutter_m;
  }

  std::size_t stride_;
  double* values_;
  std::size_t size_ = 0;
  bool all_land_ = true;
};

/// Basic transmission loss, dB, of all receivers (P.1812-8 eq. (69)). `loss_db` has room for
/// padded_size(); the columns are finished. Vectorised for the processor it runs on
/// (simd_level.h); differs from basic_loss_db() of one path by rounding.
void basic_loss_db(const GeometryColumns& columns, const Constants& constants,
                   std::span<double> loss_db);

}  // namespace yonder::propagation::p1812
