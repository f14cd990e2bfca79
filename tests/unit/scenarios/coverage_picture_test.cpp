#include "scenarios/coverage_picture.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>

#include "scenarios/picture_ground.h"
#include "tests/temporary_folder.h"

namespace yonder::scenarios {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

/// Flat land at 100 m in the west, sea in the east, one column without data, one site.
struct Example {
  explicit Example(int columns = 60, int rows = 40) {
    grid = {{500000.0, 4200000.0}, 200.0, columns, rows};
    ground.assign(grid.size(), 100.0F);
    zone.assign(grid.size(), Zone::inland);
    rsrp.assign(grid.size(), kNan);
    for (int row = 0; row < rows; ++row) {
      for (int column = 0; column < columns; ++column) {
        const std::size_t i = grid.index({column, row});
        if (column == 0) ground[i] = kNan;
        if (column >= columns / 2) {
          ground[i] = 0.0F;
          zone[i] = Zone::sea;
        }
        if (column >= 10 && column < 20) rsrp[i] = -90.0F;
      }
    }
  }
  CoveragePicture picture() const {
    CoveragePicture p;
    p.grid = grid;
    p.ground_amsl_m = ground;
    p.zone = zone;
    p.rsrp_dbm = rsrp;
    p.classes = {{{"indoors", "室内"}, -95.0, 0.25}, {{"outdoors", "室外"}, -105.0, 0.5}};
    p.sites = {{{503000.0, 4196000.0}, "S1 塔中", "S1"}};
    p.title = {"Test", "测试"};
    p.synthetic_terrain = true;
    p.to_lonlat = [](MapPoint m) {
      return LonLat{(m.x_m - 500000.0) / 88000.0 + 84.0, (m.y_m - 4200000.0) / 111000.0 + 38.0};
    };
    return p;
  }

  Grid grid;
  std::vector<float> ground;
  std::vector<Zone> zone;
  std::vector<float> rsrp;
};

class CoveragePictureTest : public ::testing::Test {
 protected:
  static std::string content(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static std::pair<int, int> png_size(const std::string& bytes) {
    const auto number = [&](std::size_t at) {
      int value = 0;
      for (std::size_t i = 0; i < 4; ++i) {
        value = value * 256 + static_cast<unsigned char>(bytes.at(at + i));
      }
      return value;
    };
    return {number(16), number(20)};  // the IHDR chunk's width and height
  }

  const test::TemporaryFolder own_;
  const std::filesystem::path folder_ = own_.path();
};

double luminance(Rgb c) { return 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b; }

TEST(ClassColours, RiseInBrightnessFromStrongToWeak) {
  for (const std::size_t n : {1U, 2U, 4U, 7U}) {
    const std::vector<Rgb> colours = class_colours(n);
    ASSERT_EQ(colours.size(), n);
    for (std::size_t i = 1; i < n; ++i) {
      EXPECT_GT(luminance(colours[i]), luminance(colours[i - 1]) + 0.02) << n;
    }
  }
}

TEST(PaintGround, ShowsLandSeaCoverageAndMissingDataApart) {
  const Example example;
  const GroundImage image = paint_ground(example.picture(), 60, 40);
  EXPECT_TRUE(image.any_sea);
  EXPECT_TRUE(image.any_no_data);
  const auto channel = [&](int x, int y, int shift) {
    return static_cast<int>(image.rgb[static_cast<std::size_t>(y * 60 + x)] >> shift & 255U);
  };
  EXPECT_GT(channel(50, 20, 0), channel(50, 20, 16) + 15);  // sea is blue
  EXPECT_LT(channel(5, 20, 0), channel(5, 20, 16));         // bare land is warm
  EXPECT_LT(channel(15, 20, 16), 170);                      // the strongest class is dark
  EXPECT_NEAR(channel(0, 20, 0), channel(0, 20, 16), 6);    // missing data is grey
}

TEST(PaintGround, AveragesWhereTheGridIsFinerThanTheImage) {
  Example example(64, 64);
  for (std::size_t i = 0; i < example.rsrp.size(); ++i) {
    example.ground[i] = 10.0F;
    example.zone[i] = Zone::inland;
    example.rsrp[i] = i % 2 == 0 ? -90.0F : kNan;  // every other column
  }
  const GroundImage image = paint_ground(example.picture(), 16, 16);
  for (const std::uint32_t rgb : image.rgb) EXPECT_EQ(rgb, image.rgb[0]);
}

TEST_F(CoveragePictureTest, HasASensibleSizeWhateverTheGrid) {
  for (const auto& [columns, rows] : {std::pair(60, 40), {40, 60}, {20, 400}, {400, 20}, {1, 1}}) {
    const Example example(columns, rows);
    const std::filesystem::path file = folder_ / "picture.png";
    write_coverage_picture(example.picture(), file);
    const std::string bytes = content(file);
    ASSERT_EQ(bytes.substr(1, 3), "PNG");
    const auto [width, height] = png_size(bytes);
    EXPECT_GE(std::max(width, height), 1300) << columns << " x " << rows;
    EXPECT_LE(std::max(width, height), 1800) << columns << " x " << rows;
  }
}

TEST_F(CoveragePictureTest, IsTheSameEveryTime) {
  const Example example;
  write_coverage_picture(example.picture(), folder_ / "a.png");
  write_coverage_picture(example.picture(), folder_ / "b.png");
  EXPECT_EQ(content(folder_ / "a.png"), content(folder_ / "b.png"));
}

TEST_F(CoveragePictureTest, NeedsNeitherSitesNorClassesNorZonesNorPositions) {
  const Example example;
  CoveragePicture bare;
  bare.grid = example.grid;
  bare.ground_amsl_m = example.ground;
  bare.rsrp_dbm = example.rsrp;
  write_coverage_picture(bare, folder_ / "bare.png");
  EXPECT_TRUE(std::filesystem::exists(folder_ / "bare.png"));
}

TEST_F(CoveragePictureTest, SaysWhyItCannotBeWritten) {
  const Example example;
  try {
    write_coverage_picture(example.picture(), folder_ / "absent" / "picture.png");
    FAIL() << "written into a folder that does not exist";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("absent/picture.png"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("No such file"), std::string::npos);
  }
}

TEST_F(CoveragePictureTest, LeavesNoFileWhenTheDiskIsFull) {
  const Example example;
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 4096;  // a file may not grow further: the write fails as on a full disk
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  bool refused = false;
  try {
    write_coverage_picture(example.picture(), folder_ / "picture.png");
  } catch (const std::runtime_error&) {
    refused = true;
  }
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_TRUE(refused);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "picture.png"));
}

}  // namespace
}  // namespace yonder::scenarios
