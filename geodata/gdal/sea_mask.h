#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/grid.h"
#include "core/path_profile.h"
#include "geodata/gdal/support.h"

/// Internal to geodata: what is sea on the analysis grid, and what lies near it.
namespace yonder::geodata {

enum class Cover : std::uint8_t { unknown = 0, land = 1, sea = 2 };

/// Land polygons onto the grid, by pixel centre, where `cover` is still unknown. Inside a polygon
/// is land, its holes included: they are lakes, and P.1812's zone B means the sea. Outside all
/// polygons is sea, but only within the file's own extent: beyond it the file says nothing. Throws
/// GeodataError.
void add_land_polygons(const std::filesystem::path& file, const OGRSpatialReference& grid_crs,
                       const Grid& grid, std::vector<Cover>& cover);

/// Land mask raster onto the grid, by nearest pixel, where `cover` is still unknown: 0 is sea, any
/// other value land. A nodata tag of 0 is ignored (masks often carry it); another nodata value and
/// everything beyond the raster stay unknown. Throws GeodataError.
void add_land_mask(const std::filesystem::path& file, const OGRSpatialReference& grid_crs,
                   const Grid& grid, std::vector<Cover>& cover);

/// Radio-climatic zones of P.1812-8 table 4. `zone` comes with sea marked (B); land up to 100 m
/// above sea level and up to 50 km from a sea pixel becomes coastal (A1). Sea beyond the grid's
/// border is not seen: the grid's margin must hold it.
void mark_coastal_zone(const Grid& grid, const std::vector<float>& ground_amsl_m,
                       std::vector<Zone>& zone);

}  // namespace yonder::geodata
