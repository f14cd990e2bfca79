#pragma once

#include <memory>
#include <string>

#include "core/geo.h"

namespace yonder::geodata {

/// A metric projected coordinate system and its transformation from and to WGS 84. Copies share
/// nothing mutable; use one object per thread.
class Projection {
 public:
  /// WGS 84 / UTM zone of a position. Throws GeodataError beyond |latitude| 80 degrees (UTM ends
  /// there).
  static Projection utm_for(LonLat position);
  /// Any projected CRS in metres that GDAL understands ("EPSG:32645", WKT). Throws GeodataError
  /// otherwise.
  static Projection from_text(const std::string& crs);

  Projection(const Projection&);
  Projection(Projection&&) noexcept;
  Projection& operator=(const Projection&);
  Projection& operator=(Projection&&) noexcept;
  ~Projection();

  MapPoint to_map(LonLat position) const;
  LonLat to_lonlat(MapPoint point) const;
  /// Local scale and grid convergence at a position. Throws GeodataError where the projection is
  /// not conformal, since one scale would not describe it; (numerically, from geodesic steps on the
  /// ellipsoid).
  MapDistortion distortion_at(LonLat position) const;

  const std::string& name() const;  ///< "EPSG:32645", or the CRS's name when it has no code
  const std::string& wkt() const;   ///< WKT2

 private:
  struct State;
  explicit Projection(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Version of the PROJ library, which places all coordinates, and whether it may take grids of
/// datum shifts from the network: "9.1.1, network off".
std::string proj_version();

}  // namespace yonder::geodata
