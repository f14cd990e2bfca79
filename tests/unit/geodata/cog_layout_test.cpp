#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <map>

#include "geodata/raster_input.h"
#include "tests/unit/geodata/class_layers.h"

/// The rules by which validators (GDAL's validate_cloud_optimized_geotiff, rio cogeo) call a file
/// cloud-optimized, read from its bytes: "GeoTIFF Cloud Optimized" of the OGC (21-026).
namespace yonder::geodata {
namespace {

/// A directory of a little-endian classic TIFF (Adobe TIFF 6.0, section 2).
struct Directory {
  std::size_t offset = 0;
  std::map<int, std::vector<std::uint32_t>> tags;

  std::uint32_t tag(int number) const {
    const auto found = tags.find(number);
    return found == tags.end() || found->second.empty() ? 0 : found->second.front();
  }
};

template <typename T>
T number_at(const std::string& bytes, std::size_t offset) {
  T value{};
  if (offset + sizeof value > bytes.size()) throw std::out_of_range("past the end of the TIFF");
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

std::vector<Directory> directories_of(const std::string& bytes) {
  std::vector<Directory> all;
  std::size_t offset = number_at<std::uint32_t>(bytes, 4);
  while (offset != 0) {
    Directory one{offset, {}};
    const auto count = number_at<std::uint16_t>(bytes, offset);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t entry = offset + 2 + 12 * i;
      const auto type = number_at<std::uint16_t>(bytes, entry + 2);
      const auto values = number_at<std::uint32_t>(bytes, entry + 4);
      const std::size_t size = type == 3   ? 2
                               : type == 4 ? 4
                                           : 0;  // SHORT, LONG; others are skipped
      if (size == 0) continue;
      const std::size_t start =
          size * values <= 4 ? entry + 8 : number_at<std::uint32_t>(bytes, entry + 8);
      std::vector<std::uint32_t>& list = one.tags[number_at<std::uint16_t>(bytes, entry)];
      for (std::size_t v = 0; v < values; ++v) {
        list.push_back(size == 2 ? number_at<std::uint16_t>(bytes, start + 2 * v)
                                 : number_at<std::uint32_t>(bytes, start + 4 * v));
      }
    }
    all.push_back(std::move(one));
    offset = number_at<std::uint32_t>(bytes, offset + 2 + 12 * std::size_t{count});
  }
  return all;
}

constexpr int kSubfile = 254, kWidth = 256, kHeight = 257, kCompression = 259, kTileWidth = 322,
              kTileHeight = 323, kTileOffsets = 324;
constexpr std::uint32_t kDeflate = 8;

std::uint32_t first_data(const Directory& directory) {
  std::uint32_t first = UINT32_MAX;
  for (const std::uint32_t offset : directory.tags.at(kTileOffsets))
    if (offset != 0) first = std::min(first, offset);  // 0: a tile of nodata is not stored
  return first;
}

void expect_cloud_optimized(const std::filesystem::path& file, std::uint32_t width,
                            std::uint32_t height) {
  const std::string bytes = read_bytes(file);
  ASSERT_EQ(bytes.substr(0, 4), std::string("II*\0", 4));
  // GDAL's ghost area right behind the header says how readers may trust the layout.
  EXPECT_EQ(bytes.substr(8, 30), "GDAL_STRUCTURAL_METADATA_SIZE=");
  EXPECT_NE(bytes.find("LAYOUT=IFDS_BEFORE_DATA\n"), std::string::npos);
  const std::vector<Directory> directories = directories_of(bytes);
  ASSERT_GE(directories.size(), 2U) << "no overviews";
  std::uint32_t expected_width = width, expected_height = height;
  for (std::size_t i = 0; i < directories.size(); ++i) {
    const Directory& one = directories[i];
    EXPECT_EQ(one.tag(kWidth), expected_width) << i;
    EXPECT_EQ(one.tag(kHeight), expected_height) << i;
    EXPECT_EQ(one.tag(kTileWidth), 256U);
    EXPECT_EQ(one.tag(kTileHeight), 256U);
    EXPECT_EQ(one.tag(kCompression), kDeflate);
    EXPECT_EQ(one.tag(kSubfile), i == 0 ? 0U : 1U) << "full resolution first, then reduced ones";
    if (i > 0) {
      EXPECT_GT(one.offset, directories[i - 1].offset) << "directories in order";
      EXPECT_LT(first_data(one), first_data(directories[i - 1])) << "coarse data before fine";
    }
    EXPECT_LT(directories.back().offset, first_data(one)) << "all directories before all data";
    expected_width /= 2;
    expected_height /= 2;
  }
  EXPECT_LT(directories[0].offset, 400U) << "the first directory is in the first bytes read";
  EXPECT_LE(std::max(directories.back().tag(kWidth), directories.back().tag(kHeight)), 256U)
      << "the coarsest overview is a single tile";
}

TEST(CogLayout, OfALayerOfNumbersKeepsTheRulesOfCloudOptimizedFiles) {
  const TestFolder folder;
  write_map(folder / "rsrp.tif", patchy_map(1100, 900));
  expect_cloud_optimized(folder / "rsrp.tif", 1100, 900);
}

TEST(CogLayout, OfALayerOfClassesKeepsTheRulesOfCloudOptimizedFiles) {
  const TestFolder folder;
  const LevelMap map = patchy_map(1100, 900);
  std::vector<std::uint8_t> classes;
  for (const float level : map.values)
    classes.push_back(static_cast<std::uint8_t>(level_class(level) + 1));
  write_cog(folder / "class.tif", map.grid, map.projection, classes, {"class", "", {}},
            {{1, "good", {1, 2, 3, 255}}, {2, "fair", {4, 5, 6, 255}}}, 0);
  expect_cloud_optimized(folder / "class.tif", 1100, 900);
}

TEST(CogLayout, OfCountsHasTheirStatistics) {
  const TestFolder folder;
  const Grid grid = {{230000.0, 4430000.0}, 50.0, 4, 1};
  write_cog(folder / "servers.tif", grid, Projection::utm_for({84.0, 40.0}),
            std::vector<std::uint8_t>{0, 1, 2, 3}, {"cells", "", {}}, {}, 0);
  const std::unique_ptr<GDALDataset> read(GDALDataset::Open((folder / "servers.tif").c_str()));
  ASSERT_TRUE(read);
  double low = 0, high = 0, mean = 0, deviation = 0;
  ASSERT_EQ(read->GetRasterBand(1)->GetStatistics(FALSE, FALSE, &low, &high, &mean, &deviation),
            CE_None);
  EXPECT_EQ(low, 1.0);
  EXPECT_EQ(high, 3.0);
  EXPECT_EQ(mean, 2.0);
}

}  // namespace
}  // namespace yonder::geodata
