#include "geodata/mosaic.h"

#include <cpl_conv.h>
#include <cpl_minixml.h>
#include <cpl_string.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>

#include "geodata/checked_file.h"
#include "geodata/error.h"
#include "geodata/gdal/support.h"

namespace yonder::geodata {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kLargestNamed = 65535;

/// What a mosaic takes over from its tiles.
struct LayerHead {
  GDALDataType type = GDT_Unknown;
  std::optional<double> nodata;
  std::string description;
  std::string unit;
  std::map<std::string, std::string> metadata;
  std::map<int, Category> categories;
};

DatasetPtr open_tile(const fs::path& file, const ErrorCapture& errors) {
  DatasetPtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY));
  if (dataset == nullptr || dataset->GetRasterCount() != 1)
    throw GeodataError("cannot read tile " + file.string() + errors.reason());
  return dataset;
}

void add_categories(GDALRasterBand& band, std::map<int, Category>& categories) {
  char** names = band.GetCategoryNames();
  const GDALColorTable* colours = band.GetColorTable();
  for (int value = 0; value < CSLCount(names); ++value) {
    if (names[value][0] == '\0') continue;
    Category category{value, names[value], {}};
    if (colours != nullptr && value < colours->GetColorEntryCount()) {
      const GDALColorEntry* c = colours->GetColorEntry(value);
      category.rgba = {static_cast<std::uint8_t>(c->c1), static_cast<std::uint8_t>(c->c2),
                       static_cast<std::uint8_t>(c->c3), static_cast<std::uint8_t>(c->c4)};
    }
    categories.emplace(value, std::move(category));
  }
}

/// Reads the tiles' heads: all of one type, each as large as its window.
LayerHead read_head(const MosaicSpec& mosaic, const fs::path& folder) {
  LayerHead head;
  for (const MosaicTile& tile : mosaic.tiles) {
    const ErrorCapture errors;
    const DatasetPtr dataset = open_tile(folder / tile.file, errors);
    GDALRasterBand& band = *dataset->GetRasterBand(1);
    CSLConstList items = dataset->GetMetadata();  // also makes GDAL read FILE.aux.xml, with names
    if (band.GetXSize() != tile.window.columns || band.GetYSize() != tile.window.rows)
      throw GeodataError("tile " + tile.file.string() + " is not of its window's size");
    if (head.type == GDT_Unknown) {
      head.type = band.GetRasterDataType();
      int has = 0;
      const double nodata = band.GetNoDataValue(&has);
      if (has != 0) head.nodata = nodata;
      head.description = band.GetDescription();
      head.unit = band.GetUnitType();
    } else if (band.GetRasterDataType() != head.type) {
      throw GeodataError("tile " + tile.file.string() + " is of another type than the others");
    }
    // What one tile says (that its terrain is synthetic) holds of the mosaic; the first speaks
    // first.
    for (int i = 0; items != nullptr && items[i] != nullptr; ++i) {
      char* key = nullptr;
      const char* value = CPLParseNameValue(items[i], &key);
      if (key != nullptr) head.metadata.emplace(key, value);
      CPLFree(key);
    }
    if (mosaic.categories.empty()) add_categories(band, head.categories);
  }
  for (const Category& category : mosaic.categories) head.categories[category.value] = category;
  return head;
}

using XmlPtr = std::unique_ptr<CPLXMLNode, decltype(&CPLDestroyXMLNode)>;

CPLXMLNode* add_element(CPLXMLNode* parent, const char* name) {
  return CPLCreateXMLNode(parent, CXT_Element, name);
}
/// Appends to a list of siblings in constant time: CPLCreateXMLNode() walks through all of them.
class Siblings {
 public:
  explicit Siblings(CPLXMLNode* parent) : last_(&parent->psChild) {
    while (*last_ != nullptr) last_ = &(*last_)->psNext;
  }
  /// The parent gets no other child meanwhile.
  CPLXMLNode* add(const char* name) {
    *last_ = CPLCreateXMLNode(nullptr, CXT_Element, name);
    CPLXMLNode* added = *last_;
    last_ = &added->psNext;
    return added;
  }

 private:
  CPLXMLNode** last_;
};

void add_text(CPLXMLNode* parent, const char* name, const std::string& text) {
  CPLCreateXMLElementAndValue(parent, name, text.c_str());
}
void add_attribute(CPLXMLNode* parent, const char* name, const std::string& text) {
  CPLAddXMLAttributeAndValue(parent, name, text.c_str());
}
std::string exact(double value) {
  return std::isnan(value) ? "nan" : std::string(CPLSPrintf("%.17g", value));
}

void add_window(CPLXMLNode* source, const char* name, int column, int row, const MosaicTile& tile) {
  CPLXMLNode* window = add_element(source, name);
  add_attribute(window, "xOff", std::to_string(column));
  add_attribute(window, "yOff", std::to_string(row));
  add_attribute(window, "xSize", std::to_string(tile.window.columns));
  add_attribute(window, "ySize", std::to_string(tile.window.rows));
}

void add_categories_xml(CPLXMLNode* band, const std::map<int, Category>& categories) {
  if (categories.empty()) return;
  const int last = categories.rbegin()->first;
  CPLXMLNode* table = add_element(band, "ColorTable");
  CPLXMLNode* names = add_element(band, "CategoryNames");
  Siblings entries(table);
  Siblings all_names(names);
  for (int value = 0; value <= last; ++value) {
    const auto it = categories.find(value);
    static const Category kNone;
    const Category& category = it == categories.end() ? kNone : it->second;
    CPLXMLNode* entry = entries.add("Entry");
    for (std::size_t i = 0; i < 4; ++i) {
      const std::string channel = "c" + std::to_string(i + 1);
      add_attribute(entry, channel.c_str(), std::to_string(category.rgba[i]));
    }
    CPLCreateXMLNode(all_names.add("Category"), CXT_Text, category.name.c_str());
  }
}

