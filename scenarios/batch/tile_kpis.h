#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "core/kpi.h"
#include "scenarios/service_map.h"

namespace yonder::scenarios {

/// What is counted over a tile's pixels, and over several tiles' together: counts add up, and means
/// are weighted with the pixels they are of, so that nothing depends on how an area is cut.
struct TileKpis {
  CoverageKpis coverage;
  RimCount rim;
  std::vector<std::size_t> served_pixels;      ///< as Coverage::served_pixels
  std::vector<ServiceKpis> services;           ///< by terminal
  std::vector<AvailabilityKpis> availability;  ///< by terminal; empty: not judged

  /// Adds another tile of the same scenario. The first is added to an empty object.
  void add(const TileKpis& other);
};

nlohmann::ordered_json to_json(const TileKpis& kpis);
/// Throws nlohmann::json::exception where something is missing or of another kind.
TileKpis tile_kpis_from_json(const nlohmann::ordered_json& json);

}  // namespace yonder::scenarios
