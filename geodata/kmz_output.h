#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/geo.h"
#include "geodata/value_classes.h"

namespace yonder::geodata {

/// One map of classes as ground overlays.
struct KmzLayer {
  std::string name;
  std::filesystem::path raster;  ///< GeoTIFF or VRT mosaic
  ValueClasses classes;          ///< their alpha is the overlay's
  std::string legend_png;        ///< bytes of a PNG; empty: no legend
};

struct KmzPlace {
  LonLat position;
  std::string name;
  std::string description;
};

struct KmzSpec {
  std::string name;
  std::string description;
  std::vector<KmzLayer> layers;  ///< one is shown at a time, at first the first
  std::string places_name;
  std::vector<KmzPlace> places;
  std::string place_icon_png;  ///< bytes
  int longest_px = 4096;       ///< of an overlay's longer side
};

/// A KMZ for Google Earth: doc.kml and PNG tiles of 1024 pixels, warped to WGS 84. Each pixel shows
/// the class of the raster's pixel at its centre; of longer rasters the pixels are sampled so that
/// the picture stays bounded. The same input gives the same bytes. Throws GeodataError on any
/// failure, a full disk included, and then leaves no file; Stopped.
void write_kmz(const std::filesystem::path& file, const KmzSpec& spec, const std::stop_token& stop);

}  // namespace yonder::geodata
