#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/geo.h"

/// Shapes from vector files (GeoJSON, GeoPackage, shapefile, ...), brought to WGS 84. All readers
/// throw GeodataError: missing or unreadable file, no coordinate system, nothing of the wanted
/// kind.
namespace yonder::geodata {

using Ring = std::vector<LonLat>;

/// A polygon: its outer ring first, then its holes.
struct PolygonRings {
  std::vector<Ring> rings;
};

/// Lines in the order of the file; those of multi-lines one by one.
std::vector<std::vector<LonLat>> read_lines(const std::filesystem::path& file);

/// Polygons in the order of the file; those of multi-polygons one by one.
std::vector<PolygonRings> read_polygons(const std::filesystem::path& file);

/// The lines of a file of lines, or the outer rings of one of polygons: lakes are no sea coast.
std::vector<std::vector<LonLat>> read_coast(const std::filesystem::path& file);

/// A point with what its fields say.
struct VectorPoint {
  LonLat position;
  std::string id;    ///< field "id", else empty
  std::string name;  ///< field "name", else empty
  std::string name_zh;
  std::optional<double> weight;
  std::optional<double> height_agl_m;
};
std::vector<VectorPoint> read_points(const std::filesystem::path& file);

}  // namespace yonder::geodata
