#include "geodata/gdal/raster_source.h"

#include <cpl_string.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "geodata/error.h"

namespace yonder::geodata {
namespace {

constexpr unsigned kOpenFlags = GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR;

bool is_virtual(const std::string& name) { return name.rfind("/vsi", 0) == 0; }

/// The only raster inside a zip, as a /vsizip/ name.
std::string raster_in_zip(const std::string& zip) {
  const std::string root = "/vsizip/" + zip;
  const CPLStringList names(VSIReadDirRecursive(root.c_str()));
  std::vector<std::string> rasters;
  for (int i = 0; i < names.size(); ++i) {
    const std::string inside = root + "/" + names[i];
    if (inside.back() != '/' &&
        GDALIdentifyDriverEx(inside.c_str(), GDAL_OF_RASTER, nullptr, nullptr) != nullptr)
      rasters.push_back(inside);
  }
  if (rasters.size() != 1)
    throw GeodataError(zip + " holds " + std::to_string(rasters.size()) +
                       " rasters, one is needed; unpack it and name the file");
  return rasters.front();
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

DatasetPtr open_dataset(const std::filesystem::path& file) {
  const std::string name = file.string();
  std::error_code ignored;
  if (!is_virtual(name)) {
    if (!std::filesystem::exists(file, ignored))
      throw GeodataError("no such raster: " + name + "; check the path, relative paths start at " +
                         "the folder the file was named from");
    if (std::filesystem::is_directory(file, ignored))
      throw GeodataError(name +
                         " is a folder, not a raster; name its files, or a pattern such as " +
                         name + "/*.tif");
  }
  ErrorCapture errors;
  DatasetPtr dataset(GDALDataset::Open(name.c_str(), kOpenFlags));
  if (!dataset && lower(file.extension().string()) == ".zip") {
    const std::string inside = raster_in_zip(name);
    errors.clear();
    dataset.reset(GDALDataset::Open(inside.c_str(), kOpenFlags));
  }
  if (!dataset)
    throw GeodataError("cannot open " + name + " as a raster" + errors.reason() +
                       "; a GDAL-readable file is needed (GeoTIFF, HGT, DTED, VRT), not cut short");
  if (dataset->GetRasterCount() < 1 || dataset->GetRasterXSize() < 1 ||
      dataset->GetRasterYSize() < 1)
    throw GeodataError(name + " has no raster band; name one of its subdatasets or another file");
  return dataset;
}

/// GMT and netCDF writers leave no CRS in a converted file but say "degrees_east" of the axes (CF
/// conventions section 4): such a file is in longitude and latitude.
bool says_degrees(GDALDataset& dataset) {
  const auto unit_of = [&](const char* axis, const char* unit) {
    const char* value = dataset.GetMetadataItem(axis);
    return value != nullptr && lower(value) == unit;
  };
  return (unit_of("lon#units", "degrees_east") && unit_of("lat#units", "degrees_north")) ||
         (unit_of("x#units", "degrees_east") && unit_of("y#units", "degrees_north"));
}

OGRSpatialReference reference_of(GDALDataset& dataset, const std::string& name) {
  const OGRSpatialReference* own = dataset.GetSpatialRef();
  if (own == nullptr || own->IsEmpty()) {
    if (says_degrees(dataset)) return wgs84();
    throw GeodataError(name +
                       " has no coordinate system; give it the one it was made in, for example "
                       "gdal_edit.py -a_srs EPSG:4326 " +
                       name);
  }
  OGRSpatialReference reference(*own);
  reference.StripVertical();  // only positions are transformed, never heights
  reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  if (!reference.IsGeographic() && !reference.IsProjected())
    throw GeodataError(name + " is neither in geographic nor in projected coordinates (" +
                       (reference.GetName() ? reference.GetName() : "unnamed") +
                       "); reproject it with gdalwarp -t_srs EPSG:4326");
  return reference;
}

void read_band_facts(RasterSource& source, const std::string& name) {
  GDALRasterBand* band = source.band();
  int has = 0;
  const double nodata = band->GetNoDataValue(&has);
  if (has) source.nodata = nodata;
  const double scale = band->GetScale(&has);
  if (has && scale != 0.0) source.scale = scale;
  const double offset = band->GetOffset(&has);
  if (has) source.offset = offset;
  const std::string unit = lower(band->GetUnitType() ? band->GetUnitType() : "");
  if (unit == "ft" || unit == "feet" || unit == "foot" || unit.rfind("us survey f", 0) == 0 ||
      unit == "sfoot" || unit == "ftus")
    throw GeodataError(name + " holds heights in feet (" + unit +
                       "); convert them to metres first, for example with gdal_calc.py "
                       "--calc=\"A*0.3048\"");
  const char* mark = source.dataset->GetMetadataItem("YONDER_SYNTHETIC");
  if (mark == nullptr) mark = band->GetMetadataItem("YONDER_SYNTHETIC");
  source.synthetic = mark != nullptr && lower(mark) != "no" && std::strcmp(mark, "0") != 0;
}

void read_georeference(RasterSource& source, const std::string& name) {
  if (source.dataset->GetGeoTransform(source.pixel_to_crs) != CE_None ||
      !GDALInvGeoTransform(source.pixel_to_crs, source.crs_to_pixel))
    throw GeodataError(name +
                       " has no georeferencing (corner and pixel size); give it some with "
                       "gdal_translate -a_ullr, or rectify it with gdalwarp");
}

/// The usual void value, for files that declare none and can store it.
constexpr double kUsualVoid = -32768.0;

bool can_store_usual_void(const RasterSource& source) {
  switch (source.band()->GetRasterDataType()) {
    case GDT_Int16:
    case GDT_Int32:
    case GDT_Int64:
    case GDT_Float32:
    case GDT_Float64:
      return true;
    default:
      return false;
  }
}

/// A VRT without nodata reads as 0 where none of its tiles lies: that would turn a missing tile
/// into sea level. Its gaps are made void, in memory only.
void open_gaps(RasterSource& source) {
  if (source.nodata || !can_store_usual_void(source)) return;
  if (!EQUAL(source.dataset->GetDriverName(), "VRT")) return;
  source.dataset->SetDescription("");  // without a name GDAL has no file to write the change to
  if (source.band()->SetNoDataValue(kUsualVoid) == CE_None) source.nodata = kUsualVoid;
}

/// Files of one key can be read as one raster; those with an empty key cannot be joined.
std::string mosaic_key(const RasterSource& source) {
  const double* t = source.pixel_to_crs;
  if (t[2] != 0.0 || t[4] != 0.0) return {};                       // rotated
  if (!source.nodata && !can_store_usual_void(source)) return {};  // gaps would read as 0
  if (source.dataset->GetDescription()[0] == '\0') return {};      // changed by open_gaps()
  const auto phase = [](double origin, double step) {
    const double in_pixels = origin / step;
    return std::abs(in_pixels - std::round(in_pixels)) < 0.02
               ? 0L
               : std::lround(100.0 * (in_pixels - std::floor(in_pixels)));
  };
  char numbers[200];
  std::snprintf(numbers, sizeof(numbers), "%.9g %.9g %ld %ld %d %.9g %.9g %.17g", t[1], t[5],
                phase(t[0], t[1]), phase(t[3], t[5]), source.band()->GetRasterDataType(),
                source.scale, source.offset, source.nodata.value_or(kUsualVoid));
  char* wkt = nullptr;
  source.crs.exportToWkt(&wkt);
  std::string key = std::string(numbers) + (wkt ? wkt : "");
  CPLFree(wkt);
  return key;
}

/// What a mosaic must know of a tile.
struct Tile {
  std::string name;
  double x = 0.0, y = 0.0;  ///< top-left corner in the CRS
  int columns = 0, rows = 0;
};

std::string xml(const std::string& text) {
  char* escaped = CPLEscapeString(text.c_str(), -1, CPLES_XML);
  std::string result = escaped ? escaped : "";
  CPLFree(escaped);
  return result;
}

/// A VRT of the tiles, written here because gdalbuildvrt leaves out, with a mere warning, tiles
/// that differ in such things as colour interpretation. Its gaps are void, and where tiles overlap,
/// a void covers no neighbour's heights and the tile named first wins.
RasterSource mosaic_of(const std::vector<Tile>& tiles, RasterSource first) {
  const double* t = first.pixel_to_crs;
  double left = tiles.front().x;
  double top = tiles.front().y;
  for (const Tile& tile : tiles) {
    if ((tile.x - left) / t[1] < 0.0) left = tile.x;
    if ((tile.y - top) / t[5] < 0.0) top = tile.y;
  }
  char nodata[40];
  std::snprintf(nodata, sizeof(nodata), "%.17g", first.nodata.value_or(kUsualVoid));
  const std::string type = GDALGetDataTypeName(first.band()->GetRasterDataType());
  std::string sources;
  long columns = 0;
  long rows = 0;
  for (auto tile = tiles.rbegin(); tile != tiles.rend(); ++tile) {  // the last source lies on top
    const long column = std::lround((tile->x - left) / t[1]);
    const long row = std::lround((tile->y - top) / t[5]);
    columns = std::max(columns, column + tile->columns);
    rows = std::max(rows, row + tile->rows);
    const std::string size = "xSize=\"" + std::to_string(tile->columns) + "\" ySize=\"" +
                             std::to_string(tile->rows) + "\"/>";
    sources += "<ComplexSource><SourceFilename relativeToVRT=\"0\">" + xml(tile->name) +
               "</SourceFilename><SourceBand>1</SourceBand><SourceProperties RasterXSize=\"" +
               std::to_string(tile->columns) + "\" RasterYSize=\"" + std::to_string(tile->rows) +
               "\" DataType=\"" + type + "\"/><SrcRect xOff=\"0\" yOff=\"0\" " + size +
               "<DstRect xOff=\"" + std::to_string(column) + "\" yOff=\"" + std::to_string(row) +
               "\" " + size + "<NODATA>" + nodata + "</NODATA></ComplexSource>";
  }
  char place[160];
  std::snprintf(place, sizeof(place), "%.17g, %.17g, 0, %.17g, 0, %.17g", left, t[1], top, t[5]);
  const std::string text = "<VRTDataset rasterXSize=\"" + std::to_string(columns) +
                           "\" rasterYSize=\"" + std::to_string(rows) + "\"><GeoTransform>" +
                           place + "</GeoTransform><VRTRasterBand dataType=\"" + type +
                           "\" band=\"1\"><NoDataValue>" + nodata + "</NoDataValue>" + sources +
                           "</VRTRasterBand></VRTDataset>";
  RasterSource source;
  source.label = tiles.front().name + " and " + std::to_string(tiles.size() - 1) + " more";
  const ErrorCapture errors;
  source.dataset.reset(GDALDataset::Open(text.c_str(), kOpenFlags));
  if (!source.dataset) throw GeodataError("cannot join " + source.label + errors.reason());
  source.crs = first.crs;
  read_georeference(source, source.label);
  source.nodata = first.nodata.value_or(kUsualVoid);
  source.scale = first.scale;
  source.offset = first.offset;
  source.synthetic = first.synthetic;
  return source;
}

}  // namespace

std::string text_of(const GeoBox& box) {
  char text[120];
  std::snprintf(text, sizeof(text), "lon %.5g..%.5g, lat %.5g..%.5g", box.west_deg, box.east_deg,
                box.south_deg, box.north_deg);
  return text;
}

RasterSource open_raster(const std::filesystem::path& file) {
  ensure_gdal();
  RasterSource source;
  source.label = file.string();
  source.dataset = open_dataset(file);
  source.crs = reference_of(*source.dataset, source.label);
  read_georeference(source, source.label);
  read_band_facts(source, source.label);
  source.opened_name = source.dataset->GetDescription();
  open_gaps(source);
  return source;
}

std::vector<RasterSource> open_mosaics(const std::vector<std::filesystem::path>& files) {
  struct Group {
    std::string key;
    std::vector<Tile> tiles;
    RasterSource first;
  };
  std::vector<Group> groups;
  for (const std::filesystem::path& file : files) {
    RasterSource source = open_raster(file);
    const std::string key = mosaic_key(source);
    const Tile tile = {source.opened_name, source.pixel_to_crs[0], source.pixel_to_crs[3],
                       source.columns(), source.rows()};
    const auto same = key.empty() ? groups.end()
                                  : std::find_if(groups.begin(), groups.end(),
                                                 [&](const Group& g) { return g.key == key; });
    if (same == groups.end()) {
      groups.push_back({key, {tile}, std::move(source)});
    } else {
      same->tiles.push_back(tile);
      same->first.synthetic = same->first.synthetic || source.synthetic;
    }
  }
  std::vector<RasterSource> sources;
  for (Group& group : groups) {
    sources.push_back(group.tiles.size() == 1 ? std::move(group.first)
                                              : mosaic_of(group.tiles, std::move(group.first)));
  }
  return sources;
}

void check_readable(const RasterSource& source) {
  ErrorCapture errors;
  for (const auto& [column, row] :
       {std::pair{0, 0}, std::pair{source.columns() - 1, source.rows() - 1}}) {
    double value = 0.0;
    if (source.band()->RasterIO(GF_Read, column, row, 1, 1, &value, 1, 1, GDT_Float64, 0, 0,
                                nullptr) != CE_None ||
        errors.failed())
      throw GeodataError("cannot read " + source.label + errors.reason() +
                         "; the file may be cut short: fetch or copy it again");
  }
}

GeoBox bounds_of(const RasterSource& source) {
  const double* t = source.pixel_to_crs;
  double low_x = 0.0, low_y = 0.0, high_x = 0.0, high_y = 0.0;
  bool first = true;
  for (const double column : {0.0, static_cast<double>(source.columns())}) {
    for (const double row : {0.0, static_cast<double>(source.rows())}) {
      const double x = t[0] + t[1] * column + t[2] * row;
      const double y = t[3] + t[4] * column + t[5] * row;
      low_x = first ? x : std::min(low_x, x);
      high_x = first ? x : std::max(high_x, x);
      low_y = first ? y : std::min(low_y, y);
      high_y = first ? y : std::max(high_y, y);
      first = false;
    }
  }
  if (source.geographic()) return {low_x, low_y, high_x, high_y};
  const ErrorCapture errors;
  const TransformPtr transform = make_transform(source.crs, wgs84());
  GeoBox box;
  constexpr int kDensify = 21;
  if (!transform->TransformBounds(low_x, low_y, high_x, high_y, &box.west_deg, &box.south_deg,
                                  &box.east_deg, &box.north_deg, kDensify))
    throw GeodataError("the corners of " + source.label +
                       " have no place on the earth in its coordinate system" + errors.reason());
  return box;
}

}  // namespace yonder::geodata