std::string vrt_text(const MosaicSpec& mosaic, const LayerHead& head) {
  const Grid& grid = mosaic.grid;
  const XmlPtr root(CPLCreateXMLNode(nullptr, CXT_Element, "VRTDataset"), CPLDestroyXMLNode);
  add_attribute(root.get(), "rasterXSize", std::to_string(grid.columns));
  add_attribute(root.get(), "rasterYSize", std::to_string(grid.rows));
  add_text(root.get(), "SRS", mosaic.projection.wkt());
  add_text(root.get(), "GeoTransform",
           exact(grid.top_left.x_m) + ", " + exact(grid.pixel_size_m) + ", 0, " +
               exact(grid.top_left.y_m) + ", 0, " + exact(-grid.pixel_size_m));
  CPLXMLNode* metadata = add_element(root.get(), "Metadata");
  for (const auto& [key, value] : head.metadata) {
    CPLXMLNode* item = add_element(metadata, "MDI");
    add_attribute(item, "key", key);
    CPLCreateXMLNode(item, CXT_Text, value.c_str());
  }

  std::uint32_t largest = 0;
  bool numbered = false;
  for (const MosaicTile& tile : mosaic.tiles) {
    numbered = numbered || !tile.numbers.empty();
    for (const std::uint32_t number : tile.numbers) largest = std::max(largest, number);
  }
  if (!head.categories.empty()) {
    largest = std::max(largest, static_cast<std::uint32_t>(head.categories.rbegin()->first));
  }
  const bool wide = numbered && largest > kLargestNamed;
  CPLXMLNode* band = add_element(root.get(), "VRTRasterBand");
  add_attribute(band, "dataType",
                wide       ? "UInt32"
                : numbered ? "UInt16"
                           : GDALGetDataTypeName(head.type));
  add_attribute(band, "band", "1");
  if (!head.description.empty()) add_text(band, "Description", head.description);
  if (!head.unit.empty()) add_text(band, "UnitType", head.unit);
  if (head.nodata) add_text(band, "NoDataValue", exact(*head.nodata));
  if (!wide && !head.categories.empty()) {
    add_text(band, "ColorInterp", "Palette");
    add_categories_xml(band, head.categories);
  }
  Siblings sources(band);
  for (const MosaicTile& tile : mosaic.tiles) {
    const bool mapped = !tile.numbers.empty();
    CPLXMLNode* source = sources.add(mapped ? "ComplexSource" : "SimpleSource");
    CPLXMLNode* name = add_element(source, "SourceFilename");
    add_attribute(name, "relativeToVRT", "1");
    CPLCreateXMLNode(name, CXT_Text, tile.file.c_str());
    add_text(source, "SourceBand", "1");
    add_window(source, "SrcRect", 0, 0, tile);
    add_window(source, "DstRect", tile.window.column, tile.window.row, tile);
    if (!mapped) continue;
    // Between whole numbers GDAL interpolates; the values are whole numbers.
    std::string table;
    for (std::size_t i = 0; i < tile.numbers.size(); ++i) {
      table += (i == 0 ? "" : ",") + std::to_string(i) + ":" + std::to_string(tile.numbers[i]);
    }
    add_text(source, "LUT", table);
  }
  const std::unique_ptr<char, decltype(&VSIFree)> text(CPLSerializeXMLTree(root.get()), VSIFree);
  return text.get();
}

/// Halvings of the mosaic until it fits into one block of a viewer.
std::vector<int> overview_factors(const Grid& grid) {
  constexpr int kSmallEnough = 256;
  std::vector<int> factors;
  for (int factor = 2; std::max(grid.columns, grid.rows) / (factor / 2) > kSmallEnough;
       factor *= 2) {
    factors.push_back(factor);
  }
  return factors;
}

/// FILE.ovr beside the VRT.
void build_overviews(const fs::path& file, bool categorised, const Grid& grid) {
  std::vector<int> factors = overview_factors(grid);
  if (factors.empty()) return;
  const ErrorCapture errors;
  const CPLConfigOptionSetter compress("COMPRESS_OVERVIEW", "DEFLATE", false);
  const CPLConfigOptionSetter big("BIGTIFF_OVERVIEW", "IF_SAFER", false);
  const CPLConfigOptionSetter threads("GDAL_NUM_THREADS", "1", false);
  DatasetPtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY));
  const bool made =
      dataset != nullptr &&
      dataset->BuildOverviews(categorised ? "NEAREST" : "AVERAGE", static_cast<int>(factors.size()),
                              factors.data(), 0, nullptr, nullptr, nullptr) == CE_None;
  dataset.reset();  // writes the last blocks
  if (!made || errors.failed())
    throw GeodataError("cannot write the overviews of " + file.string() + errors.reason());
}

}  // namespace

void write_mosaic(const fs::path& file, const MosaicSpec& mosaic, bool overviews) {
  if (mosaic.tiles.empty()) throw GeodataError("a mosaic needs tiles: " + file.string());
  ensure_gdal();
  const LayerHead head = read_head(mosaic, file.parent_path());
  try {
    const std::string text = vrt_text(mosaic, head);
    write_whole_file(file, text.data(), text.size());
    const bool categorised = head.type != GDT_Float32;
    if (overviews) build_overviews(file, categorised, mosaic.grid);
  } catch (...) {
    remove_quietly(file);
    remove_quietly(file.string() + ".ovr");
    throw;
  }
}

}  // namespace yonder::geodata
