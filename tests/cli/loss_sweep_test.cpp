#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "process.h"

namespace yonder::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

const std::vector<std::string> kPath = {
    "--set", "frequency_mhz=773", "--set", "tx.height_agl_m=100", "--set", "rx.height_agl_m=10"};

std::vector<std::string> sweep(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "loss");
  arguments.insert(arguments.end(), kPath.begin(), kPath.end());
  return arguments;
}

/// Columns of a picture in which some pixel has that colour, the legend's left out.
std::vector<int> columns_with(const std::filesystem::path& file, std::array<int, 3> colour) {
  GDALAllRegister();
  const GDALDatasetUniquePtr image(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
  if (image == nullptr) return {};
  const int width = image->GetRasterXSize(), height = image->GetRasterYSize();
  std::array<std::vector<unsigned char>, 3> bands;
  for (int band = 0; band < 3; ++band) {
    auto& pixels = bands[static_cast<std::size_t>(band)];
    pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    const CPLErr error = image->GetRasterBand(band + 1)->RasterIO(
        GF_Read, 0, 0, width, height, pixels.data(), width, height, GDT_Byte, 0, 0);
    if (error != CE_None) return {};
  }
  std::vector<int> columns;
  for (int x = 0; x < width - 225; ++x) {
    bool found = false;
    for (int y = 0; y < height && !found; ++y) {
      const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                      static_cast<std::size_t>(x);
      found = bands[0][at] == colour[0] && bands[1][at] == colour[1] && bands[2][at] == colour[2];
    }
    if (found) columns.push_back(x);
  }
  return columns;
}

TEST(LossSweep, WritesTableCsvJsonAndPictureTogether) {
  const TemporaryFolder folder;
  const auto file = [&](const char* name) { return (folder.path() / name).string(); };
  const Outcome outcome =
      yonder(sweep({"--model", "two_ray_sea,itu_p1812[time_percent=1]", "--sweep",
                    "distance_m=1000:100000:log40", "--surface", "sea", "--csv", file("a.csv"),
                    "--json", file("a.json"), "--picture", file("a.png")}));
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("two_ray_sea"), HasSubstr("time_percent=1"),
                                 HasSubstr("clears the sea by less than 0.6")));
  EXPECT_THAT(names_in(folder.path()), ElementsAre("a.csv", "a.json", "a.png"));
  const std::string csv = read_file(file("a.csv"));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 41);
  const json answer = json::parse(read_file(file("a.json")));
  EXPECT_EQ(answer["curves"].size(), 3U);
  EXPECT_EQ(answer["surface"], "sea at 0 m");
}

TEST(LossSweep, ThePictureShowsALineOnlyWhereTheModelSpeaks) {
  const TemporaryFolder folder;
  const std::string picture = (folder.path() / "a.png").string();
  const Outcome outcome = yonder(sweep({"--model", "okumura_hata,itu_p1812", "--sweep",
                                        "distance_m=1000:39000:lin77", "--picture", picture}));
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const std::vector<int> hata = columns_with(picture, {0x00, 0x77, 0xBB});
  const std::vector<int> p1812 = columns_with(picture, {0xEE, 0x77, 0x33});
  ASSERT_FALSE(hata.empty());
  ASSERT_FALSE(p1812.empty());
  // Hata ends at 20 km, the middle of the axis from 1 to 39 km.
  EXPECT_NEAR(hata.front(), p1812.front(), 5);
  const double share = static_cast<double>(hata.back() - hata.front()) /
                       static_cast<double>(p1812.back() - p1812.front());
  EXPECT_NEAR(share, 0.5, 0.02);
}

TEST(LossSweep, RefusesWhatMakesNoSenseWithExitCodeTwo) {
  const auto refused = [](const std::vector<std::string>& arguments) {
    const Outcome outcome = yonder(arguments);
    EXPECT_EQ(outcome.exit_code, 2) << outcome.out;
    return outcome.err;
  };
  const std::string axis = "distance_m=1000:5000:lin5";
  EXPECT_THAT(refused({"loss"}), HasSubstr("either --cases or --sweep"));
  EXPECT_THAT(refused(sweep({"--sweep", axis})), HasSubstr("--model"));
  EXPECT_THAT(refused(sweep({"--sweep", axis, "--model", "itu_p1821"})), HasSubstr("itu_p1812"));
  EXPECT_THAT(refused(sweep({"--sweep", "distance=1:5:lin5", "--model", "itm"})),
              HasSubstr("--sweep distance_m"));
  EXPECT_THAT(refused(sweep({"--sweep", axis, "--model", "itm", "-o", "x"})), HasSubstr("--csv"));
  EXPECT_THAT(refused(sweep({"--cases", "x.jsonl"})), HasSubstr("belong to --sweep"));
  EXPECT_THAT(refused(sweep({"--sweep", axis, "--model", "itm", "--picture", "x.jpg"})),
              HasSubstr("comparison.png"));
  EXPECT_THAT(refused(sweep({"--sweep", axis, "--model", "itm", "--surface", "no.csv"})),
              HasSubstr("neither flat nor sea"));
}

TEST(LossSweep, TheCommandsOfTheModelPagesWork) {
  const std::string script = std::string(YONDER_SOURCE_DIR) + "/docs/models/make_figures.sh";
  const std::string command = "YONDER='" YONDER_EXECUTABLE "' '" + script + "' --check >/dev/null";
  EXPECT_EQ(std::system(command.c_str()), 0) << script;  // NOLINT(cert-env33-c)
}

TEST(LossSweep, NoFileAppearsWhenOneCannotBeWritten) {
  const TemporaryFolder folder;
  const auto file = [&](const char* name) { return (folder.path() / name).string(); };
  folder.write("a.csv", "earlier\n");
  const Outcome outcome = yonder(sweep({"--model", "itm", "--sweep", "distance_m=1000:50000:lin500",
                                        "--csv", file("a.csv"), "--picture", file("a.png")}),
                                 {.file_size_limit = 2000});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(names_in(folder.path()), ElementsAre("a.csv"));
  EXPECT_EQ(read_file(file("a.csv")), "earlier\n");
}

}  // namespace
}  // namespace yonder::test
