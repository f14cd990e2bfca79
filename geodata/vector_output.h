#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/geo.h"

namespace yonder::geodata {

using FieldValue = std::variant<std::string, double, std::int64_t>;
/// Named attributes of a feature, in their order.
using Fields = std::vector<std::pair<std::string, FieldValue>>;

/// A point in WGS 84 with named attributes; all features of a layer have the same fields in the
/// same order.
struct PointFeature {
  LonLat position;
  Fields fields;
};

struct PointLayer {
  std::string name;
  std::vector<PointFeature> features;
};

/// Writes a GeoPackage with the layers. Throws GeodataError on any failure and then leaves no file.
void write_gpkg(const std::filesystem::path& file, const std::vector<PointLayer>& layers);

enum class GeometryKind { point, line, polygon };

/// A shape in WGS 84: one place, the vertices of a line, or the rings of a polygon, outer one
/// first.
struct ShapeFeature {
  std::vector<std::vector<LonLat>> parts;
  Fields fields;
};

struct ShapeLayer {
  std::string name;
  GeometryKind kind = GeometryKind::point;
  std::vector<ShapeFeature> features;
};

/// The same for shapes of any kind. A number that is NaN becomes NULL.
void write_gpkg(const std::filesystem::path& file, const std::vector<ShapeLayer>& layers);

}  // namespace yonder::geodata
