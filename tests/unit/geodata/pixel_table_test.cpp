#include "geodata/pixel_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/unit/geodata/class_layers.h"

namespace yonder::geodata {
namespace {

using testing::HasSubstr;

std::vector<std::vector<std::string>> rows_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    rows.emplace_back();
    std::stringstream fields(line + ",");
    for (std::string field; std::getline(fields, field, ',');) rows.back().push_back(field);
  }
  return rows;
}

std::vector<PixelColumn> columns_of(const std::filesystem::path& raster) {
  return {{"rsrp_dbm", raster, 2, std::nullopt, {}},
          {"class", raster, 0, three_levels(), {"good", "fair", "\"e\"\"dge\""}}};
}

TEST(PixelTable, HasARowForEachPixelThatHasAValue) {
  const TestFolder folder;
  const LevelMap map = patchy_map(310, 40);
  write_map(folder / "rsrp.tif", map);
  write_pixel_table(folder / "p.csv", columns_of(folder / "rsrp.tif"), {});
  const auto rows = rows_of(folder / "p.csv");
  EXPECT_THAT(rows.front(), testing::ElementsAre("lon_deg", "lat_deg", "rsrp_dbm", "class"));
  std::size_t next = 1;
  for (int row = 0; row < 40; ++row) {
    for (int column = 0; column < 310; ++column) {
      const float level = map.at(column, row);
      if (std::isnan(level)) continue;
      ASSERT_LT(next, rows.size());
      const std::vector<std::string>& fields = rows[next++];
      ASSERT_EQ(fields.size(), 4U);
      const MapPoint place = utm45({std::stod(fields[0]), std::stod(fields[1])});
      const MapPoint center = map.grid.center({column, row});
      ASSERT_NEAR(place.x_m, center.x_m, 0.02);
      ASSERT_NEAR(place.y_m, center.y_m, 0.02);
      ASSERT_NEAR(std::stod(fields[2]), static_cast<double>(level), 0.00501);
      const int index = level_class(level);
      ASSERT_EQ(fields[3], index == 0   ? "good"
                           : index == 1 ? "fair"
                           : index == 2 ? "\"e\"\"dge\""
                                        : "");
    }
  }
  EXPECT_EQ(next, rows.size());
}

TEST(PixelTable, OfLayersOfDifferentGridsIsRefused) {
  const TestFolder folder;
  write_map(folder / "a.tif", patchy_map(30, 20));
  write_map(folder / "b.tif", patchy_map(30, 21));
  std::vector<PixelColumn> columns = columns_of(folder / "a.tif");
  columns[1].raster = folder / "b.tif";
  EXPECT_THAT(problem_of([&] { write_pixel_table(folder / "p.csv", columns, {}); }),
              HasSubstr("do not lie on the same grid"));
  EXPECT_EQ(files_in(folder), 2);
}

TEST(PixelTable, IsNotHalfWrittenOnAFullDisk) {
  const TestFolder folder;
  write_map(folder / "rsrp.tif", patchy_map(300, 300));
  for (const rlim_t limit : {0UL, 5000UL, 1500000UL}) {
    EXPECT_TRUE(full_disk_is_told(limit, "p.csv", [&] {
      write_pixel_table(folder / "p.csv", columns_of(folder / "rsrp.tif"), {});
    })) << limit;
    EXPECT_EQ(files_in(folder), 1);
  }
}

}  // namespace
}  // namespace yonder::geodata
