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

/// A point in WGS 84 with named attributes; all features of a layer have the same fields in the
/// same order.
struct PointFeature {
  LonLat position;
  std::vector<std::pair<std::string, FieldValue>> fields;
};

struct PointLayer {
  std::string name;
  std::vector<PointFeature> features;
};

/// Writes a GeoPackage with the layers. Throws GeodataError on any failure and then leaves no file.
void write_gpkg(const std::filesystem::path& file, const std::vector<PointLayer>& layers);

}  // namespace yonder::geodata
