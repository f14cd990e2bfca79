#include "core/simd_level.h"
#include "propagation/physics/p1812_columns.h"
#include "propagation/physics/p1812_formulas.h"

// Compiled with -fno-math-errno -fno-trapping-math (CMakeLists.txt): the vector forms of exp() and
// its like set no errno, and lanes that a choice discards may divide by zero.

namespace yonder::propagation::p1812 {
namespace {

template <Surfaces surfaces, Times times>
YONDER_LANE void close_lanes(const GeometryColumns& given, const Constants& constants,
                             double* __restrict loss_db) {
  const GeometryColumns columns = given;  // copies, so that no store can alias them
  const Constants k = constants;
  const std::size_t n = columns.padded_size();
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) {
    loss_db[i] = closing_formulas<surfaces, times>(columns.load(i), k).Lb;
  }
}

YONDER_LANE void centre_lanes(LonLat tx, std::size_t n, const double* rx_lon_deg,
                              const double* distance_m, double* __restrict latitude_deg) {
  const double tx_lon_deg = tx.lon_deg;
  const double tx_lat_deg = tx.lat_deg;
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) {
    latitude_deg[i] =
        centre_latitude_deg(tx_lon_deg, tx_lat_deg, rx_lon_deg[i], latitude_deg[i], distance_m[i]);
  }
}

template <Times times>
YONDER_LANE void close_times(const GeometryColumns& columns, const Constants& constants,
                             double* loss_db) {
  if (columns.all_land()) {
    close_lanes<Surfaces::land, times>(columns, constants, loss_db);
  } else {
    close_lanes<Surfaces::mixed, times>(columns, constants, loss_db);
  }
}

YONDER_LANE void close_any(const GeometryColumns& columns, const Constants& constants,
                           double* loss_db) {
  if (constants.is_median()) {
    close_times<Times::median>(columns, constants, loss_db);
  } else {
    close_times<Times::any>(columns, constants, loss_db);
  }
}

void centre_baseline(LonLat tx, std::size_t n, const double* rx_lon_deg, const double* distance_m,
                     double* latitude_deg) {
  centre_lanes(tx, n, rx_lon_deg, distance_m, latitude_deg);
}
void close_baseline(const GeometryColumns& columns, const Constants& constants, double* loss_db) {
  close_any(columns, constants, loss_db);
}
#if YONDER_X86_LEVELS
YONDER_X86_V3 void centre_v3(LonLat tx, std::size_t n, const double* rx_lon_deg,
                             const double* distance_m, double* latitude_deg) {
  centre_lanes(tx, n, rx_lon_deg, distance_m, latitude_deg);
}
YONDER_X86_V3 void close_v3(const GeometryColumns& columns, const Constants& constants,
                            double* loss_db) {
  close_any(columns, constants, loss_db);
}
YONDER_X86_V4 void centre_v4(LonLat tx, std::size_t n, const double* rx_lon_deg,
                             const double* distance_m, double* latitude_deg) {
  centre_lanes(tx, n, rx_lon_deg, distance_m, latitude_deg);
}
YONDER_X86_V4 void close_v4(const GeometryColumns& columns, const Constants& constants,
                            double* loss_db) {
  close_any(columns, constants, loss_db);
}
#endif

}  // namespace

void GeometryColumns::finish(LonLat tx) {
  if (size_ == 0) return;
  for (std::size_t i = size_; i < padded_size(); ++i) {
    for (std::size_t c = 0; c < kCount; ++c)
      values_[c * stride_ + i] = values_[c * stride_ + size_ - 1];
  }
  const double* const longitudes = values_ + kLongitude * stride_;
  double* const latitudes = values_ + kLatitude * stride_;
  switch (simd_level()) {
#if YONDER_X86_LEVELS
    case SimdLevel::v4:
      return centre_v4(tx, padded_size(), longitudes, values_, latitudes);
    case SimdLevel::v3:
      return centre_v3(tx, padded_size(), longitudes, values_, latitudes);
#endif
    default:
      return centre_baseline(tx, padded_size(), longitudes, values_, latitudes);
  }
}

void basic_loss_db(const GeometryColumns& columns, const Constants& constants,
                   std::span<double> loss_db) {
  switch (simd_level()) {
#if YONDER_X86_LEVELS
    case SimdLevel::v4:
      return close_v4(columns, constants, loss_db.data());
    case SimdLevel::v3:
      return close_v3(columns, constants, loss_db.data());
#endif
    default:
      return close_baseline(columns, constants, loss_db.data());
  }
}

}  // namespace yonder::propagation::p1812
